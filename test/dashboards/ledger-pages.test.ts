// What the pages behind the ledger's figures work out before anything is drawn.
import { describe, expect, it } from 'vitest';
import { isReady, kgIn, takesTooMuch } from '../../dashboards/manager/correction-draft.ts';
import {
  balanceOf,
  dayIn,
  dayPath,
  eventsShown,
  figureOf,
  isTakenBack,
  openedIn,
} from '../../dashboards/manager/opened-day.ts';
import { remarkedIn, remarksOf, remarkText, signedKg } from '../../dashboards/manager/remarks.ts';
import { foldDays, reportedKg, totalOf } from '../../dashboards/manager/tonnage.ts';
import { casesOf, heatOf, totalsOf } from '../../dashboards/manager/window-figures.ts';
import { formatIn } from '../../dashboards/shared/format.ts';
import { wordsIn } from '../../dashboards/shared/words.ts';
import type { LedgerRowView, WindowDayView } from '../../gateway/api/schemas.ts';
import { openedDay } from './opened.ts';

const DAY = '2026-11-18';
const words = wordsIn('zh');
const tongue = { words, format: formatIn('Asia/Shanghai', words) };
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

const row = (change: Partial<LedgerRowView> = {}): LedgerRowView => ({
  period: DAY,
  stream: 'wet',
  station: 'k1',
  kg: 100,
  basis: 'deposited',
  origin: 'measured',
  completeness: 1,
  ...change,
});

describe('a figure that was corrected', () => {
  it('is what was measured and what was approved, up or down', () => {
    expect(reportedKg(row({ correctedKg: 5 }))).toBe(105);
    expect(reportedKg(row({ correctedKg: -40 }))).toBe(60);
    expect(reportedKg(row())).toBe(100);
  });

  it('counts that way in the day, in the period, and says by how much', () => {
    const days = foldDays([row({ correctedKg: -40 }), row({ station: 'k2' })], [DAY]);
    expect(days[0]?.figures.wet).toMatchObject({ kg: 160, correctedKg: -40 });
    expect(totalOf(days, 'wet', DAY).kg).toBe(160);
  });

  it('is not unknown where nothing was measured and people said how much it was', () => {
    const { kg: _, ...none } = row();
    expect(reportedKg(none)).toBeUndefined();
    expect(reportedKg({ ...none, correctedKg: 3 })).toBe(3);
  });
});

describe('what is estimated', () => {
  const litres = row({ station: 'k2', origin: 'estimated', kg: 30, litres: 300 });

  it('stands apart from what was weighed, and is in no figure', () => {
    const [day] = foldDays([row(), litres], [DAY]);
    expect(day?.figures.wet?.kg).toBe(100);
    expect(day?.figures.wet?.completeness).toBe(1);
    expect(day?.estimated).toEqual([litres]);
  });

  it('is not a weighed day', () => {
    const [day] = foldDays([litres], [DAY]);
    expect(day?.figures).toEqual({});
  });
});

describe('what is remarkable of a figure', () => {
  it.each([
    [row(), []],
    [row({ unbalancedKg: 0, correctedKg: 0, pending: 0 }), []],
    [row({ unbalancedKg: 3.2 }), ['unbalanced']],
    [row({ unusual: { kind: 'drop', usualKg: 90, weeks: 6 } }), ['unusual']],
    [row({ correctedKg: -1, pending: 2 }), ['pending', 'corrected']],
  ] as const)('of %j is %j', (told, remarks) => {
    expect(remarksOf(told)).toEqual(remarks);
  });

  it('is said with its size and its reason', () => {
    const unusual = { kind: 'drop', usualKg: 251.3, weeks: 8 } as const;
    const told = row({ unbalancedKg: -3.2, correctedKg: -12.5, unusual });
    const say = (remark: Parameters<typeof remarkText>[1]) =>
      plain(remarkText(told, remark, tongue));
    expect(say('unbalanced')).toBe('≠ 账不平，差 3.2 kg');
    expect(say('corrected')).toBe('✎ 已更正 −12.5 kg');
    expect(say('unusual')).toBe('↓ 突降：近 8 周同星期通常 251.3 kg');
    expect(plain(signedKg(5, tongue.format))).toBe('+5.0 kg');
  });

  it('lists the newest day first, and leaves out what is ordinary', () => {
    const days = foldDays(
      [row({ period: '2026-11-17', pending: 1 }), row({ unbalancedKg: 1 }), row({ station: 'k2' })],
      ['2026-11-17', DAY],
    );
    expect(remarkedIn(days).map(({ row: { period } }) => period)).toEqual([DAY, '2026-11-17']);
  });
});

describe('the address of a day', () => {
  it.each([
    ['/manager/day/2026-11-18', DAY],
    ['/manager/day/2026-11-18/', DAY],
    ['/manager/day/2026-02-30', undefined],
    ['/manager/day/<img>', undefined],
    ['/manager/day/', undefined],
  ])('%s is %s', (path, day) => {
    expect(dayIn(path)).toBe(day);
  });

  it('finds again what it was made of, and takes nothing else for a stream', () => {
    const path = dayPath(DAY, { station: 'k 1&x', stream: 'dry', show: 'collections', lang: 'en' });
    const url = new URL(path, 'http://here');
    expect(openedIn(url.search)).toEqual({ station: 'k 1&x', stream: 'dry', show: 'collections' });
    expect(url.searchParams.get('lang')).toBe('en');
    expect(openedIn('?stream=gold&show=x&station=')).toEqual({ show: 'all' });
    expect(dayPath(DAY)).toBe('/manager/day/2026-11-18');
  });
});

describe('a day that is opened', () => {
  const day = openedDay();

  it('shows deposits with what was taken out of them, collections apart, and what has a flag', () => {
    const kinds = (shown: Parameters<typeof eventsShown>[1]) =>
      eventsShown(day.events, shown).map(({ kind }) => kind);
    expect(kinds('all')).toHaveLength(8);
    expect(kinds('deposits')).toHaveLength(6);
    expect(kinds('deposits')).not.toContain('collection');
    expect(kinds('collections')).toEqual(['collection', 'collection']);
    expect(kinds('flagged')).toHaveLength(5);
    expect(day.events.filter(isTakenBack)).toHaveLength(1);
  });

  it('balances each bin by itself, and says nothing of one that nobody weighed', () => {
    const [even, odd, unknown] = day.bins.map(balanceOf);
    expect(even).toMatchObject({ state: 'even' });
    expect(even?.expectedKg).toBeCloseTo(7.3);
    expect(even?.measuredKg).toBeCloseTo(7.1);
    expect(odd).toMatchObject({ state: 'odd', expectedKg: 0 });
    expect(unknown).toEqual({ state: 'unknown', expectedKg: 0 });
  });

  it('counts approved corrections of its basis and no others', () => {
    const one = {
      id: '1',
      day: DAY,
      stream: 'wet',
      station: 'k1',
      reason: 'x',
      by: 'wu',
      at: day.start,
    } as const;
    const corrections = [
      { ...one, basis: 'deposited', kg: -12.3, state: 'approved' },
      { ...one, basis: 'deposited', kg: 99, state: 'pending' },
      { ...one, basis: 'deposited', kg: 50, state: 'refused' },
      { ...one, basis: 'collected', kg: 5, state: 'approved' },
    ] as const;
    const corrected = { ...day, corrections: [...corrections] };
    expect(figureOf(corrected, 'deposited')).toEqual({
      measuredKg: 412.3,
      correctedKg: -12.3,
      countedKg: 400,
      pending: 1,
    });
    expect(figureOf(corrected, 'collected').countedKg).toBe(410);
  });
});

describe('a correction that is being written', () => {
  it.each([
    ['12', 12],
    ['+3.5', 3.5],
    ['-12.5', -12.5],
    ['−12.5', -12.5],
    ['0', undefined],
    ['', undefined],
    ['1e5', undefined],
    ['12,5', undefined],
    ['100000', 100_000],
    ['100001', undefined],
    ['<img>', undefined],
  ])('%s is %s kg', (kg, value) => {
    expect(kgIn({ kg })).toBe(value);
  });

  it('may take off all that the figure holds, and no more', () => {
    const draft = { basis: 'deposited', kg: '-12.5', reason: '扶住' } as const;
    expect(isReady(draft, 12.5)).toBe(true);
    expect(takesTooMuch(draft, 12.4)).toBe(true);
    expect(isReady(draft, 12.4)).toBe(false);
  });

  it('needs a reason that is more than spaces', () => {
    const draft = { basis: 'deposited', kg: '1', reason: ' \n ' } as const;
    expect(isReady(draft, 0)).toBe(false);
    expect(isReady({ ...draft, reason: 'x' }, 0)).toBe(true);
  });
});

describe('the windows', () => {
  const window = (change: Partial<WindowDayView>): WindowDayView => ({
    day: DAY,
    station: 'k1',
    windows: [],
    deposits: 0,
    kg: 0,
    offHours: { count: 0, kg: 0 },
    dumping: { count: 0, kg: 0, cases: [] },
    full: [],
    slots: 0,
    usedSlots: 0,
    ...change,
  });
  const at = (clock: string) => `2026-11-18T${clock}:00.000Z`;
  const cases = [
    { asset: 'k1-wet', at: at('01:00'), kg: 20, why: ['heap' as const] },
    { asset: 'k1-wet', at: at('01:40'), kg: 25, why: ['heap' as const] },
  ];

  it('are used by slots and not by the mean of days', () => {
    const days = [window({ slots: 24, usedSlots: 12 }), window({ slots: 6, usedSlots: 6 })];
    expect(totalsOf(days).used).toBe(0.6);
    expect(totalsOf([window({})]).used).toBeUndefined();
  });

  it('add up full minutes over bins', () => {
    const full = [
      { asset: 'a', minutes: 5 },
      { asset: 'b', minutes: 7 },
    ];
    expect(totalsOf([window({ full }), window({ full })]).fullMinutes).toBe(24);
  });

  it('count suspected dumping by place and hour, the newest case first', () => {
    const days = [window({ dumping: { count: 2, kg: 45, cases } }), window({ station: 'k2' })];
    const found = casesOf(days);
    expect(found.map((one) => one.at)).toEqual([at('01:40'), at('01:00')]);
    const rows = heatOf(found, (moment) => new Date(moment).getUTCHours());
    expect(rows).toHaveLength(1);
    expect(rows[0]?.hours[1]).toBe(2);
    expect(rows[0]?.hours.reduce((a, b) => a + b)).toBe(2);
  });
});
