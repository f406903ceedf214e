// The ledger as it is reviewed: days that the scales told and figures that sheets told, by day, week
// or month. Pure. A month that came as one figure is shown among months only; nobody knows its days.
//
// Completeness of a measured figure: the share of its period's minutes in which the station's bins of
// that stream were heard; a period that is not over is incomplete. Of an imported one: the share of
// the period's days that the sheets of its source speak of at all (a month's own figure speaks of them
// all), times the share of their figures for it that held a usable number.
import { STREAMS } from '../domain/asset.ts';
import {
  daysFrom,
  firstOfMonth,
  lastOfMonth,
  monthOf,
  weekOf,
  addDays,
  type LocalDay,
  type SiteDays,
} from '../domain/day.ts';
import type { Basis, Grain, ImportedTotal, LedgerRow } from '../domain/ledger.ts';
import { addedUp, periodOf, type BasisSum, type LedgerSum } from '../domain/ledger-sum.ts';

export interface LedgerParts {
  readonly by: Grain;
  /** By day, or by `by` already. */
  readonly sums: readonly LedgerSum[];
  readonly totals: readonly ImportedTotal[];
  readonly calendar: Pick<SiteDays, 'minutesIn'>;
}

export function ledgerRows(parts: LedgerParts): LedgerRow[] {
  return [...measuredRows(parts), ...importedRows(parts)].sort(inOrder);
}

function measuredRows({ by, sums, calendar }: LedgerParts): LedgerRow[] {
  const minutesOf = lengthsOfPeriods(by, calendar);
  return addedUp(sums, by).flatMap((sum) => {
    const { day, station, stream, origin, bins } = sum;
    const row = (basis: Basis): LedgerRow => ({
      period: periodOf(day, by),
      stream,
      station,
      basis,
      origin,
      completeness: shareOf(sum.heardMinutes, bins * minutesOf(day)),
      ...figureOf(sum, basis),
      ...revisionOf(sum),
    });
    return [row('deposited'), ...(isSpokenOf(sum.collected) ? [row('collected')] : [])];
  });
}

/** Balance is of what came and went, so it stands with what came. */
function figureOf(sum: LedgerSum, basis: Basis) {
  const { kg, litres, correctedKg, pending } = sum[basis];
  const isEstimated = sum.origin === 'estimated';
  return {
    // Litres whose density nobody gave are no kilograms, and not none of them either.
    ...((!isEstimated || kg !== 0) && { kg: toGram(kg) }),
    ...(isEstimated && { litres: Math.round(litres) }),
    ...(correctedKg !== 0 && { correctedKg: toGram(correctedKg) }),
    ...(pending > 0 && { pending }),
    ...(basis === 'deposited' && balanceOf(sum)),
  };
}

const isSpokenOf = ({ kg, litres, corrections }: BasisSum): boolean =>
  kg !== 0 || litres !== 0 || corrections > 0;

const balanceOf = ({ standingKg, unbalancedKg }: LedgerSum) => ({
  ...(standingKg !== undefined && { standingKg: toGram(standingKg) }),
  ...(unbalancedKg !== 0 && { unbalancedKg: toGram(unbalancedKg) }),
});

function importedRows({ by, totals }: LedgerParts): LedgerRow[] {
  const wanted = totals.filter(({ span }) => span === 'day' || by === 'month');
  const coverage = coverageIn(wanted, by);
  const groups = Map.groupBy(wanted, ({ span, period, stream, station, basis, source }) =>
    JSON.stringify([placeIn(span, period, by), stream, station, basis, source, span]),
  );
  return [...groups.values()].flatMap((group) => {
    const { span, period, stream, station, basis, source } = group[0]!;
    const usable = sumOf(group.map((one) => one.usable));
    if (usable === 0) return []; // a sheet that says nothing of it is no figure of nought
    return {
      period: placeIn(span, period, by),
      stream,
      ...(station !== undefined && { station }),
      kg: toMilligram(sumOf(group.map((one) => one.kg))),
      basis,
      origin: 'imported' as const,
      completeness: shareOf(usable * coverage(group[0]!), sumOf(group.map((one) => one.figures))),
      source,
    };
  });
}

/** Of a total's period, the share of days that its source speaks of, whatever it says of them. */
function coverageIn(totals: readonly ImportedTotal[], by: Grain) {
  const daily = totals.filter(({ span }) => span === 'day');
  const placeOf = ({ source, period }: ImportedTotal): string =>
    JSON.stringify([source, periodOf(period, by)]);
  const spokenOf = new Map(
    [...Map.groupBy(daily, placeOf)].map(([place, told]) => [
      place,
      new Set(told.map(({ period }) => period)).size,
    ]),
  );
  return (total: ImportedTotal): number =>
    total.span === 'month'
      ? 1
      : (spokenOf.get(placeOf(total)) ?? 0) / daysAround(total.period, by).length;
}

const placeIn = (span: ImportedTotal['span'], period: string, by: Grain): string =>
  span === 'month' ? period : periodOf(period, by);

const revisionOf = ({
  revision,
  reopenedAt,
}: LedgerSum): Pick<LedgerRow, 'revision' | 'reopenedAt'> =>
  revision === 0 || reopenedAt === undefined ? {} : { revision, reopenedAt };

/** Of all the days of a day's period, asked for or not, past or to come. */
function lengthsOfPeriods(by: Grain, calendar: LedgerParts['calendar']) {
  const known = new Map<string, number>();
  return (day: LocalDay): number => {
    const period = periodOf(day, by);
    const minutes =
      known.get(period) ?? sumOf(daysAround(day, by).map((one) => calendar.minutesIn(one)));
    known.set(period, minutes);
    return minutes;
  };
}

function daysAround(day: LocalDay, by: Grain): LocalDay[] {
  if (by === 'day') return [day];
  if (by === 'month') {
    const month = monthOf(day);
    return daysFrom(firstOfMonth(month), lastOfMonth(month));
  }
  const near = daysFrom(addDays(day, -6), addDays(day, 6));
  return near.filter((one) => weekOf(one) === weekOf(day));
}

/** As many additions as a leap year has days lose nothing that a gram would show. */
const sumOf = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const toGram = (kg: number): number => Math.round(kg * 1000) / 1000;
/** A short ton has eight digits of its own: rounding it to scales' grams would add up. */
const toMilligram = (kg: number): number => Math.round(kg * 1e6) / 1e6;
const shareOf = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.min(1, Math.round((part / whole) * 10_000) / 10_000);

function inOrder(a: LedgerRow, b: LedgerRow): number {
  return (
    compared(a.period, b.period) ||
    STREAMS.indexOf(a.stream) - STREAMS.indexOf(b.stream) ||
    compared(a.station ?? '', b.station ?? '') ||
    compared(b.basis, a.basis) ||
    compared(a.source ?? '', b.source ?? '')
  );
}

const compared = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
