// How a bin fills, by hour and weekday: what its own past weeks say of each hour of the week. Learned
// once an hour from where its level stood then and stands now; what is known of an hour is weighed
// against what is known of that hour on all days, and that against all hours, so that a bin of a week's
// age is not taken at its word.
import type { AssetId } from './asset.ts';
import { instant, type Instant } from './time.ts';

export const RELIABILITIES = ['low', 'medium', 'high'] as const;
export type Reliability = (typeof RELIABILITIES)[number];

export const HOURS_OF_WEEK = 168;
const HOUR_MS = 3_600_000;

/** What of the hour that goes by is known already. */
export interface HourSoFar {
  /** Hours since 1970. */
  readonly hour: number;
  readonly startLevel: number;
  /** What came before it was emptied within this hour. */
  readonly gained: number;
}

/** A forecast that waits for its outcome. */
export interface Promised {
  readonly hour: number;
  readonly level: number;
  readonly gain: number;
}

export interface Rhythm {
  readonly id: AssetId;
  /** Where both are known the fill: a bin is full when nothing more goes in. */
  readonly quantity: 'fill' | 'net';
  readonly now: HourSoFar;
  /** In the quantity's unit: the gain of each hour of the week, and how often that hour was seen. */
  readonly cells: readonly number[];
  readonly seen: readonly number[];
  /** Of an hour's gain around what was expected of it, squared. */
  readonly spread: number;
  readonly hours: number;
  readonly promised?: Promised;
  /** By how much its forecasts were off, and how many there were. */
  readonly error: number;
  readonly checks: number;
  /** The last times it was emptied, oldest first. */
  readonly collections: readonly Instant[];
}

export interface Level {
  readonly asset: AssetId;
  readonly quantity: Rhythm['quantity'];
  readonly level: number;
  readonly at: Instant;
  /** The level before; what it fell from. */
  readonly before?: number | undefined;
}

/** Of the fortnight; what is older says little of today's residents. */
const NEWEST_WEIGHS = 0.2;
/** What is known of all days counts as much as this many weeks of the hour itself. */
const SHRINK = 2;
/** A silence that is longer says nothing of when what came, came. */
const LONGEST_HOURS = 6;
/** Forecasts are held to what stood there so many hours later. */
const PROMISED_HOURS = 6;
const ERROR_WEIGHS = 0.1;
const SPREAD_OVER = 200;
const COLLECTIONS_KEPT = 60;

export const hourOf = (at: Instant): number => Math.floor(at / HOUR_MS);
export const startOfHour = (hour: number): Instant => instant(hour * HOUR_MS);

/** The same rhythm where the hour goes on and nothing was taken away, as for most readings. */
export function heardLevel(
  rhythm: Rhythm | undefined,
  said: Level,
  hourOfWeek: (at: Instant) => number,
): Rhythm {
  const hour = hourOf(said.at);
  if (!rhythm || (rhythm.quantity === 'net' && said.quantity === 'fill'))
    return newRhythm(said, hour);
  if (rhythm.quantity !== said.quantity || hour < rhythm.now.hour) return rhythm;
  const settled = isEmptied(said) ? emptied(rhythm, said) : rhythm;
  if (hour === settled.now.hour) return settled;
  return turned(settled, said, hourOfWeek);
}

const newRhythm = ({ asset, quantity, level }: Level, hour: number): Rhythm => ({
  id: asset,
  quantity,
  now: { hour, startLevel: level, gained: 0 },
  cells: Array.from({ length: HOURS_OF_WEEK }, () => 0),
  seen: Array.from({ length: HOURS_OF_WEEK }, () => 0),
  spread: 0,
  hours: 0,
  error: 0,
  checks: 0,
  collections: [],
});

/** No settling rubbish falls as far at once. */
function isEmptied({ quantity, level, before = level }: Level): boolean {
  const fall = before - level;
  return quantity === 'fill' ? fall > 0.2 : fall > 3 && fall > 0.4 * before;
}

function emptied(rhythm: Rhythm, { level, before = level }: Level): Rhythm {
  const { promised: _, ...rest } = rhythm;
  const { hour, startLevel, gained } = rhythm.now;
  const now = { hour, startLevel: level, gained: gained + Math.max(0, before - startLevel) };
  return { ...rest, now };
}

/** The hour is over: what came in it is learned, and the next begins. */
function turned(rhythm: Rhythm, said: Level, hourOfWeek: (at: Instant) => number): Rhythm {
  const { hour: first, startLevel, gained } = rhythm.now;
  const hour = hourOf(said.at);
  const now = { hour, startLevel: said.level, gained: 0 };
  const count = hour - first;
  if (count > LONGEST_HOURS) {
    const { promised: _, ...rest } = rhythm;
    return { ...rest, now };
  }
  const gain = (gained + said.level - startLevel) / count;
  let learned = rhythm;
  for (let each = first; each < hour; each += 1)
    learned = withHour(learned, hourOfWeek(startOfHour(each)), gain);
  return promisedAt({ ...learned, now }, said, hourOfWeek(startOfHour(hour)));
}

function withHour(rhythm: Rhythm, cell: number, gain: number): Rhythm {
  const expected = expectedGains(rhythm)[cell] ?? 0;
  const known = rhythm.seen[cell] ?? 0;
  const weight = Math.max(1 / (known + 1), NEWEST_WEIGHS);
  const before = rhythm.cells[cell] ?? 0;
  const hours = rhythm.hours + 1;
  const off = (gain - expected) ** 2;
  return {
    ...rhythm,
    cells: replaced(rhythm.cells, cell, exact(before + weight * (gain - before))),
    seen: replaced(rhythm.seen, cell, known + 1),
    spread: exact(rhythm.spread + (off - rhythm.spread) / Math.min(hours, SPREAD_OVER)),
    hours,
  };
}

/** Settles the forecast that is due, and makes the next. */
function promisedAt(rhythm: Rhythm, { level }: Level, cell: number): Rhythm {
  const { promised, now, checks, error } = rhythm;
  if (promised && now.hour < promised.hour + PROMISED_HOURS) return rhythm;
  const gains = expectedGains(rhythm);
  let gain = 0;
  for (let each = 0; each < PROMISED_HOURS; each += 1)
    gain += gains[(cell + each) % HOURS_OF_WEEK] ?? 0;
  const next = { ...rhythm, promised: { hour: now.hour, level: exact(level), gain: exact(gain) } };
  if (promised?.hour !== now.hour - PROMISED_HOURS) return next;
  const off = Math.abs(level - promised.level - promised.gain);
  const weight = Math.max(1 / (checks + 1), ERROR_WEIGHS);
  return { ...next, error: exact(error + weight * (off - error)), checks: checks + 1 };
}

export const withCollection = (rhythm: Rhythm, at: Instant): Rhythm => ({
  ...rhythm,
  collections: [...rhythm.collections.filter((one) => one !== at), at]
    .sort((a, b) => a - b)
    .slice(-COLLECTIONS_KEPT),
});

export const withoutCollection = (rhythm: Rhythm, at: Instant): Rhythm => ({
  ...rhythm,
  collections: rhythm.collections.filter((one) => one !== at),
});

const known = new WeakMap<readonly number[], readonly number[]>();

/** What comes in each hour of the week, never below 0; remembered for as long as the rhythm is. */
export function expectedGains({ cells, seen }: Pick<Rhythm, 'cells' | 'seen'>): readonly number[] {
  const before = known.get(cells);
  if (before) return before;
  const all = meanOf(cells, seen, () => true);
  const byHour = Array.from({ length: 24 }, (_, hour) => {
    const mine = meanOf(cells, seen, (cell) => cell % 24 === hour);
    return shrunk(mine, all.mean);
  });
  const gains = cells.map((mean, cell) =>
    Math.max(0, shrunk({ mean, count: seen[cell] ?? 0 }, byHour[cell % 24] ?? 0)),
  );
  known.set(cells, gains);
  return gains;
}

interface Known {
  readonly mean: number;
  readonly count: number;
}

const shrunk = ({ mean, count }: Known, towards: number): number =>
  (count * mean + SHRINK * towards) / (count + SHRINK);

function meanOf(
  cells: readonly number[],
  seen: readonly number[],
  wanted: (cell: number) => boolean,
): Known {
  let [sum, count] = [0, 0];
  for (let cell = 0; cell < cells.length; cell += 1) {
    if (!wanted(cell)) continue;
    sum += (cells[cell] ?? 0) * (seen[cell] ?? 0);
    count += seen[cell] ?? 0;
  }
  return { mean: count === 0 ? 0 : sum / count, count };
}

const replaced = (list: readonly number[], at: number, value: number): number[] =>
  list.map((one, index) => (index === at ? value : one));

const exact = (value: number): number => Math.round(value * 1e6) / 1e6;
