// A year of a small compound's ledger, for the screens: two stations, a quiet rhythm, two days that
// nobody wrote down, one that was half heard, today still running, and last year beside it all.
import type { Desk } from '../../gateway/api/desk.ts';
import type { LedgerRowView } from '../../gateway/api/schemas.ts';
import { addDays, daysFrom, weekdayOf } from '../../dashboards/shared/calendar.ts';
import type { HandDesk } from '../fakes/hand-desk.ts';

export const TODAY = '2026-11-20';
const MISSING = ['2026-11-05', '2026-11-06'];
const HALF_HEARD = '2026-11-12';

export function withTonnage(desk: HandDesk): Desk {
  return {
    ...desk,
    async ledger(query) {
      const { from = TODAY, to = TODAY } = query;
      const told = await desk.ledger({ ...query, from, to });
      if (!told.ok) return told;
      const days = daysFrom(from, to < TODAY ? to : TODAY).filter((day) => !MISSING.includes(day));
      return { ok: true, value: { ...told.value, rows: days.flatMap(rowsOf) } };
    },
  };
}

function rowsOf(day: string): LedgerRowView[] {
  return ['k1', 'k2'].flatMap((station) => [
    row({ day, station, stream: 'wet', kg: 260 }),
    row({ day, station, stream: 'dry', kg: 118 }),
    ...(station === 'k1' ? [row({ day, station, stream: 'recyclable', kg: 34 })] : []),
  ]);
}

function row(of: {
  readonly day: string;
  readonly station: string;
  readonly stream: LedgerRowView['stream'];
  readonly kg: number;
}): LedgerRowView {
  const { day, station, stream } = of;
  const isToday = day === TODAY;
  const heard = isToday ? 0.44 : day === HALF_HEARD ? 0.5 : 0.998;
  const kg = of.kg * wave(day) * (heard < 0.9 ? heard : 1);
  const before = of.kg * wave(addDays(day, -364)) * (stream === 'dry' ? 1.06 : 0.95);
  return {
    period: day,
    stream,
    station,
    kg: Math.round(kg * 10) / 10,
    basis: 'deposited',
    origin: 'measured',
    completeness: heard,
    lastYear: { kg: Math.round(before * 10) / 10, origin: 'imported', completeness: 1 },
  };
}

/** Weekends bring more, and no two weeks are alike. */
function wave(day: string): number {
  const weekend = weekdayOf(day) >= 5 ? 1.14 : 0.96;
  return weekend * (1 + 0.05 * Math.sin(Date.parse(day) / 3e8));
}
