// A day of the ledger without its minutes, bins and cases: what a year's chart asks for. Added up over the
// days of a week or month of one stream of one station.
import { standingKg, unbalancedKg } from './balance.ts';
import { correctedKg, type Correction } from './correction.ts';
import { monthOf, weekOf, type LocalDay } from './day.ts';
import { heardMinutes, type Basis, type Grain, type LedgerDay } from './ledger.ts';
import type { Instant } from './time.ts';

export interface LedgerSum extends Pick<LedgerDay, 'station' | 'stream' | 'origin'> {
  /** Of its days the last. */
  readonly day: LocalDay;
  /** Most that any of its days had. */
  readonly bins: number;
  readonly heardMinutes: number;
  readonly deposited: BasisSum;
  readonly collected: BasisSum;
  readonly revision: number;
  readonly reopenedAt?: Instant;
  /** When the last day ended. */
  readonly standingKg?: number;
  readonly unbalancedKg: number;
}

export interface BasisSum {
  readonly kg: number;
  readonly litres: number;
  readonly correctedKg: number;
  readonly pending: number;
  /** Corrections, whatever became of them: a figure that people speak of is shown, though it be 0. */
  readonly corrections: number;
}

/** The week or month that a day is part of, or the day itself. */
export function periodOf(day: LocalDay, by: Grain): string {
  switch (by) {
    case 'day':
      return day;
    case 'week':
      return knownWeekOf(day);
    case 'month':
      return monthOf(day);
  }
}

/** A chart asks for the weeks of the same few hundred days again and again. */
const weeks = new Map<LocalDay, string>();
const MOST_WEEKS = 4000;

function knownWeekOf(day: LocalDay): string {
  const known = weeks.get(day);
  if (known !== undefined) return known;
  if (weeks.size >= MOST_WEEKS) weeks.clear();
  const week = weekOf(day);
  weeks.set(day, week);
  return week;
}

export function sumOfDay(day: LedgerDay): LedgerSum {
  const { station, stream, origin, bins, revision, reopenedAt } = day;
  const stands = standingKg(day);
  const { corrections = [], depositedKg, depositedL, collectedKg, collectedL } = day;
  return {
    day: day.day,
    station,
    stream,
    origin,
    bins,
    heardMinutes: heardMinutes(day),
    deposited: basisSum(corrections, 'deposited', { kg: depositedKg, litres: depositedL ?? 0 }),
    collected: basisSum(corrections, 'collected', { kg: collectedKg, litres: collectedL ?? 0 }),
    revision,
    ...(reopenedAt !== undefined && { reopenedAt }),
    ...(stands !== undefined && { standingKg: stands }),
    unbalancedKg: unbalancedKg(day),
  };
}

function basisSum(
  corrections: readonly Correction[],
  basis: Basis,
  amount: Pick<BasisSum, 'kg' | 'litres'>,
): BasisSum {
  const own = corrections.filter((one) => one.basis === basis);
  return {
    ...amount,
    correctedKg: correctedKg(own, basis),
    pending: own.filter(({ state }) => state === 'pending').length,
    corrections: own.length,
  };
}

/** One for each period, station, stream and origin. */
export function addedUp(sums: readonly LedgerSum[], by: Grain | 'span'): LedgerSum[] {
  if (by === 'day') return [...sums];
  const groups = Map.groupBy(sums, ({ day, station, stream, origin }) =>
    [by === 'span' ? by : periodOf(day, by), stream, origin, station].join(' '),
  );
  return [...groups.values()].map((group) => group.reduce(both));
}

function both(a: LedgerSum, b: LedgerSum): LedgerSum {
  const last = a.day > b.day ? a : b;
  const reopened = [a, b].flatMap(({ reopenedAt }) => reopenedAt ?? []);
  const { standingKg: _a, reopenedAt: _b, ...rest } = last;
  return {
    ...rest,
    bins: Math.max(a.bins, b.bins),
    heardMinutes: a.heardMinutes + b.heardMinutes,
    deposited: bothOf(a.deposited, b.deposited),
    collected: bothOf(a.collected, b.collected),
    revision: a.revision + b.revision,
    ...(reopened.length > 0 && { reopenedAt: reopened.reduce((x, y) => (x > y ? x : y)) }),
    ...(last.standingKg !== undefined && { standingKg: last.standingKg }),
    unbalancedKg: a.unbalancedKg + b.unbalancedKg,
  };
}

const bothOf = (a: BasisSum, b: BasisSum): BasisSum => ({
  kg: a.kg + b.kg,
  litres: a.litres + b.litres,
  correctedKg: a.correctedKg + b.correctedKg,
  pending: a.pending + b.pending,
  corrections: a.corrections + b.corrections,
});
