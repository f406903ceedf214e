// The state of each asset as it stands retained on a broker (WIRE.md, "What the gateway publishes").
// One flat object, so that an automation reads `value_json.fill` and no more. Promise: a number here
// is one that rules believe and that still counts. What is doubted or has grown stale is null, and no
// age is given: a retained message is read at any later time, and an age in it would be a lie.
import { isQuantity, QUANTITIES, type Quantity } from '../domain/quantity.ts';

/** An asset as it is shown anywhere: the view of the API fits. */
export interface ShownAsset {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly station?: string;
  readonly state: string;
  /** Seconds between two readings of a healthy device. */
  readonly expectedS: number;
  readonly shouldBeOn?: boolean;
  /** Rules whose alarm is active on it. */
  readonly alarms: readonly string[];
  readonly latest: Readonly<Record<string, ShownValue>>;
}

interface ShownValue {
  readonly value: number;
  /** UTC, ISO 8601. */
  readonly observedAt: string;
  readonly quality: 'good' | 'doubted' | 'stale';
}

export type AssetState = Readonly<Record<string, unknown>>;

export const assetTopic = (site: string, asset: string): string =>
  `courtyard/${site}/assets/${asset}`;

/** A share is also given in percent, which is how people and Home Assistant read it. */
export const percentKey = (quantity: Quantity): string | undefined =>
  QUANTITIES[quantity].unit === 'ratio' ? `${quantity}Percent` : undefined;

export function assetState(asset: ShownAsset): AssetState {
  const heard = quantitiesOf(asset);
  const numbers = heard.flatMap(([quantity, latest]) => entriesOf(quantity, latest));
  const moments = heard.map(([, { observedAt }]) => observedAt).sort();
  return {
    state: asset.state,
    problem: asset.alarms.length > 0 ? 1 : 0,
    alarms: asset.alarms,
    observedAt: moments.at(-1) ?? null,
    ...(asset.shouldBeOn !== undefined && { shouldBeOn: asset.shouldBeOn ? 1 : 0 }),
    ...Object.fromEntries(numbers),
    units: Object.fromEntries(heard.map(([quantity]) => [quantity, QUANTITIES[quantity].unit])),
  };
}

const ALL = Object.keys(QUANTITIES).filter(isQuantity);

/** In the order of the table of quantities, so that the same state is the same text. */
export const quantitiesOf = ({ latest }: ShownAsset): [Quantity, ShownValue][] =>
  ALL.flatMap((quantity) => {
    const value = latest[quantity];
    return value ? [[quantity, value]] : [];
  });

function entriesOf(quantity: Quantity, latest: ShownValue): [string, number | null][] {
  const value = latest.quality === 'good' ? latest.value : null;
  const percent = percentKey(quantity);
  if (percent === undefined) return [[quantity, value]];
  return [
    [quantity, value],
    [percent, value === null ? null : Math.round(value * 1000) / 10],
  ];
}
