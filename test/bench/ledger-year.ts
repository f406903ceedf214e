// A year of the ledger for 200 bins, as the fold leaves it: each day with its minutes, its balance and
// how its windows were used. Made up, the same each time.
import type { Stream } from '../../gateway/domain/asset.ts';
import { STREAMS } from '../../gateway/domain/asset.ts';
import { addDays, daysFrom } from '../../gateway/domain/day.ts';
import { ledgerDayId, type LedgerDay } from '../../gateway/domain/ledger.ts';

export const STATIONS = 50;
export const LAST_DAY = '2026-10-31';

/** One bin of each stream at each of fifty stations. */
export function* ledgerYear(days = 365): Iterable<LedgerDay> {
  for (const day of daysFrom(addDays(LAST_DAY, 1 - days), LAST_DAY))
    for (let station = 1; station <= STATIONS; station += 1)
      for (const stream of STREAMS) yield ledgerDay(day, `k${station}`, stream);
}

function ledgerDay(day: string, station: string, stream: Stream): LedgerDay {
  const bin = `${station}-${stream}`;
  const salt = (Number(day.slice(8)) * 31 + Number(station.slice(1)) * 17 + stream.length) % 97;
  const depositedKg = 20 + salt / 2;
  const heard = [0, 300 + salt, 310 + salt, 900, 905, 1440];
  return {
    id: ledgerDayId({ day, station, stream }),
    day,
    station,
    stream,
    depositedKg,
    collectedKg: depositedKg - 0.5,
    origin: 'measured',
    heard: { [bin]: heard },
    bins: 1,
    minutes: 1440,
    revision: 0,
    byBin: { [bin]: { inKg: depositedKg, outKg: depositedKg - 0.5, startKg: 3, endKg: 3.5 } },
    use: {
      deposits: 30,
      offHours: 2,
      offHoursKg: 5.5,
      slots: [42, 43, 44, 46, 48, 50, 108, 109, 110, 112, 113, 115],
      suspects: 0,
      suspectKg: 0,
      cases: [],
    },
    full: { [bin]: [470, 480] },
  };
}
