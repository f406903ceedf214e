// What the plot round a trip asks for, and how its answer becomes lines. A step without data is left
// out by the gateway; here it becomes a break in the line, never a slope between strangers.
import type { AlarmView, AssetView, EvidenceView, SeriesView } from '../../gateway/api/schemas.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const FROZEN_AFTER_MS = 15 * MINUTE_MS;
const BEFORE_MS = 2 * HOUR_MS;
const MOST_AFTER_MS = 24 * HOUR_MS;
const POINTS_WANTED = 240;
/** This many missing steps in a row are a gap; fewer are a sensor's jitter. */
const GAP_STEPS = 2.5;

export interface Subject {
  readonly asset: AssetView;
  readonly quantity: string;
  /** The rule's limits, where they are of this very quantity. */
  readonly limits: readonly number[];
}

const USUAL: Readonly<Record<AssetView['kind'], string>> = {
  bin: 'fill',
  scale: 'net',
  lamp: 'power',
  meter: 'flow',
};

/** What can be drawn of an alarm: its own asset, or the first that went with it. */
export function subjectOf(
  alarm: AlarmView,
  assets: ReadonlyMap<string, AssetView>,
): Subject | undefined {
  const own = assets.get(alarm.asset);
  const first = alarm.inside.map((id) => assets.get(id)).find((asset) => asset !== undefined);
  const asset = own ?? first;
  if (!asset) return undefined;
  const quantity = own && alarm.quantity ? alarm.quantity : USUAL[asset.kind];
  const isItsLimit = own !== undefined && alarm.quantity === quantity;
  return { asset, quantity, limits: isItsLimit ? limitsOf(alarm) : [] };
}

/** A band has two. */
function limitsOf({ limit, condition }: AlarmView): readonly number[] {
  const [least, most] = condition?.kind === 'outside' ? (condition.band ?? []) : [];
  return [limit, least, most].filter((one) => one !== undefined);
}

/** What was frozen at the trip, as the series that it was; undefined where there are no samples. */
export function frozenSeries({ before, after }: EvidenceView): SeriesView | undefined {
  const points = [...(before?.points ?? []), ...(after?.points ?? [])];
  const [sampled] = [before, after].filter((one) => one !== undefined);
  return sampled && points.length > 0
    ? { unit: sampled.unit, stepS: sampled.stepS, points }
    : undefined;
}

/** Two hours before the trip to a quarter of an hour after it, as far as that is over. */
export function frozenSpan({ raisedAt, after }: EvidenceView, series: SeriesView): Span {
  const trip = Date.parse(raisedAt);
  const to = trip + (after ? FROZEN_AFTER_MS : MINUTE_MS);
  return { from: trip - BEFORE_MS, to, stepS: series.stepS };
}

/** The rule as it was: its limits and its on-delay, so far as it has them. */
export function frozenMarks({ rule }: EvidenceView): {
  readonly limits: readonly number[];
  readonly holdS: number;
} {
  const said = (rule ?? {}) as Readonly<Record<string, unknown>>;
  const names = said['kind'] === 'outside' ? ['least', 'most'] : ['limit'];
  const limits = names.map((name) => said[name]).filter((one) => typeof one === 'number');
  return { limits, holdS: typeof said['holdFor'] === 'number' ? said['holdFor'] / 1000 : 0 };
}

export interface Span {
  readonly from: number;
  readonly to: number;
  readonly stepS: number;
}

/** Two hours before the trip until now, though never more than a day after it. */
export function spanAround(alarm: AlarmView, expectedS: number, now: number): Span {
  const raisedAt = Date.parse(alarm.raisedAt);
  const from = raisedAt - BEFORE_MS;
  const to = Math.max(Math.min(now, raisedAt + MOST_AFTER_MS), from + HOUR_MS);
  const fitting = (to - from) / 1000 / POINTS_WANTED;
  return { from, to, stepS: Math.max(1, Math.ceil(Math.max(fitting, expectedS))) };
}

export function seriesPath(subject: Subject, span: Span): string {
  const { asset, quantity } = subject;
  const of = `${encodeURIComponent(asset.id)}/${encodeURIComponent(quantity)}`;
  return `/api/v1/series/${of}?from=${Math.round(span.from)}&to=${Math.round(span.to)}&step=${span.stepS}`;
}

export interface Lines {
  /** Epoch seconds; a break has a moment and three nulls. */
  readonly at: number[];
  readonly least: (number | null)[];
  readonly mean: (number | null)[];
  readonly most: (number | null)[];
  /** Where nothing was heard, in epoch seconds. */
  readonly gaps: { readonly from: number; readonly to: number }[];
}

export function linesOf(series: SeriesView, expectedS: number, span: Span): Lines {
  const lines: Lines = { at: [], least: [], mean: [], most: [], gaps: [] };
  const breakAfterS = GAP_STEPS * Math.max(series.stepS, expectedS);
  let last = span.from / 1000;
  const leap = (to: number): void => {
    if (to - last <= breakAfterS) return;
    lines.gaps.push({ from: last, to });
    push(lines, (last + to) / 2, [null, null, null]);
  };
  for (const [epochMs, least, mean, most] of series.points) {
    const at = epochMs / 1000;
    leap(at);
    push(lines, at, [least, mean, most]);
    last = at;
  }
  leap(span.to / 1000);
  return lines;
}

type Triple = readonly [number | null, number | null, number | null];

function push(lines: Lines, at: number, [least, mean, most]: Triple): void {
  lines.at.push(at);
  lines.least.push(least);
  lines.mean.push(mean);
  lines.most.push(most);
}
