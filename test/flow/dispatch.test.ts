import { describe, expect, it, onTestFinished } from 'vitest';
import { milliseconds, seconds } from '../../gateway/domain/time.ts';
import type { Notice } from '../../gateway/domain/notice.ts';
import { createDispatch } from '../../gateway/flow/outbox/dispatch.ts';
import type { Notifier, Told } from '../../gateway/notify/notifier.ts';
import type { Store } from '../../gateway/store/log.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { keptLog } from '../fakes/kept-log.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { cleared, notice } from '../fakes/notices.ts';
import { stepCommit } from '../store/entries.ts';

type Answer = (notice: Notice) => Told | Promise<Told>;
const TOLD: Told = { kind: 'told' };
const AWAY: Told = { kind: 'try-later', why: 'connect ECONNREFUSED' };

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
};

function toldNotifier(answer: Answer, id = 'ops', atOnce = 3) {
  const told: string[] = [];
  const closed = Promise.withResolvers<Told>();
  const notifier: Notifier = {
    id,
    kind: 'webhook',
    atOnce,
    async tell(notice) {
      told.push(notice.key);
      return Promise.race([answer(notice), closed.promise]);
    },
    close: () => closed.resolve({ kind: 'try-later', why: 'closing' }),
  };
  return { notifier, told };
}

function scene(notifiers: readonly Notifier[], store: Store = memoryStore()) {
  const clock = handClock('2026-11-02T12:00:00+08:00');
  const logger = keptLog();
  const dispatch = createDispatch({
    notifiers,
    outbox: store.outbox,
    clock,
    random: () => 0,
    logger,
  });
  onTestFinished(() => dispatch.stop());
  /** As the fold does it: durable first, then handed over. */
  const save = async (...notices: Notice[]): Promise<void> => {
    await store.step.save(stepCommit({ notices }));
    dispatch.take(notices);
    await turns();
  };
  const pass = async (span: number): Promise<void> => {
    clock.moveBy(milliseconds(span));
    await turns();
  };
  const left = async (channel = 'ops') =>
    (await store.outbox.waiting(channel, 9999)).map(({ key }) => key);
  return { clock, logger, store, dispatch, save, pass, left };
}

const some = (count: number): Notice[] =>
  Array.from({ length: count }, (_, one) => notice(one + 1));

describe('a notice', () => {
  it('is told at once, and gone from the outbox a moment later', async () => {
    const { notifier, told } = toldNotifier(() => TOLD);
    const { dispatch, save, pass, left } = scene([notifier]);
    await dispatch.start();
    await save(notice(1));
    expect(told).toEqual(['A1:raised']);
    expect(await left()).toEqual(['A1:raised']);
    await pass(200);
    expect(await left()).toEqual([]);
    expect(dispatch.states()).toEqual([
      {
        id: 'ops',
        kind: 'webhook',
        state: 'up',
        waiting: 0,
        told: 1,
        failed: 0,
        givenUp: 0,
        superseded: 0,
      },
    ]);
  });

  it('that was left from before is told after the start, before what is new', async () => {
    const { notifier, told } = toldNotifier(() => TOLD, 'ops', 1);
    const { dispatch, save, store } = scene([notifier]);
    await store.step.save(stepCommit({ notices: [notice(1), notice(2)] }));
    await dispatch.start();
    await save(notice(3));
    await turns();
    expect(told).toEqual(['A1:raised', 'A2:raised', 'A3:raised']);
  });

  it('is told again under the same key after a crash before it was written down', async () => {
    const { notifier, told } = toldNotifier(() => TOLD);
    const { dispatch, save, store } = scene([notifier]);
    await dispatch.start();
    await save(notice(1));
    const next = scene([notifier], store);
    await next.dispatch.start();
    await turns();
    expect(told).toEqual(['A1:raised', 'A1:raised']);
  });

  it('is written down as told when the gateway stops', async () => {
    const { notifier } = toldNotifier(() => TOLD);
    const { dispatch, save, left } = scene([notifier]);
    await dispatch.start();
    await save(notice(1));
    await dispatch.stop();
    expect(await left()).toEqual([]);
  });

  it('that nobody will ever take is given up, and holds up no other', async () => {
    const { notifier, told } = toldNotifier(({ key }) =>
      key === 'A1:raised' ? { kind: 'never', why: 'answered 410' } : TOLD,
    );
    const { dispatch, save, pass, store } = scene([notifier]);
    await dispatch.start();
    await save(notice(1), notice(2));
    await pass(200);
    expect(told).toEqual(['A1:raised', 'A2:raised']);
    expect(await store.outbox.counts()).toEqual([{ channel: 'ops', waiting: 0, givenUp: 1 }]);
    expect(dispatch.states()).toMatchObject([{ state: 'up', waiting: 0, told: 1, givenUp: 1 }]);
  });

  it('about an alarm’s end is not told before its beginning', async () => {
    const first = Promise.withResolvers<Told>();
    const { notifier, told } = toldNotifier(({ key }) =>
      key === 'A1:raised' ? first.promise : TOLD,
    );
    const { dispatch, save } = scene([notifier]);
    await dispatch.start();
    await save(notice(1), cleared(1), notice(2));
    expect(told).toEqual(['A1:raised', 'A2:raised']);
    first.resolve(TOLD);
    await turns();
    expect(told).toEqual(['A1:raised', 'A2:raised', 'A1:cleared']);
  });
});

describe('a channel', () => {
  it('has as many told at once as its notifier bears', async () => {
    const { notifier, told } = toldNotifier(() => new Promise(() => undefined));
    const { dispatch, save } = scene([notifier]);
    await dispatch.start();
    await save(...some(9));
    expect(told).toHaveLength(3);
  });

  it('that is down delays no other', async () => {
    const silent = toldNotifier(() => new Promise(() => undefined), 'silent');
    const down = toldNotifier(() => AWAY, 'down');
    const ops = toldNotifier(() => TOLD);
    const { dispatch, save } = scene([silent.notifier, down.notifier, ops.notifier]);
    await dispatch.start();
    for (let alarm = 1; alarm <= 20; alarm += 1) {
      await save(...['silent', 'down', 'ops'].map((channel) => notice(alarm, { channel })));
    }
    expect(ops.told).toHaveLength(20);
    expect(dispatch.states().map(({ state, waiting }) => [state, waiting])).toEqual([
      ['up', 20],
      ['down', 20],
      ['up', 0],
    ]);
  });

  it('that is down is knocked at by one at a time, ever more rarely, and catches up in order', async () => {
    let isAway = true;
    const { notifier, told } = toldNotifier(() => (isAway ? AWAY : TOLD));
    const { dispatch, save, clock, logger, pass, left } = scene([notifier]);
    await dispatch.start();
    await save(...some(30));
    let before = told.length;
    for (let second = 0; second < 120; second += 1) {
      clock.moveBy(seconds(1));
      await turns();
      expect(told.length - before).toBeLessThanOrEqual(1);
      before = told.length;
    }
    expect(told.length).toBeLessThan(15);
    isAway = false;
    told.length = 0;
    for (let second = 0; second < 60; second += 1) await pass(1000);
    expect(new Set(told).size).toBe(30);
    expect(await left()).toEqual([]);
    expect(logger.lines).toEqual([
      'warn down; the outbox keeps it all',
      expect.stringMatching(/^info back after /),
    ]);
  });

  it('lets one notice that always fails wait by itself', async () => {
    const { notifier, told } = toldNotifier(({ key }) => (key === 'A1:raised' ? AWAY : TOLD));
    const { dispatch, save, pass } = scene([notifier]);
    await dispatch.start();
    await save(...some(10));
    expect(told).toHaveLength(10);
    await save(notice(11));
    expect(told).toHaveLength(11);
    await pass(1000);
    expect(told.at(-1)).toBe('A1:raised');
    expect(dispatch.states()).toMatchObject([{ waiting: 1, told: 10, failed: 2 }]);
  });

  it('obeys the far side where it asks for longer', async () => {
    const answers: Told[] = [{ kind: 'try-later', why: 'answered 429', after: seconds(90) }];
    const { notifier, told } = toldNotifier(() => answers.shift() ?? TOLD);
    const { dispatch, save, pass } = scene([notifier]);
    await dispatch.start();
    await save(notice(1), notice(2));
    const before = told.length;
    await pass(89_999);
    expect(told).toHaveLength(before);
    await pass(1);
    await pass(0);
    expect(new Set(told)).toEqual(new Set(['A1:raised', 'A2:raised']));
    expect(dispatch.states()).toMatchObject([{ waiting: 0, told: 2 }]);
  });

  it('looks at each notice of a flood a few times, however many wait with it', async () => {
    const { notifier, told } = toldNotifier(() => TOLD);
    const { dispatch, save } = scene([notifier]);
    await dispatch.start();
    let looks = 0;
    const looked = some(400).map((one) => ({
      ...one,
      get subject() {
        looks += 1;
        return one.subject;
      },
    }));
    const keys = looked.map(({ key }) => key);
    looks = 0;
    await save(...looked);
    for (let round = 0; round < 50; round += 1) await turns();
    expect(told).toEqual(keys);
    expect(looks).toBeLessThan(400 * 20);
  });

  it('tells a notice once that it was handed twice', async () => {
    const { notifier, told } = toldNotifier(() => new Promise(() => undefined));
    const { dispatch, save } = scene([notifier]);
    await dispatch.start();
    await save(notice(1));
    dispatch.take([notice(1)]);
    await turns();
    expect(told).toEqual(['A1:raised']);
    expect(dispatch.states()).toMatchObject([{ waiting: 1 }]);
  });

  it('goes through thousands that wait without holding them all, each told once', async () => {
    const { notifier, told } = toldNotifier(() => TOLD);
    const { dispatch, save, store, pass, left } = scene([notifier]);
    await store.step.save(stepCommit({ notices: some(2600) }));
    await dispatch.start();
    await turns();
    for (let alarm = 3001; alarm <= 3100; alarm += 1) {
      await save(notice(alarm));
      await pass(50);
    }
    for (let round = 0; round < 60; round += 1) await pass(1000);
    expect(told).toHaveLength(2700);
    expect(new Set(told).size).toBe(2700);
    expect(await left()).toEqual([]);
  });

  it('loses nothing while the store does not write', async () => {
    const store = memoryStore();
    let isFull = true;
    const outbox: Store['outbox'] = {
      ...store.outbox,
      settle: (...what) =>
        isFull ? Promise.reject(new Error('disk full')) : store.outbox.settle(...what),
    };
    const { notifier, told } = toldNotifier(() => TOLD);
    const { dispatch, save, pass, left } = scene([notifier], { ...store, outbox });
    await dispatch.start();
    await save(...some(5));
    for (let second = 0; second < 5; second += 1) await pass(1000);
    expect(await left()).toHaveLength(5);
    isFull = false;
    await pass(1000);
    expect(await left()).toEqual([]);
    expect(told).toHaveLength(5);
  });
});
