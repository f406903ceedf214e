// A day of the small compound's ledger opened up, its windows, and rows with all that may be remarkable
// of them, for the manager's pages: figures that add up, so that the page's sentences can be checked.
import type { Desk } from '../../gateway/api/desk.ts';
import type { LedgerDayView, LedgerRowView, WindowDayView } from '../../gateway/api/schemas.ts';
import { daysFrom, weekdayOf } from '../../dashboards/shared/calendar.ts';
import type { HandDesk } from '../fakes/hand-desk.ts';
import { TODAY, withTonnage } from './tonnage.ts';

export const OPENED = '2026-11-18';
export const HOSTILE = '<img src=x onerror=alert(1)> \u202Egnp.exe **x** javascript:alert(1)';
const at = (clock: string): string => new Date(`${OPENED}T${clock}:00+08:00`).toISOString();

export const openedDay = (): LedgerDayView => ({
  day: OPENED,
  station: 'k1',
  stream: 'wet',
  start: at('00:00'),
  end: new Date(Date.parse(at('00:00')) + 86_400_000).toISOString(),
  minutes: 1440,
  completeness: 0.8764,
  depositedKg: 412.3,
  collectedKg: 405,
  revision: 2,
  reopenedAt: new Date(Date.parse(at('23:00')) + 7_200_000).toISOString(),
  bins: [
    {
      asset: 'k1-wet',
      inKg: 312.3,
      outKg: 305,
      startKg: 4.1,
      endKg: 11.2,
      unexplainedKg: -0.2,
      toleratedKg: 6.2,
      isBalanced: true,
      heardMinutes: 1440,
      silent: [],
    },
    {
      asset: 'k1-wet-2',
      inKg: 100,
      outKg: 100,
      startKg: 6,
      endKg: 2.4,
      unexplainedKg: -3.6,
      toleratedKg: 2,
      isBalanced: false,
      heardMinutes: 1084,
      silent: [
        { from: at('02:00'), to: at('05:12') },
        { from: at('11:00'), to: at('13:44') },
      ],
    },
    {
      asset: 'k1-wet-3',
      inKg: 0,
      outKg: 0,
      toleratedKg: 0.5,
      isBalanced: true,
      heardMinutes: 0,
      silent: [{ from: at('00:00'), to: at('23:59') }],
    },
  ],
  events: [
    {
      kind: 'deposit',
      asset: 'k1-wet',
      at: at('03:10'),
      kg: 24.6,
      by: 'weight',
      flags: ['off-hours', 'night', 'heap'],
    },
    { kind: 'deposit', asset: 'k1-wet', at: at('07:12'), kg: 3.4, by: 'weight' },
    {
      kind: 'deposit',
      asset: 'k1-wet',
      at: at('07:20'),
      kg: 5.1,
      by: 'weight',
      flags: ['taken-back'],
    },
    { kind: 'withdrawal', asset: 'k1-wet', at: at('07:22'), kg: 5.1, by: 'weight' },
    {
      kind: 'deposit',
      asset: 'k1-wet-3',
      at: at('08:02'),
      litres: 38,
      by: 'fill',
      estimated: true,
    },
    { kind: 'collection', asset: 'k1-wet', at: at('09:30'), kg: 305, by: 'weight' },
    { kind: 'collection', asset: 'k1-wet-2', at: at('09:41'), by: 'tap', flags: ['unverified'] },
    {
      kind: 'deposit',
      asset: 'k1-wet-2',
      at: at('18:44'),
      kg: 2.2,
      by: 'weight',
      flags: ['no-lid', 'across-gap'],
    },
  ],
  isCut: false,
  corrections: [],
  excluded: [
    { device: 'k1', reason: 'checksum', count: 12 },
    { device: 'k1', reason: 'out-of-range', count: 1204 },
  ],
});

/** Corrections that were asked for stand in the day and in the ledger, once they were approved. */
export function withOpened(desk: HandDesk): Desk {
  desk.putWindows(...windowDays());
  const told = withTonnage(desk);
  const ofDay = async (of: { day: string; station: string; stream: string }) =>
    (await desk.corrections({})).filter(
      (one) => one.day === of.day && one.station === of.station && one.stream === of.stream,
    );
  return {
    ...told,
    async ledgerDay(of) {
      if (of.station !== 'k1' || of.stream !== 'wet')
        return { ok: false, status: 404, title: 'No such day', detail: 'nothing of it is known' };
      const corrections = (await ofDay(of)).toReversed();
      return { ok: true, value: { ...openedDay(), day: of.day, corrections } };
    },
    async ledger(query) {
      const answer = await told.ledger(query);
      if (!answer.ok) return answer;
      const rows = answer.value.rows.flatMap(remarkable);
      const corrected = await Promise.all(
        rows.map(async (row) => {
          const { period: day, station = '', stream, basis } = row;
          const own = (await ofDay({ day, station, stream })).filter((one) => one.basis === basis);
          const kg = own.reduce((sum, one) => sum + (one.state === 'approved' ? one.kg : 0), 0);
          const pending = own.filter(({ state }) => state === 'pending').length;
          return { ...row, ...(kg !== 0 && { correctedKg: kg }), ...(pending > 0 && { pending }) };
        }),
      );
      return { ok: true, value: { ...answer.value, rows: corrected } };
    },
  };
}

function remarkable(row: LedgerRowView): LedgerRowView[] {
  const { period, station, stream } = row;
  const isWet = station === 'k1' && stream === 'wet';
  const odd = {
    ...row,
    ...(isWet && { wetShare: 0.61, standingKg: 13.6 }),
    ...(isWet &&
      period === OPENED && { kg: 412.3, completeness: 0.8764, unbalancedKg: 3.6, revision: 2 }),
    ...(station === 'k2' &&
      stream === 'wet' &&
      period === '2026-11-16' && {
        unusual: { kind: 'drop', usualKg: 251.3, weeks: 8 } as const,
      }),
  };
  const collected = { period, station: 'k1', stream: 'wet', kg: 405, basis: 'collected' } as const;
  const { completeness } = row;
  const { lastYear: _, ...bare } = row;
  return [
    odd,
    ...(isWet ? [{ ...collected, origin: 'measured' as const, completeness }] : []),
    ...(station === 'k2' && stream === 'dry'
      ? [
          {
            ...bare,
            stream: 'recyclable' as const,
            origin: 'estimated' as const,
            kg: 41,
            litres: 512,
          },
        ]
      : []),
  ];
}

function windowDays(): WindowDayView[] {
  return daysFrom('2026-11-14', TODAY)
    .reverse()
    .flatMap((day) => ['k1', 'k2'].map((station) => windowDay(day, station)));
}

function windowDay(day: string, station: string): WindowDayView {
  const moment = (clock: string): string => new Date(`${day}T${clock}:00+08:00`).toISOString();
  const isOdd = weekdayOf(day) >= 5 && station === 'k1';
  const cases = isOdd
    ? [
        { asset: 'k1-wet', at: moment('23:10'), kg: 31.4, why: ['night', 'heap'] as const },
        { asset: 'k1-dry', at: moment('02:40'), litres: 96, why: ['no-lid'] as const },
      ]
    : [];
  return {
    day,
    station,
    windows: [
      { from: moment('07:00'), to: moment('09:00') },
      { from: moment('18:00'), to: moment('20:00') },
    ],
    deposits: 84 + weekdayOf(day),
    kg: 241.5,
    offHours: isOdd ? { count: 5, kg: 44.2 } : { count: 0, kg: 0 },
    dumping: {
      count: cases.length,
      kg: isOdd ? 31.4 : 0,
      cases: cases.map((one) => ({ ...one, why: [...one.why] })),
    },
    full: isOdd ? [{ asset: 'k1-wet', minutes: 25 }] : [],
    slots: 24,
    usedSlots: 14 + weekdayOf(day),
    used: Math.round(((14 + weekdayOf(day)) / 24) * 1000) / 1000,
  };
}
