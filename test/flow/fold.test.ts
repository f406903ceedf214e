// The driver of the fold, on a clock that a hand moves and a disk that fails when told to.
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../gateway/domain/fault.ts';
import { milliseconds, minutes, seconds } from '../../gateway/domain/time.ts';
import { command, reading, started } from '../fakes/folded-site.ts';
import { until } from '../tools.ts';
import { failingStore, type FailingStore } from './failing-store.ts';
import { folding, turns } from './folding.ts';

const cursorOf = async ({ step }: FailingStore): Promise<number> => (await step.load()).cursor;
const kinds = async ({ log }: FailingStore): Promise<string[]> =>
  (await log.readAfter(0, 1000)).map(({ kind }) => kind);

describe('saving', () => {
  it('mere readings wait a second, and are then saved together', async () => {
    const { store, clock, fill } = await folding();
    await store.log.append([fill(0.1)]);
    await turns();
    clock.moveBy(milliseconds(999));
    await store.log.append([fill(0.2)]);
    await turns();
    expect(store.attempts).toHaveLength(0);
    clock.moveBy(milliseconds(1));
    await until('the readings are saved', () => store.attempts.length > 0);
    expect(store.attempts).toMatchObject([{ cursor: 2, alarms: [], tickets: [] }]);
    expect(store.attempts[0]!.puts.map(([key]) => key)).toEqual([
      'asset:k1-wet',
      'device:k1',
      'fill-level:k1-wet',
      'rhythm:k1-wet',
      'gateway:all',
      'attendance:k1',
    ]);
  });

  it('where a card is to be spared, mere readings wait longer', async () => {
    const { store, clock, fill } = await folding(failingStore(), seconds(5));
    await store.log.append([fill(0.1)]);
    await turns();
    clock.moveBy(milliseconds(4999));
    await turns();
    expect(store.attempts).toHaveLength(0);
    clock.moveBy(milliseconds(1));
    await until('the reading is saved', () => store.attempts.length > 0);
    expect(store.attempts).toMatchObject([{ cursor: 1 }]);
  });

  it('an alarm and its ticket are saved at once, without waiting for their second', async () => {
    const { store, clock, fill } = await folding();
    await store.log.append([fill(0.95)]);
    await turns();
    clock.moveBy(seconds(1));
    await until('the reading is saved', () => store.attempts.length === 1);
    clock.moveBy(milliseconds(minutes(10) - seconds(1)));
    await until('the alarm is saved', () => store.attempts.length === 2);
    expect(store.attempts[1]).toMatchObject({
      alarms: [{ id: 'A1', ticket: 'T1' }],
      tickets: [{ id: 'T1' }],
    });
  });

  it('what was derived is written with the cursor, each once', async () => {
    const { store, fold, clock } = await folding();
    const said = reading({ asset: 'k1-wet', quantity: 'distance', value: 600, at: clock.now() });
    await fold.settled(await store.log.append([said]));
    expect(store.attempts).toMatchObject([
      { cursor: 1, derived: [{ quantity: 'fill', value: 0.5, origin: 1 }] },
    ]);
    await fold.stop();
    expect(await kinds(store)).toEqual(['reading', 'derived']);
    expect(await cursorOf(store)).toBe(2);
    expect(store.attempts.flatMap(({ derived }) => derived)).toHaveLength(1);
  });

  it('a save that fails is tried again with the very same changes, and nothing is lost between', async () => {
    const { store, fold, clock, faults, fill } = await folding();
    store.fail('save', 2);
    const settled = fold.settled(await store.log.append([fill(0.3)]));
    await turns();
    await store.log.append([fill(0.4)]);
    clock.moveBy(seconds(1));
    await turns();
    clock.moveBy(seconds(1));
    await settled;
    expect(store.attempts.slice(1, 3)).toEqual([store.attempts[0], store.attempts[0]]);
    expect(faults).toHaveLength(2);
    await fold.stop();
    const last = store.attempts.at(-1)!;
    expect(last.cursor).toBe(2);
    expect(JSON.parse(new Map(last.puts).get('asset:k1-wet')!)).toMatchObject({
      latest: { fill: { value: 0.4 } },
    });
  });

  it('a log that cannot be read is read again', async () => {
    const { store, fold, clock, faults, fill } = await folding();
    await turns();
    store.fail('read', 1);
    const settled = fold.settled(await store.log.append([fill(0.3)]));
    await turns();
    expect(faults).toHaveLength(1);
    clock.moveBy(seconds(1));
    await settled;
    expect(await cursorOf(store)).toBe(1);
  });
});

describe('settled', () => {
  it('resolves after its record is folded and saved, not before', async () => {
    const { store, fold, clock, fill } = await folding();
    store.fail('save', 1);
    let isSettled = false;
    const sequence = await store.log.append([fill(0.3)]);
    const settled = fold.settled(sequence).then(() => (isSettled = true));
    await turns();
    expect([store.attempts.length, isSettled]).toEqual([1, false]);
    clock.moveBy(seconds(1));
    await settled;
    expect(await cursorOf(store)).toBe(sequence);
  });

  it('asked for a record of the past resolves at once', async () => {
    const { store, fold, fill } = await folding();
    await fold.settled(await store.log.append([fill(0.3)]));
    const saves = store.attempts.length;
    await fold.settled(1);
    expect(store.attempts).toHaveLength(saves);
  });

  it('resolves for each of many in their order', async () => {
    const { store, fold, fill } = await folding();
    const done: number[] = [];
    const all = Array.from({ length: 20 }, async () => {
      const sequence = await store.log.append([fill(0.3)]);
      await fold.settled(sequence);
      done.push(sequence);
    });
    await Promise.all(all);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
  });
});

describe('time', () => {
  it('that falls due in a quiet world is written down as a tick', async () => {
    const { store, clock, standing, fill } = await folding();
    await store.log.append([fill(0.95)]);
    await turns();
    clock.moveBy(milliseconds(minutes(10) - 1));
    await turns();
    expect(await kinds(store)).toEqual(['reading']);
    clock.moveBy(milliseconds(1));
    await until('the alarm rises', () => standing.alarms.get('A1') !== undefined);
    expect(await kinds(store)).toEqual(['reading', 'tick']);
    expect(standing.alarms.get('A1')?.raisedAt).toBe(clock.now());
  });

  it('in which nothing is due writes nothing', async () => {
    const { store, clock, fill } = await folding();
    await store.log.append([fill(0.1)]);
    await turns();
    clock.moveBy(minutes(600));
    await turns();
    expect(await kinds(store)).toEqual(['reading']);
  });

  it('is late where its tick could not be written, and comes all the same', async () => {
    const { store, clock, standing, faults, fill } = await folding();
    await store.log.append([fill(0.95)]);
    await turns();
    store.fail('append', 2);
    for (const span of [minutes(10), seconds(1), seconds(1)]) {
      clock.moveBy(span);
      await turns();
    }
    await until('the alarm rises', () => standing.alarms.get('A1') !== undefined);
    expect(faults).toHaveLength(2);
    expect(standing.alarms.get('A1')?.raisedAt).toBe(clock.now() - seconds(2));
  });
});

describe('stopping', () => {
  it('folds and saves what is there, and then hears nothing more', async () => {
    const { store, fold, clock, changes, fill } = await folding();
    await store.log.append([fill(0.95), fill(0.96)]);
    await fold.stop();
    expect(await cursorOf(store)).toBe(2);
    const before = changes();
    await store.log.append([fill(0.97)]);
    clock.moveBy(minutes(60));
    await turns();
    expect([changes() - before, await kinds(store)]).toEqual([
      0,
      ['reading', 'reading', 'reading'],
    ]);
  });

  it('while the disk fails ends with its fault; what was not saved is folded again later', async () => {
    const store = failingStore();
    const { fold, clock, fill } = await folding(store);
    await turns();
    store.fail('save', Infinity);
    const settled = fold.settled(await store.log.append([fill(0.95)]));
    const told = settled.catch((fault: unknown) => (fault as Fault).code);
    await turns();
    for (let attempt = 2; attempt <= 3; attempt += 1) {
      clock.moveBy(seconds(1));
      await turns();
    }
    expect(await told).toBe('store-write-failed');
    const stopped = fold.stop().catch((fault: unknown) => (fault as Fault).code);
    await turns();
    clock.moveBy(seconds(1));
    expect(await stopped).toBe('store-write-failed');
    expect(await cursorOf(store)).toBe(0);
    store.fail('save', 0);
    const next = await folding(store);
    await next.fold.settled(1);
    expect(await cursorOf(store)).toBe(1);
  });

  it('with nothing to save saves nothing', async () => {
    const { store, fold } = await folding();
    await fold.stop();
    expect(store.attempts).toEqual([]);
  });
});

describe('starting again', () => {
  it('goes on where it was saved: alarms are neither lost nor doubled', async () => {
    const store = failingStore();
    const first = await folding(store);
    await store.log.append([started(first.clock.now()), first.fill(0.95)]);
    await turns();
    first.clock.moveBy(minutes(10));
    await until('the alarm is saved', () => store.attempts.some(({ alarms }) => alarms.length > 0));
    await first.fold.stop();
    const second = await folding(store);
    second.clock.moveTo(first.clock.now());
    const ack = command({ on: 'alarm', id: 'A1', action: 'acknowledge', at: second.clock.now() });
    await second.fold.settled(await store.log.append([started(second.clock.now()), ack]));
    expect(await store.books.alarms('all', 9)).toMatchObject([
      { id: 'A1', state: 'active-acknowledged' },
    ]);
    expect(await store.books.tickets('all', 9)).toHaveLength(1);
  });

  it('reads a log of thousands in its stride', async () => {
    const store = failingStore();
    const { fill, fold } = await folding(store);
    const last = await store.log.append(Array.from({ length: 2500 }, (_, n) => fill(n / 5000)));
    await fold.settled(last + 2499);
    expect(await cursorOf(store)).toBe(2500);
  });
});
