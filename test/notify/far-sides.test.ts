// The far sides of all kinds together, over the real way from the outbox: they refuse, hang, count,
// answer errors in a 200, break off and redirect into the house, and what came is told once each or is
// given up with its reason. The clock is ours; lines and answers are real.
import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Notice } from '../../gateway/domain/notice.ts';
import { minutes, seconds } from '../../gateway/domain/time.ts';
import { createDispatch } from '../../gateway/flow/outbox/dispatch.ts';
import { DINGTALK } from '../../gateway/notify/dingtalk.ts';
import { createEmail } from '../../gateway/notify/email.ts';
import { FEISHU } from '../../gateway/notify/feishu.ts';
import { createMqttNotifier } from '../../gateway/notify/mqtt.ts';
import type { Notifier } from '../../gateway/notify/notifier.ts';
import { createRobot } from '../../gateway/notify/robot.ts';
import { createWebhook } from '../../gateway/notify/webhook.ts';
import { WECOM } from '../../gateway/notify/wecom.ts';
import { createHttpPost } from '../../gateway/ops/http-post.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { keptLog } from '../fakes/kept-log.ts';
import { letter } from '../fakes/letters.ts';
import { startMailServer } from '../fakes/mail-server.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { type RobotKind, startRobot } from '../fakes/robot-server.ts';
import { stepCommit } from '../store/entries.ts';
import { until } from '../tools.ts';
import { startReceiver } from './receiver.ts';

const anyAddress: LookupFunction = (name, options, answer) => lookup(name, options, answer);
const post = () => createHttpPost({ connections: 1, lookup: anyAddress });

const CARDS = { wecom: WECOM, dingtalk: DINGTALK, feishu: FEISHU };

function robotOf(kind: RobotKind, secretUrl: string, perMinute: number) {
  const leave = { allowHosts: ['127.0.0.1'], allowPrivate: true };
  const place = { id: kind, secretUrl, secret: 'SECret', perMinute, ...leave };
  return (clock: ReturnType<typeof handClock>) =>
    createRobot(CARDS[kind], place, { clock, out: post() });
}

type Make = (clock: ReturnType<typeof handClock>) => Notifier;

function scene(makers: readonly Make[], clock = handClock('2026-11-02T12:00:05+08:00')) {
  const store = memoryStore();
  const logger = keptLog();
  const dispatch = createDispatch({
    notifiers: makers.map((make) => make(clock)),
    outbox: store.outbox,
    clock,
    random: () => 0,
    logger,
  });
  onTestFinished(() => dispatch.stop());
  const save = async (...notices: Notice[]): Promise<void> => {
    await store.step.save(stepCommit({ notices }));
    dispatch.take(notices);
  };
  /** Lets time pass, four seconds at every look, until nothing waits. */
  const settled = (...ids: string[]): Promise<void> =>
    until(
      `${ids.join(', ')} have nothing that waits`,
      () => {
        clock.moveBy(seconds(4));
        const all = dispatch.states().filter(({ id }) => ids.includes(id));
        return all.every(({ waiting }) => waiting === 0);
      },
      60_000,
    );
  const stateOf = (id: string) => dispatch.states().find((state) => state.id === id);
  return { clock, store, dispatch, save, settled, stateOf };
}

const lettersTo = (channel: string, count: number): Notice[] =>
  Array.from({ length: count }, (_, one) => letter(one + 1, {}, channel));
const ticketsIn = (texts: readonly string[]): string[] =>
  texts.map((text) => /\/t\/(\d+)/.exec(text)?.[1] ?? 'none').sort((a, b) => Number(a) - Number(b));

describe.each<RobotKind>(['wecom', 'dingtalk', 'feishu'])('the group of %s', (kind) => {
  it('reads each letter once, whatever its robot does in between', async () => {
    const clock = handClock('2026-11-02T12:00:05+08:00');
    const secret = kind === 'wecom' ? {} : { secret: 'SECret' };
    const server = await startRobot({ kind, clock, ...secret });
    const busy = { wecom: 45_009, dingtalk: 130_101, feishu: 11_232 }[kind];
    server.behave(
      'drop',
      { code: busy, words: 'send too fast' },
      'cut',
      { status: 502 },
      'huge',
      { status: 429, headers: { 'retry-after': '30' } },
      { code: -1, words: 'busy' },
    );
    const { dispatch, save, settled, stateOf } = scene([robotOf(kind, server.url, 18)], clock);
    await dispatch.start();
    await save(...lettersTo(kind, 6));
    await settled(kind);
    expect(ticketsIn(server.read)).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(stateOf(kind)).toMatchObject({ state: 'up', told: 6, failed: 7, givenUp: 0 });
  }, 90_000);

  it('is given no more in any minute than it bears, and all of it', async () => {
    const clock = handClock('2026-11-02T12:00:05+08:00');
    const server = await startRobot({ kind, clock });
    const { dispatch, save, settled } = scene([robotOf(kind, server.url, 18)], clock);
    await dispatch.start();
    await save(...lettersTo(kind, 50));
    await settled(kind);
    expect(server.read).toHaveLength(50);
    const inOneMinute = server.asked.map(
      (from) => server.asked.filter((at) => at >= from && at < from + 60_000).length,
    );
    expect(Math.max(...inOneMinute)).toBeLessThanOrEqual(18);
  }, 90_000);

  it('is left alone for as long as its robot asks, and nothing is lost', async () => {
    const clock = handClock('2026-11-02T12:00:05+08:00');
    const server = await startRobot({ kind, clock });
    const [code, rest] = (
      { wecom: [45_009, 1], dingtalk: [130_101, 10], feishu: [9499, 1] } as const
    )[kind];
    server.behave({ code, words: 'too many request' });
    const { dispatch, save, settled } = scene([robotOf(kind, server.url, 18)], clock);
    await dispatch.start();
    await save(...lettersTo(kind, 3));
    await settled(kind);
    const [first = 0, second = 0] = server.asked;
    expect(second - first).toBeGreaterThanOrEqual(minutes(rest));
    expect(ticketsIn(server.read)).toEqual(['1', '2', '3']);
  }, 90_000);

  it('does not get what its robot refuses, and the reason is kept', async () => {
    const clock = handClock('2026-11-02T12:00:05+08:00');
    const server = await startRobot({ kind, clock });
    server.behave({ redirect: 'http://169.254.169.254/key' });
    const { dispatch, store, save, settled } = scene([robotOf(kind, server.url, 18)], clock);
    await dispatch.start();
    await save(...lettersTo(kind, 2));
    await settled(kind);
    clock.moveBy(seconds(1));
    await until('the outcome is written', async () => (await store.outbox.counts()).length > 0);
    expect(await store.outbox.counts()).toEqual([{ channel: kind, waiting: 0, givenUp: 1 }]);
    expect(ticketsIn(server.read)).toEqual(['2']);
  }, 90_000);
});

describe('a mailbox and a web address', () => {
  it('get each letter once, whatever their servers do in between', async () => {
    const mail = await startMailServer();
    mail.trouble(
      { at: 'greeting', say: '421 not now' },
      undefined,
      { at: 'RCPT', say: '450 grey' },
      { at: 'DATA', say: 'DROP' },
      { at: 'greeting' },
    );
    const answers = [500, 429, 404];
    const hook = await startReceiver(() => answers.shift() ?? 204);
    const place = {
      host: '127.0.0.1',
      port: mail.port,
      secure: 'none',
      allowPrivate: true,
    } as const;
    const people = { from: 'a@luyuan.example', to: ['b@luyuan.example'], perMinute: 30 };
    const patience = { step: seconds(3), whole: seconds(9) };
    const { dispatch, save, settled } = scene([
      () => createEmail({ id: 'post', ...place, ...people }, { lookup: anyAddress, patience }),
      (clock) =>
        createWebhook(
          { id: 'hook', url: hook.url, allowPrivate: true, perMinute: 600 },
          { site: 'luyuan', clock, out: post() },
        ),
    ]);
    await dispatch.start();
    await save(...lettersTo('post', 5), ...lettersTo('hook', 5));
    await settled('post', 'hook');
    const ids = mail.taken.map(({ text }) => /^Message-ID: (.*)$/im.exec(text)?.[1]);
    expect(new Set(ids).size).toBe(5);
    expect(ids).toHaveLength(5);
    const taken = hook.received.slice(3).map(({ body }) => (JSON.parse(body) as { id: string }).id);
    expect(taken.sort()).toEqual(['T1:first', 'T2:first', 'T3:first', 'T4:first', 'T5:first']);
  }, 90_000);
});

describe('a channel that hangs, one that refuses and one that is away', () => {
  it('delay none of the others', async () => {
    const clock = handClock('2026-11-02T12:00:05+08:00');
    const hanging = await startRobot({ kind: 'dingtalk', clock });
    hanging.behave(...Array.from({ length: 50 }, () => 'hang' as const));
    const gone = await startRobot({ kind: 'feishu', clock });
    await gone.close();
    const mail = await startMailServer();
    mail.trouble(...Array.from({ length: 50 }, () => ({ at: 'greeting' }) as const));
    const well = await startRobot({ kind: 'wecom', clock });
    const said: string[] = [];
    const place = {
      host: '127.0.0.1',
      port: mail.port,
      secure: 'none',
      allowPrivate: true,
    } as const;
    const people = { from: 'a@luyuan.example', to: ['b@luyuan.example'], perMinute: 30 };
    const { dispatch, save, settled, stateOf } = scene(
      [
        robotOf('dingtalk', hanging.url, 18),
        robotOf('feishu', gone.url, 100),
        () => createEmail({ id: 'post', ...place, ...people }, { lookup: anyAddress }),
        robotOf('wecom', well.url, 20),
        () =>
          createMqttNotifier(
            { id: 'bus', topic: 'courtyard/luyuan/notices/bus', perMinute: 600 },
            {
              site: 'luyuan',
              publish: async (topic, payload) => void said.push(`${topic} ${payload}`),
            },
          ),
      ],
      clock,
    );
    await dispatch.start();
    const ids = ['dingtalk', 'feishu', 'post', 'wecom', 'bus'];
    await save(...ids.flatMap((id) => lettersTo(id, 10)));
    await settled('wecom', 'bus');
    expect(well.read).toHaveLength(10);
    expect(said).toHaveLength(10);
    expect(said[0]).toContain('courtyard/luyuan/notices/bus {"specversion":"1.0","id":"T1:first"');
    for (const id of ['dingtalk', 'feishu', 'post']) {
      expect(stateOf(id)).toMatchObject({ waiting: 10, told: 0, givenUp: 0 });
    }
  }, 90_000);
});
