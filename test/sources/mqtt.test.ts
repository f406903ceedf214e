import { describe, expect, it } from 'vitest';
import { Fault } from '../../gateway/domain/fault.ts';
import { seconds } from '../../gateway/domain/time.ts';
import type { HandIntake } from '../fakes/hand-intake.ts';
import { CONNACK, hostileBroker, publish } from '../fakes/hostile-broker.ts';
import { until } from '../tools.ts';
import { mqttBench } from './mqtt-bench.ts';

const TELEMETRY = 'courtyard/luyuan/k1/telemetry';
const PUBACK = (id: number): Buffer => Buffer.of(0x40, 2, id >> 8, id & 0xff);

const skippedIn = ({ losses }: HandIntake): number =>
  losses.reduce((sum, { reason, count }) => sum + (reason === 'skipped' ? count : 0), 0);

describe('a broker elsewhere that does not keep the protocol', () => {
  it.each([
    ['says that it does not know MQTT 3.1.1', Buffer.of(0x20, 2, 0, 1), 'does not speak MQTT'],
    ['refuses the client id', Buffer.of(0x20, 2, 0, 2), 'choose another clientId'],
    ['refuses the password', Buffer.of(0x20, 2, 0, 4), 'user name or password'],
    ['does not authorise us', Buffer.of(0x20, 2, 0, 5), 'not authorised'],
    ['answers with a code that does not exist', Buffer.of(0x20, 2, 0, 77), 'code 77'],
    ['is a web server', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'), 'does not speak MQTT'],
    ['begins with a message', publish(TELEMETRY, Buffer.from('{}')), 'does not speak MQTT'],
    ['sends a length without end', Buffer.of(0x20, 0xff, 0xff, 0xff, 0xff), 'does not speak MQTT'],
    ['sends an endless CONNACK', Buffer.of(0x20, 0xff, 0xff, 0x7f), 'kind 2 and 2097151 bytes'],
  ])('%s: it is down, says why, and is tried again', async (_what, welcome, words) => {
    const broker = await hostileBroker(welcome);
    const { source } = mqttBench(broker.url);
    await source.start();
    expect(source.health()).toMatchObject({ state: 'down', lost: 0 });
    expect(source.health().why).toContain(words);
    await until('it is tried again', () => broker.connections() > 1);
  });

  it('never answers: it is given up after ten seconds, and stopping need not wait for that', async () => {
    const broker = await hostileBroker(Buffer.alloc(0));
    const { source } = mqttBench(broker.url);
    void source.start();
    await until('it is dialled', () => broker.connections() === 1);
    const began = performance.now();
    await source.stop();
    expect(performance.now() - began).toBeLessThan(1000);
  });

  it('sends 256 MB in one message: memory stays, the message is refused once and acknowledged', async () => {
    const broker = await hostileBroker(CONNACK);
    const { source, intake } = mqttBench(broker.url);
    await source.start();
    const declared = 0x0fff_ffff;
    const beginning = publish(TELEMETRY, Buffer.alloc(0), { id: 513, declared });
    broker.say(beginning);
    const before = process.memoryUsage().rss;
    const piece = Buffer.alloc(1 << 20, 0x41);
    let left = declared - (beginning.length - 5);
    let most = 0;
    while (left > 0) {
      const size = Math.min(left, piece.length);
      const arrived = source.health().skippedBytes;
      broker.say(piece.subarray(0, size));
      left -= size;
      await until('it has arrived', () => left < 200_000 || source.health().skippedBytes > arrived);
      most = Math.max(most, process.memoryUsage().rss - before);
    }
    await until('it is acknowledged', () => broker.heard().includes(PUBACK(513)));
    expect(intake.offered).toHaveLength(1);
    expect(intake.offered[0]).toMatchObject({ damage: 'too-large', device: 'k1' });
    expect(source.health().skippedBytes).toBeGreaterThan(250_000_000);
    await until(
      'all of it is said to be lost',
      () => skippedIn(intake) === source.health().skippedBytes,
    );
    expect(most).toBeLessThan(100_000_000);
  }, 60_000);

  it('sends at QoS 2 what was asked for at QoS 1: nothing is kept, the connection ends', async () => {
    const broker = await hostileBroker(CONNACK);
    const { source, intake } = mqttBench(broker.url);
    await source.start();
    broker.say(publish(TELEMETRY, Buffer.from('{"seq":1}'), { qos: 2 }));
    await until('it is down', () => source.health().lost === 1);
    expect(intake.offered).toEqual([]);
  });

  it('turns to rubbish in the middle: what came before is stored, then it is lost', async () => {
    const broker = await hostileBroker(CONNACK);
    const { source, intake } = mqttBench(broker.url);
    await source.start();
    broker.say(publish(TELEMETRY, Buffer.from('{"seq":1}'), { id: 9 }));
    await until('it is acknowledged', () => broker.heard().includes(PUBACK(9)));
    broker.say(Buffer.alloc(100, 0xff));
    await until('it is lost', () => source.health().lost === 1);
    expect(intake.texts()).toEqual(['{"seq":1}']);
  });

  it('goes silent with the connection open: a ping that is not answered ends it', async () => {
    const broker = await hostileBroker(CONNACK);
    const { source } = mqttBench(broker.url, 'at once', { keepAlive: seconds(1) });
    await source.start();
    await until('it is lost', () => source.health().lost === 1);
    expect(broker.heard().includes(Buffer.of(0xc0, 0))).toBe(true);
  });
});

describe('what a broker elsewhere sends once, at QoS 0', () => {
  const hasty = (seq: number): Buffer =>
    publish(TELEMETRY, Buffer.from(`{"seq":${seq}}`), { qos: 0 });
  const patient = (seq: number): Buffer =>
    publish(TELEMETRY, Buffer.from(`{"seq":${seq}}`), { id: seq });

  it('is given up and said to be lost while more is heard than the disk takes; QoS 1 is not', async () => {
    const broker = await hostileBroker(CONNACK);
    const { source, intake } = mqttBench(broker.url);
    await source.start();
    intake.press(true);
    broker.say(Buffer.concat([hasty(1), patient(2), hasty(3)]));
    await until('both are given up', () => source.health().dropped === 2);
    await until('the other is acknowledged', () => broker.heard().includes(PUBACK(2)));
    const shed = { source: 'upstream', device: 'k1', reason: 'shed', count: 1 };
    expect(intake.losses).toEqual([shed, shed]);
    intake.press(false);
    broker.say(hasty(4));
    await until('it is taken again', () => intake.texts().includes('{"seq":4}'));
    expect(intake.texts()).toEqual(['{"seq":2}', '{"seq":4}']);
    expect(source.health()).toMatchObject({ heard: 4, dropped: 2, lost: 0 });
  });

  it('and a failing disk refuses is said to be lost, and the connection stays', async () => {
    const broker = await hostileBroker(CONNACK);
    const { source, intake } = mqttBench(broker.url, 'by hand');
    intake.answerAll(new Fault('store-write-failed', 'disk full'));
    await source.start();
    broker.say(hasty(1));
    await until('it is given up', () => source.health().dropped === 1);
    expect(intake.losses).toEqual([
      { source: 'upstream', device: 'k1', reason: 'storage', count: 1 },
    ]);
    intake.answerAll();
    broker.say(patient(2));
    await until('the next is acknowledged', () => broker.heard().includes(PUBACK(2)));
    expect(source.health()).toMatchObject({ state: 'up', lost: 0 });
  });

  it('under a stranger’s name is lost as nobody’s: names that strangers make up are not kept', async () => {
    const broker = await hostileBroker(CONNACK);
    const { source, intake } = mqttBench(broker.url);
    await source.start();
    intake.press(true);
    broker.say(publish('courtyard/luyuan/stranger/telemetry', Buffer.from('{}'), { qos: 0 }));
    await until('it is given up', () => source.health().dropped === 1);
    expect(intake.losses).toEqual([{ source: 'upstream', reason: 'shed', count: 1 }]);
  });
});

describe('the answers to a broker elsewhere', () => {
  it('go out when stored and in the order of the messages, not before', async () => {
    const broker = await hostileBroker(CONNACK);
    const { source, intake } = mqttBench(broker.url, 'by hand');
    await source.start();
    const three = [1, 2, 3].map((id) => publish(TELEMETRY, Buffer.from(`{"seq":${id}}`), { id }));
    broker.say(Buffer.concat(three));
    await until('all are offered', () => intake.waiting() === 3);
    const before = broker.heard().length;
    broker.say(publish(TELEMETRY, Buffer.from('{"seq":4}'), { id: 4 }));
    await until('the next is offered as well', () => intake.waiting() === 4);
    expect(broker.heard()).toHaveLength(before);
    intake.answerAll();
    await until('all are acknowledged', () => broker.heard().length === before + 16);
    expect(broker.heard().subarray(before)).toEqual(Buffer.concat([1, 2, 3, 4].map(PUBACK)));
  });

  it('are owed for no more than 64 messages at a time; the broker waits with the rest', async () => {
    const broker = await hostileBroker(CONNACK);
    const { source, intake } = mqttBench(broker.url, 'by hand');
    await source.start();
    const many = Array.from({ length: 200 }, (_, n) =>
      publish(TELEMETRY, Buffer.from(`{"seq":${n}}`), { id: n + 1, qos: n % 2 === 0 ? 1 : 0 }),
    );
    broker.say(Buffer.concat(many));
    await until('the limit is reached', () => intake.waiting() === 64);
    expect(intake.offered).toHaveLength(64);
    intake.answerAll();
    await until('all are offered', () => intake.offered.length === 200);
  });
});
