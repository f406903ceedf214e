// What had no moment is written again when it has one: each exactly once, wherever it is killed.
import { describe, expect, it } from 'vitest';
import type { Entry, LogRecord, ReadingEntry } from '../../gateway/domain/record.ts';
import { createStanding, type Standing } from '../../gateway/domain/standing.ts';
import { days, instant, minutes, moved, seconds } from '../../gateway/domain/time.ts';
import { createRestamp, rewritten } from '../../gateway/flow/clock/clock-restamp.ts';
import { createStep } from '../../gateway/flow/step.ts';
import { NOTHING_SAVED, reading, started } from '../fakes/folded-site.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { clock, SMALL_SITE } from '../fakes/small-site.ts';
import { until } from '../tools.ts';

const OFF = days(3);
const undated = (part: number, at: number, value: number): ReadingEntry => ({
  ...reading({ asset: 'k1-wet', quantity: 'distance', value, at: instant(at) }),
  doubt: 'unsynchronised',
  seq: 7,
  part,
});

/** A log in memory, and a fold that knows nothing but what is in it. */
function lifeOver(log: LogRecord[]) {
  const standing: Standing = createStanding(NOTHING_SAVED);
  const step = createStep(SMALL_SITE, standing);
  let folded = 0;
  const settle = (): void => {
    for (const record of log.slice(folded)) step.fold(record);
    folded = log.length;
  };
  settle();
  return { standing, settle };
}

/** Runs the pass until there is nothing to do, or until it is killed before or after its nth append. */
async function pass(
  log: LogRecord[],
  kill: { before?: number; after?: number } = {},
): Promise<boolean> {
  const { standing, settle } = lifeOver(log);
  const hand = handClock('2026-11-20T12:00:00Z');
  let appends = 0;
  let isDead = false;
  const restamp = createRestamp({
    log: {
      readAfter: async (cursor, limit) => log.slice(cursor, cursor + limit),
      head: () => log.length,
      async append(entries: readonly Entry[]) {
        appends += 1;
        if (isDead || appends === kill.before) isDead = true;
        if (isDead) return new Promise(() => undefined);
        const first = log.length + 1;
        entries.forEach((entry, index) => log.push({ ...entry, sequence: first + index }));
        if (appends === kill.after) {
          isDead = true;
          return new Promise(() => undefined);
        }
        return first;
      },
    },
    standing,
    clock: hand,
    settled: async () => settle(),
    onFault: (fault) => {
      throw fault;
    },
  });
  restamp.start();
  const isDone = (): boolean => (standing.gateway().stretches ?? []).length === 0;
  await until('the pass is over or killed', () => {
    hand.moveBy(seconds(2));
    return isDead || isDone();
  });
  if (!isDead) await restamp.stop();
  return isDone();
}

/** `messages` of two numbers each, a minute apart, and then the clock is put right. */
function wrongRun(messages: number): LogRecord[] {
  const start = clock('06:00');
  const entries: Entry[] = [{ ...started(start), boot: 'run 1', clock: 'unsynchronised' } as Entry];
  for (let n = 0; n < messages; n += 1) {
    const at = start + minutes(n + 1);
    entries.push(undated(0, at, 300 + n), undated(1, at, 600 + (n % 100)));
  }
  const end = moved(instant(start + minutes(messages + 1)), OFF);
  entries.push({
    kind: 'clock',
    boot: 'run 1',
    stepMs: OFF,
    state: 'synchronised',
    receivedAt: end,
  });
  entries.push(reading({ asset: 'k1-wet', quantity: 'distance', value: 299, at: end }));
  return entries.map((entry, index) => ({ ...entry, sequence: index + 1 }));
}

const again = (log: readonly LogRecord[]) =>
  log.filter((record) => record.kind === 'reading' && record.doubt === 'restamped');

const MESSAGES = 1300;

function expectEachOnce(log: readonly LogRecord[]): void {
  const right = wrongRun(MESSAGES)
    .filter((record) => record.kind === 'reading' && record.doubt === 'unsynchronised')
    .map((record) => `${'value' in record && record.value} ${record.receivedAt + OFF}`);
  const written = again(log).map(
    (record) =>
      `${'value' in record && record.value} ${'observedAt' in record && record.observedAt}`,
  );
  expect(written).toEqual(right);
}

describe('readings whose moment was not known', () => {
  it('are each written again once, in their order, their messages unbroken', async () => {
    const log = wrongRun(MESSAGES);
    expect(await pass(log)).toBe(true);
    expectEachOnce(log);
    for (const record of again(log)) {
      const first = log[record.sequence - 1 - ('part' in record ? record.part : 0)];
      expect(first).toMatchObject({ kind: 'reading', receivedAt: record.receivedAt, part: 0 });
    }
    expect(await pass(log)).toBe(true);
    expectEachOnce(log);
  });

  it.each([
    { before: 1 },
    { after: 1 },
    { before: 2 },
    { after: 2 },
    { before: 3 },
    { after: 3 },
    { before: 4 },
  ])('are neither lost nor doubled by a kill %o append', async (kill) => {
    const log = wrongRun(MESSAGES);
    await pass(log, kill);
    await pass(log, { after: 1 });
    await pass(log);
    expectEachOnce(log);
  });

  it('are no repetition of the device’s: its counter is not said again', async () => {
    const log = wrongRun(2);
    await pass(log);
    expect(again(log).every((record) => !('seq' in record))).toBe(true);
  });
});

describe('what is written again', () => {
  const record = (entry: ReadingEntry, sequence = 1): LogRecord => ({ ...entry, sequence });

  it('keeps a device’s own moment where the right clock can believe it', () => {
    const said = clock('05:00');
    const observed = moved(said, OFF);
    const entry = { ...undated(0, clock('06:00'), 300), observedAt: observed };
    expect(rewritten([record(entry)], OFF)).toMatchObject([
      { observedAt: observed, receivedAt: clock('06:00') + OFF },
    ]);
    const absurd = { ...entry, observedAt: moved(observed, days(90)) };
    expect(rewritten([record(absurd)], OFF)).toMatchObject([{ observedAt: clock('06:00') + OFF }]);
  });

  it('is nothing that still lies in no possible year', () => {
    expect(rewritten([record(undated(0, 60_000, 300))], 0)).toEqual([]);
  });

  it('is nothing but what had no moment', () => {
    const others: LogRecord[] = [
      record({ ...undated(0, clock('06:00'), 300), doubt: 'jump' }),
      record(reading({ asset: 'k1-wet', quantity: 'distance', value: 1, at: clock('06:00') }), 2),
      { ...started(clock('06:00')), sequence: 3 },
    ];
    expect(rewritten(others, OFF)).toEqual([]);
  });
});
