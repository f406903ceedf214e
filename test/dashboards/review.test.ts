// What the review page adds up, and what it refuses to.
import { describe, expect, it } from 'vitest';
import {
  addDays,
  daysFrom,
  isDay,
  lastOfMonth,
  mondayOf,
} from '../../dashboards/shared/calendar.ts';
import { axisFor, barsOf, namedBars } from '../../dashboards/manager/bars.ts';
import { recordsOf } from '../../dashboards/manager/lateness.ts';
import {
  grainFor,
  neighbour,
  ordered,
  periodIn,
  shownAround,
  spanAround,
  spanOf,
} from '../../dashboards/manager/period.ts';
import { foldDays, stateOf, totalOf, wetShare } from '../../dashboards/manager/tonnage.ts';
import type { LedgerRowView, TicketView } from '../../gateway/api/schemas.ts';
import { smallCompound } from '../fakes/small-compound.ts';

const TODAY = '2026-11-20';

function row(period: string, change: Partial<LedgerRowView> = {}): LedgerRowView {
  return {
    period,
    stream: 'wet',
    station: 'k1',
    kg: 100,
    basis: 'deposited',
    origin: 'measured',
    completeness: 1,
    ...change,
  };
}
const lastYear = (kg: number, completeness = 1) =>
  ({ kg, origin: 'imported', completeness }) as const;
const fold = (rows: readonly LedgerRowView[], from: string, to: string) =>
  foldDays(rows, daysFrom(from, to));

describe('a day’s figure', () => {
  it('adds up the stations, and leaves collections out', () => {
    const rows = [
      row(TODAY),
      row(TODAY, { station: 'k2', kg: 50 }),
      row(TODAY, { basis: 'collected', kg: 900 }),
    ];
    expect(fold(rows, TODAY, TODAY)[0]?.figures.wet?.kg).toBe(150);
  });

  it('counts once what a scale and a sheet both tell, by the fuller of them', () => {
    const sheet = row(TODAY, { origin: 'imported', kg: 97 });
    const kg = (measured: LedgerRowView) =>
      fold([measured, sheet], TODAY, TODAY)[0]?.figures.wet?.kg;
    expect(kg(row(TODAY))).toBe(100);
    expect(kg(row(TODAY, { completeness: 0.3 }))).toBe(97);
  });

  it('is half known where one of two stations said nothing that day', () => {
    const rows = [row('2026-11-18'), row('2026-11-18', { station: 'k2' }), row('2026-11-19')];
    const [whole, half] = fold(rows, '2026-11-18', '2026-11-19');
    expect([whole?.figures.wet?.completeness, half?.figures.wet?.completeness]).toEqual([1, 0.5]);
  });

  it.each([
    ['2026-11-21', undefined, 'ahead'],
    [TODAY, undefined, 'running'],
    [TODAY, 0.899, 'running'],
    ['2026-11-19', undefined, 'missing'],
    ['2026-11-19', 0.899, 'partial'],
    ['2026-11-19', 0.9, 'whole'],
  ] as const)('of %s with completeness %s is %s', (day, completeness, state) => {
    const rows = completeness === undefined ? [] : [row(day, { completeness })];
    const [one] = fold(rows, day, day);
    expect(one && stateOf(one, 'wet', TODAY)).toBe(state);
  });
});

describe('a period', () => {
  const rows = [
    row('2026-11-16', { lastYear: lastYear(80) }),
    row('2026-11-17', { completeness: 0.5, lastYear: lastYear(80) }),
    row('2026-11-19', { lastYear: lastYear(80, 0.5) }),
    row(TODAY, { kg: 20, completeness: 0.4, lastYear: lastYear(80) }),
  ];
  const days = fold(rows, '2026-11-16', '2026-11-22');

  it('says what is missing and what is partial; days ahead are neither', () => {
    expect(totalOf(days, 'wet', TODAY)).toMatchObject({
      kg: 320,
      come: 5,
      told: 4,
      missing: 1,
      partial: 1,
    });
    expect(totalOf(days, 'wet', TODAY).completeness).toBeCloseTo((1 + 0.5 + 0 + 1 + 0.4) / 5);
  });

  it('is held against last year over days that are well known on both sides, and no others', () => {
    expect(totalOf(days, 'wet', TODAY).versus).toEqual({ kg: 100, lastYearKg: 80, days: 1 });
    expect(totalOf(days.slice(1), 'wet', TODAY).versus).toBeUndefined();
  });

  it('takes the share of wet in the whole, both years over the same days', () => {
    const dry = row('2026-11-16', { stream: 'dry', kg: 60, lastYear: lastYear(80) });
    const share = wetShare(fold([...rows, dry], '2026-11-16', TODAY), TODAY);
    expect(share).toEqual({ days: 1, now: 100 / 160, lastYear: 0.5 });
    expect(wetShare([], TODAY)).toEqual({ days: 0 });
  });
});

describe('the chart', () => {
  const around = { today: TODAY, grain: 'day' as const };

  it('has a bar for every day, and none of nought where a day is missing', () => {
    const bars = barsOf(fold([row('2026-11-19')], '2026-11-18', TODAY), 'wet', around);
    expect(bars.map(({ kg, state }) => [kg, state])).toEqual([
      [undefined, 'missing'],
      [100, 'whole'],
      [undefined, 'running'],
    ]);
  });

  it('shows a week’s mean day without the day that is still running', () => {
    const rows = [
      row('2026-11-18'),
      row('2026-11-19', { kg: 200 }),
      row(TODAY, { kg: 5, completeness: 0.1 }),
    ];
    const [week] = barsOf(fold(rows, '2026-11-18', TODAY), 'wet', { ...around, grain: 'week' });
    expect(week?.kg).toBe(150);
  });

  it.each([
    [0, 0.01],
    [620, 0.8],
    [512, 0.6],
    [12_300, 15],
  ])('of at most %d kg reaches up to %d t', (highestKg, topT) => {
    const { topKg, stepsKg } = axisFor(highestKg);
    expect(topKg / 1000).toBeCloseTo(topT);
    expect(stepsKg.length).toBeLessThanOrEqual(7);
    expect(topKg).toBeGreaterThanOrEqual(highestKg);
  });

  it('names no more than seven bars', () => {
    for (const days of [1, 7, 28, 62]) {
      const bars = barsOf(fold([], addDays(TODAY, 1 - days), TODAY), 'wet', around);
      expect(namedBars(bars, 'day').length).toBeGreaterThan(0);
      // Nine Mondays in two months are named every other one.
      expect(namedBars(bars, 'day').length).toBeLessThanOrEqual(7);
    }
  });
});

describe('the period in the address', () => {
  it.each([
    ['', TODAY, TODAY],
    ['?from=2026-11-01&to=2026-11-30', '2026-11-01', '2026-11-30'],
    ['?from=2026-11-30&to=2026-11-01', '2026-11-01', '2026-11-30'],
    ['?from=2026-02-30&to=2026-11-01', TODAY, TODAY],
    ['?from=2026-11-01', TODAY, TODAY],
    ['?from=2000-01-01&to=2026-11-20', '2025-10-17', TODAY],
  ])('%s is %s to %s', (search, from, to) => {
    expect(periodIn(search, TODAY)).toEqual({ from, to });
  });

  it.each([
    [{ from: TODAY, to: TODAY }, 'day', '2026-11-19', '2026-11-19'],
    [{ from: '2026-11-16', to: '2026-11-22' }, 'week', '2026-11-09', '2026-11-15'],
    [{ from: '2026-03-01', to: '2026-03-31' }, 'month', '2026-02-01', '2026-02-28'],
    [{ from: '2026-11-10', to: '2026-11-12' }, 'custom', '2026-11-07', '2026-11-09'],
  ] as const)('%j is a %s; before it lies %s to %s', (period, span, from, to) => {
    expect(spanOf(period)).toBe(span);
    expect(neighbour(period, -1)).toEqual({ from, to });
    expect(neighbour(neighbour(period, -1), 1)).toEqual(period);
  });

  it('shows a short period among the days before it, and long ones by week and month', () => {
    expect(shownAround({ from: TODAY, to: TODAY })).toEqual({ from: '2026-10-24', to: TODAY });
    expect(grainFor(ordered('2026-11-01', '2026-11-30'))).toBe('day');
    expect(grainFor(ordered('2026-06-01', '2026-11-20'))).toBe('week');
    expect(grainFor(ordered('2025-11-21', '2026-11-20'))).toBe('month');
  });

  it('knows its calendar', () => {
    expect(spanAround('2024-02-10', 'month')).toEqual({ from: '2024-02-01', to: '2024-02-29' });
    expect([mondayOf('2026-11-22'), mondayOf('2026-11-23')]).toEqual(['2026-11-16', '2026-11-23']);
    expect([lastOfMonth('2026-12-31'), addDays('2026-12-31', 1)]).toEqual([
      '2026-12-31',
      '2027-01-01',
    ]);
    expect(['2026-11-31', '2026-1-1', 'x', null].map(isDay)).toEqual([false, false, false, false]);
  });
});

describe('who is in time', () => {
  const now = Date.parse('2026-11-20T10:00:00Z');
  const [like] = smallCompound(now).tickets;
  if (!like) throw new Error('the small compound has tickets');
  const raisedAt = '2026-11-20T08:00:00Z';
  const step = (at: string, to: TicketView['state'], role = 'engineer') => ({
    at: `2026-11-20T${at}:00Z`,
    by: 'x',
    role,
    action: 'y',
    from: 'raised',
    to,
  });
  const ticket = (
    history: TicketView['history'],
    change: Partial<TicketView> = {},
  ): TicketView => ({
    ...like,
    team: 'engineers',
    raisedAt,
    dueAt: '2026-11-20T12:00:00Z',
    history,
    ...change,
  });
  const record = (tickets: readonly TicketView[]) =>
    recordsOf(tickets, { isWithin: () => true, now })[0];

  it('is told by medians, with the number of tickets behind them', () => {
    const tickets = ['08:10', '08:20', '09:50'].map((at) => ticket([step(at, 'answered')]));
    expect(record(tickets)?.answer).toEqual({ seconds: 1200, n: 3 });
    expect(record(tickets.slice(0, 2))?.answer).toEqual({ seconds: 900, n: 2 });
    expect(record(tickets)?.rectify).toBeUndefined();
  });

  it('gives nobody credit for what the sensor saw clear by itself', () => {
    const cleared = ticket([step('08:05', 'rectified', 'sensor')], { state: 'closed' });
    expect(record([cleared])).toMatchObject({ raised: 1, open: 0, rectify: undefined });
  });

  it('is late from the moment after the due one, and only while it is open', () => {
    const due = (dueAt: string, state: TicketView['state'] = 'raised') =>
      ticket([], { dueAt, state });
    expect(record([due('2026-11-20T10:00:00Z')])?.late).toBe(0);
    expect(record([due('2026-11-20T09:59:59Z')])?.late).toBe(1);
    expect(record([due('2026-11-20T09:59:59Z', 'closed')])?.late).toBe(0);
  });
});
