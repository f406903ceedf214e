// What a bin's weight says that happened, once it has settled.
import type { AssetId } from './asset.ts';
import type { Kilograms } from './quantity.ts';
import type { Instant } from './time.ts';

interface Weighed {
  readonly asset: AssetId;
  /** When the weight came to rest where it then stayed. */
  readonly at: Instant;
  /** Always above 0. */
  readonly kg: Kilograms;
}

/** A step up that stayed (投放). */
export interface Deposit extends Weighed {
  readonly kind: 'deposit';
}

/** A fall that emptied nothing: a bag taken out again, a child who no longer leans on the bin. */
export interface Withdrawal extends Weighed {
  readonly kind: 'withdrawal';
}

/** A fall to near tare (清运). */
export interface Collection extends Weighed {
  readonly kind: 'collection';
}

export type WeightEvent = Deposit | Withdrawal | Collection;
