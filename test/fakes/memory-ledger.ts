// The ledger of the store in memory: it keeps the contract with maps.
import type { ImportedFigure, ImportedTotal, LedgerDay } from '../../gateway/domain/ledger.ts';
import { firstOfMonth, lastOfMonth } from '../../gateway/domain/day.ts';
import { addedUp, sumOfDay } from '../../gateway/domain/ledger-sum.ts';
import type { ImportNote, Ledger } from '../../gateway/store/log.ts';

export function memoryLedger(days: ReadonlyMap<string, LedgerDay>): Ledger {
  const figures = new Map<string, ImportedFigure>();
  const notes: ImportNote[] = [];
  return {
    days: async (from, to) =>
      [...days.values()]
        .filter(({ day }) => day >= from && day <= to)
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    async sums({ from, to, by, station, stream }) {
      const within = [...days.values()]
        .filter(({ day }) => day >= from && day <= to)
        .filter((one) => station === undefined || one.station === station)
        .filter((one) => stream === undefined || one.stream === stream);
      return addedUp(within.map(sumOfDay), by);
    },
    async totals(from, to) {
      const within = [...figures.values()].filter(({ span, period }) =>
        span === 'day'
          ? period >= from && period <= to
          : firstOfMonth(period) >= from && lastOfMonth(period) <= to,
      );
      return [...Map.groupBy(within, sameOf).values()].map(totalOf);
    },
    figures: async (source) => [...figures.values()].filter((one) => one.source === source),
    async take(taken, note) {
      for (const figure of taken) figures.set(figure.key, figure);
      notes.unshift(note);
    },
    imports: async (limit) => notes.slice(0, limit),
  };
}

const sameOf = ({ source, span, period, stream, station, basis }: ImportedFigure): string =>
  JSON.stringify([source, span, period, stream, station, basis]);

function totalOf(same: readonly ImportedFigure[]): ImportedTotal {
  const { key: _key, kg: _kg, ...of } = same[0]!;
  const usable = same.flatMap(({ kg }) => kg ?? []);
  const kg = usable.reduce((sum, one) => sum + one, 0);
  return { ...of, kg, figures: same.length, usable: usable.length };
}
