// What stands at a bin's place: which container, its tare, whether it is in service. The place keeps
// its history when the container changes.
import type { Agreement } from './agreement.ts';
import type { Asset, AssetId, DeviceId } from './asset.ts';
import type { WeighedEvent } from './deposit.ts';
import type { Kilograms } from './quantity.ts';
import type { Instant } from './time.ts';

export interface Container {
  readonly id: AssetId;
  /** The number painted on it, where somebody gave it. */
  readonly container?: string;
  /** Weighed or typed in on site; counts until the site file says another tare than `siteTareKg`. */
  readonly tareKg?: Kilograms;
  /** What the site file said then; absent where it said nothing. */
  readonly siteTareKg?: Kilograms;
  readonly state: 'in-service' | 'out-of-service';
  readonly reason?: string;
  /** Since when what stands there is as it is. */
  readonly since: Instant;
  /** Which hardware reports on it, where it was changed on site. */
  readonly device?: DeviceId;
  /** What was thrown in within the last minutes, or what a platform told of that no bin has owned to. */
  readonly lately?: readonly WeighedEvent[];
  /** Of a platform: a bin was lifted off it. */
  readonly lifted?: { readonly at: Instant; readonly kg: number };
  /** The attempts that were taken here, by who, what and which key, newest last. */
  readonly keys?: readonly string[];
  /** How its scale and its fill sensor agree. */
  readonly agreement?: Agreement;
  /** The last collection, which others may still tell of. */
  readonly collection?: WeighedEvent;
}

export const isInService = (container: Container | undefined): boolean =>
  container?.state !== 'out-of-service';

export const newContainer = (id: AssetId, since: Instant): Container => ({
  id,
  state: 'in-service',
  since,
});

/** The asset as it stands there now: a tare from the site comes before the site file's. */
export function asItStands<A extends Asset>(asset: A, container: Container | undefined): A {
  if (container?.tareKg === undefined || (asset.kind !== 'bin' && asset.kind !== 'scale'))
    return asset;
  if (asset.tareKg !== container.siteTareKg) return asset;
  return { ...asset, tareKg: container.tareKg };
}
