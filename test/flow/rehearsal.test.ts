// Changed rules over the days that are kept: what they would have raised, and which days they can
// speak of at all.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry, LogRecord } from '../../gateway/domain/record.ts';
import { days, instant, later, minutes, type Instant } from '../../gateway/domain/time.ts';
import { longestWait, type Rehearsal } from '../../gateway/flow/rehearsal/rehearsal.ts';
import type { StepSite } from '../../gateway/flow/step.ts';
import { command, line, numbered, reading, started, tick } from '../fakes/folded-site.ts';
import {
  BIN_FULL,
  CIRCUIT_DOWN,
  clock,
  COMPOUND,
  LAMP_OUT,
  LEAK,
  LINE_LOST,
  RULES,
  SILENT,
} from '../fakes/small-site.ts';
import { anyLog } from './any-log.ts';
import { logOf, really, tried } from './rehearsed.ts';

const START = started(clock('09:00'));
const fillAt = (time: string, value: number): Entry =>
  reading({ asset: 'k1-wet', quantity: 'fill', value, at: clock(time) });
/** Over the limit for 15, for 12 and for 40 minutes; between them under the clear level. */
const WOBBLE = [
  ['10:00', 0.95],
  ['10:15', 0.5],
  ['10:20', 0.95],
  ['10:32', 0.5],
  ['11:00', 0.95],
  ['11:40', 0.5],
] as const;
const WOBBLING = numbered([START, ...WOBBLE.map(([time, fill]) => fillAt(time, fill))]);
const PATIENT = { ...BIN_FULL, holdFor: minutes(30) };

const inShort = ({ compared }: Rehearsal): string[] =>
  compared.map(({ fate, raisedAt, wasRaisedAt }) => {
    const time = (at: Instant): string => new Date(at + 8 * 3_600_000).toISOString().slice(11, 16);
    return `${fate} ${time(raisedAt)}${wasRaisedAt === undefined ? '' : ` was ${time(wasRaisedAt)}`}`;
  });

describe('a changed rule is tried on the log', () => {
  it('a longer hold removes the alarms of a wobble and raises the long one later', async () => {
    const rehearsal = await tried(WOBBLING, { before: [BIN_FULL], after: [PATIENT] });
    expect(inShort(rehearsal)).toEqual([
      'only-before 10:10',
      'only-before 10:30',
      'later 11:30 was 11:10',
    ]);
    expect(rehearsal.before.alarms).toHaveLength(3);
    expect(rehearsal.after.alarms).toMatchObject([
      { rule: 'bin-full', asset: 'k1-wet', raisedAt: clock('11:30'), clearedAt: clock('11:40') },
    ]);
    expect(rehearsal.after.tickets).toMatchObject([
      { category: 'bin-full', asset: 'k1-wet', rule: 'bin-full', raisedAt: clock('11:30') },
    ]);
  });

  it('a lower limit raises the same alarm earlier', async () => {
    const records = numbered([
      START,
      fillAt('10:00', 0.85),
      fillAt('10:30', 0.95),
      fillAt('11:00', 0.5),
    ]);
    const rehearsal = await tried(records, {
      before: [BIN_FULL],
      after: [{ ...BIN_FULL, limit: 0.8 }],
    });
    expect(inShort(rehearsal)).toEqual(['earlier 10:10 was 10:40']);
  });

  it('a hold of its own falls due at its own instant, though nothing was heard then', async () => {
    const records = numbered([START, fillAt('10:00', 0.95), fillAt('12:00', 0.95)]);
    const rehearsal = await tried(records, { before: [BIN_FULL], after: [PATIENT] });
    expect(inShort(rehearsal)).toEqual(['later 10:30 was 10:10']);
  });

  it('what nobody has heard of falls due up to now, and not without a now', async () => {
    const records = numbered([START, fillAt('10:00', 0.95)]);
    const ask = { before: [BIN_FULL], after: [PATIENT] };
    expect(inShort(await tried(records, ask))).toEqual([]);
    expect(inShort(await tried(records, { ...ask, now: clock('10:20') }))).toEqual([
      'only-before 10:10',
    ]);
    expect(inShort(await tried(records, { ...ask, now: clock('10:30') }))).toEqual([
      'later 10:30 was 10:10',
    ]);
  });

  it('a rule that is gone raises nothing, and a new one all by itself', async () => {
    const gone = await tried(WOBBLING, { before: [BIN_FULL], after: [] });
    expect(gone.after).toEqual({ alarms: [], tickets: [] });
    expect(gone.compared.map(({ fate }) => fate)).toEqual(Array(3).fill('only-before'));
    const fresh = await tried(WOBBLING, { before: [], after: [BIN_FULL] });
    expect(fresh.compared.map(({ fate }) => fate)).toEqual(Array(3).fill('only-after'));
  });

  it('only what is raised in the asked-for time is shown', async () => {
    const span = { from: clock('10:25'), to: clock('11:20') };
    const rehearsal = await tried(WOBBLING, { before: [BIN_FULL], after: [BIN_FULL], ...span });
    expect(inShort(rehearsal)).toEqual(['both 10:30', 'both 11:10']);
    expect(rehearsal.covers).toMatchObject(span);
  });

  it('the end of it makes nothing fall due while the gateway was off', async () => {
    const silent = { before: [SILENT], after: [SILENT], to: clock('12:00') };
    const heard = fillAt('09:05', 0.1);
    const off = await tried(numbered([START, heard, started(clock('13:00'))]), silent);
    expect(off.before.alarms.map(({ asset }) => asset)).not.toContain('k1');
    const on = await tried(numbered([START, heard, fillAt('13:00', 0.1)]), silent);
    expect(on.before.alarms.find(({ asset }) => asset === 'k1')?.raisedAt).toBe(clock('09:15'));
  });

  it('people’s words to alarms and tickets of the past are not repeated', async () => {
    const shelve = command({
      on: 'alarm',
      id: 'A1',
      action: 'shelve',
      at: clock('10:11'),
      body: { reason: 'rain', until: clock('20:00') },
    });
    const decline = command({ on: 'ticket', id: 'T1', action: 'decline', at: clock('10:12') });
    const records = numbered([START, fillAt('10:00', 0.95), tick(clock('10:10')), shelve, decline]);
    const { before } = await tried(records, { before: [BIN_FULL], after: [BIN_FULL] });
    expect(before.alarms).toHaveLength(1);
    expect(before.tickets).toHaveLength(1);
    expect(before.tickets[0]).not.toHaveProperty('endedAt');
  });

  it('what people are at work on is out of service, though they said so before it was pruned', async () => {
    const maintain = command({
      on: 'asset',
      id: 'k1-wet',
      action: 'maintain',
      at: clock('09:30'),
      body: { reason: 'new lid' },
    });
    const full = [fillAt('10:00', 0.95), fillAt('10:30', 0.95)];
    const raised = async (records: readonly LogRecord[]): Promise<number> => {
      const rules = { before: [BIN_FULL], after: [BIN_FULL] };
      const { before } = await tried(records, { ...rules, now: clock('12:00') });
      return before.alarms.filter(({ isQuiet }) => !isQuiet).length;
    };
    const records = numbered([START, maintain, fillAt('09:40', 0.1), ...full]);
    expect(await raised(numbered([START, ...full]))).toBe(1);
    expect(await raised(records)).toBe(0);
    expect(await raised(records.toSpliced(2, 1))).toBe(0);
  });

  it('ends where it may not go on, and says how far it came and why', async () => {
    const ask = { before: [BIN_FULL], after: [BIN_FULL], now: clock('23:00') };
    const long = numbered([
      START,
      ...Array.from({ length: 1500 }, (_, index) =>
        reading({
          asset: 'k1-wet',
          quantity: 'fill',
          value: 0.95,
          at: later(clock('10:00'), minutes(index / 10)),
        }),
      ),
    ]);
    const cut = await tried(long, ask, { mostRecords: 600 });
    expect(cut).toMatchObject({ truncated: 'records', records: 1000 });
    expect(cut.covers.to).toBe(long[999]?.receivedAt);
    const late = await tried(long, ask, { mayGoOn: () => false });
    expect(late).toMatchObject({ truncated: 'time', records: 0, covers: { days: [] } });
    const wild = [{ ...BIN_FULL, holdFor: minutes(0), only: ['k1-wet'] }];
    const loud = await tried(
      numbered(
        Array.from({ length: 1200 }, (_, index) =>
          reading({
            asset: 'k1-wet',
            quantity: 'fill',
            value: index % 2,
            at: later(clock('10:00'), minutes(index)),
          }),
        ),
      ),
      { before: [], after: wild },
      { mostAlarms: 100 },
    );
    expect(loud).toMatchObject({ truncated: 'alarms', records: 500 });
    expect(await tried(long, ask)).toMatchObject({ records: 1502, covers: { to: ask.now } });
  });
});

describe('which days a rehearsal speaks of', () => {
  const MIDNIGHT = clock('00:00');
  const dayAfter = (count: number, time = 0): Instant =>
    instant(later(MIDNIGHT, days(count)) + time);
  /** A reading an hour for five days, of which the store has lost the first two. */
  const entries: Entry[] = [
    started(dayAfter(0)),
    line('bins-line', 'down', dayAfter(0, 60_000)),
    ...Array.from({ length: 5 * 24 }, (_, hour) =>
      reading({
        asset: 'k1-wet',
        quantity: 'fill',
        value: 0.5,
        at: instant(MIDNIGHT + (hour + 1) * 3_600_000),
      }),
    ),
  ];
  const keptFrom = (sequence: number): LogRecord[] =>
    numbered(entries).filter((record) => record.kind !== 'reading' || record.sequence >= sequence);

  it('all of them where nothing was pruned, but for the one that is not over', async () => {
    const { covers } = await tried(keptFrom(0), { before: RULES, after: RULES });
    expect(covers.days).toEqual([
      { day: '2026-11-02', readings: 23, complete: true },
      { day: '2026-11-03', readings: 24, complete: true },
      { day: '2026-11-04', readings: 24, complete: true },
      { day: '2026-11-05', readings: 24, complete: true },
      { day: '2026-11-06', readings: 24, complete: true },
      { day: '2026-11-07', readings: 1, complete: false },
    ]);
    expect(covers.completeFrom).toBe(covers.from);
  });

  it('pruned days are not claimed, nor what a rule may still wait for from them', async () => {
    const pruned = keptFrom(3 + 48);
    const { covers } = await tried(pruned, {
      before: [SILENT],
      after: [{ ...SILENT, silentFor: days(1) }],
    });
    expect(covers.from).toBe(instant(dayAfter(2) + 3_600_000));
    expect(covers.completeFrom).toBe(instant(dayAfter(3) + 3_600_000));
    expect(covers.days.map(({ day, complete }) => [day, complete])).toEqual([
      ['2026-11-04', false],
      ['2026-11-05', false],
      ['2026-11-06', true],
      ['2026-11-07', false],
    ]);
  });

  it('the words that are kept of pruned days accuse nobody of their silence', async () => {
    const rehearsal = await tried(keptFrom(3 + 48), {
      before: [SILENT],
      after: [{ ...SILENT, silentFor: days(1) }],
    });
    const first = Math.min(...rehearsal.before.alarms.map(({ raisedAt }) => raisedAt));
    expect(first).toBe(later(instant(dayAfter(2) + 3_600_000), SILENT.silentFor));
  });

  it('a line that was lost before them is still lost', async () => {
    const { before } = await tried(keptFrom(3 + 48), { before: [LINE_LOST], after: [] });
    expect(before.alarms).toMatchObject([
      { asset: 'bins-line', raisedAt: later(instant(dayAfter(2) + 3_600_000), LINE_LOST.holdFor) },
    ]);
  });

  it('a day in which something is missing is not whole', async () => {
    const torn = keptFrom(0).filter(({ sequence }) => sequence < 60 || sequence > 64);
    const { covers } = await tried(torn, { before: RULES, after: RULES });
    expect(covers.days.map(({ complete }) => complete)).toEqual([
      true,
      true,
      false,
      true,
      true,
      false,
    ]);
  });

  it('where no reading is left there is no day to speak of', async () => {
    const kept = keptFrom(Infinity);
    const rules = { before: RULES, after: RULES };
    const rehearsal = await tried(kept, rules, { log: logOf(kept, entries.length) });
    expect(rehearsal.covers.days).toEqual([]);
    expect((await tried([], { before: RULES, after: RULES })).covers.days).toEqual([]);
  });
});

describe('the longest wait of rules', () => {
  it('is all that one waits for, one after the other, its own rule’s included', () => {
    const wait = (...rules: StepSite['rules']): number => longestWait(rules, COMPOUND);
    expect(wait()).toBe(0);
    expect(wait(BIN_FULL, LEAK)).toBe(minutes(10));
    expect(wait({ ...SILENT, holdFor: minutes(5) })).toBe(minutes(15));
    expect(wait(LAMP_OUT, CIRCUIT_DOWN)).toBe(minutes(11));
    expect(wait({ ...SILENT, silentFor: 'learned' })).toBe(minutes(10));
  });
});

describe('rehearsed with unchanged rules', () => {
  it('any log without commands gives what it gave', async () => {
    await fc.assert(
      fc.asyncProperty(anyLog, async (entries) => {
        const records = numbered(entries.filter(({ kind }) => kind !== 'command'));
        const { before, after, compared } = await tried(records, { before: RULES, after: RULES });
        expect(before.alarms).toEqual(really(records, RULES));
        expect(after).toEqual(before);
        expect(compared.every(({ fate }) => fate === 'both')).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
