import { describe, expect, it } from 'vitest';
import { Fault } from '../../gateway/domain/fault.ts';
import { seconds } from '../../gateway/domain/time.ts';
import { startMosquitto } from '../mosquitto.ts';
import { has, until } from '../tools.ts';
import { mqttBench, sensor } from './mqtt-bench.ts';

const TELEMETRY = 'courtyard/luyuan/k1/telemetry';
const full = new Fault('store-write-failed', 'committing 1 record: disk is full');
const numbered = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, n) => `{"seq":${from + n}}`);

describe.skipIf(!has('mosquitto', 'setpriv'))('a broker elsewhere (mosquitto)', () => {
  it('hands on native and foreign topics once each, with device, packet and the very bytes', async () => {
    const broker = await startMosquitto();
    const { source, intake } = mqttBench(broker.url, 'at once', { topics: ['tele/#'] });
    await source.start();
    expect(source.health()).toMatchObject({ kind: 'mqtt', state: 'up', heard: 0, lost: 0 });
    const client = await sensor(broker.url);
    await client.publishAsync(TELEMETRY, Buffer.from([0x7b, 0xff, 0x7d]), { qos: 1 });
    await client.publishAsync('tele/plug/SENSOR', '{"ENERGY":1}', { qos: 1 });
    await client.publishAsync('tele/plug/LWT', 'Online', { qos: 1 });
    await client.publishAsync(TELEMETRY, '{"seq":1}', { qos: 0 });
    await until('four are heard', () => intake.offered.length === 4);
    expect(intake.offered).toMatchObject([
      { source: 'upstream', device: 'k1', topic: TELEMETRY, packet: { dup: false } },
      { device: 'plug', topic: 'tele/plug/SENSOR' },
      { damage: 'unknown-topic', topic: 'tele/plug/LWT' },
      { device: 'k1' },
    ]);
    expect([...(intake.offered[0]?.bytes ?? [])]).toEqual([0x7b, 0xff, 0x7d]);
    expect(intake.offered[3]).not.toHaveProperty('packet');
    expect(source.health().heard).toBe(4);
  });

  it('acknowledges only what is stored: the broker sends the rest again, marked, after a restart', async () => {
    const broker = await startMosquitto();
    const first = mqttBench(broker.url, 'by hand');
    await first.source.start();
    const client = await sensor(broker.url);
    for (const text of numbered(1, 3)) await client.publishAsync(TELEMETRY, text, { qos: 1 });
    await until('three wait', () => first.intake.waiting() === 3);
    first.intake.answerAll(full);
    await until('the connection is ended', () => first.source.health().state === 'down');
    expect(first.source.health().why).toContain('disk is full');
    await first.source.stop();

    const second = mqttBench(broker.url);
    await second.source.start();
    await until('they come again', () => second.intake.offered.length === 3);
    expect(second.intake.texts()).toEqual(numbered(1, 3));
    expect(second.intake.offered.map((one) => one.packet?.dup)).toEqual([true, true, true]);
    await second.source.stop();

    const third = mqttBench(broker.url);
    await third.source.start();
    await client.publishAsync(TELEMETRY, '{"seq":4}', { qos: 1 });
    await until('only what is new comes', () => third.intake.offered.length === 1);
    expect(third.intake.texts()).toEqual(['{"seq":4}']);
  });

  it('what is said while the gateway is away is heard when it is back', async () => {
    const broker = await startMosquitto();
    const before = mqttBench(broker.url);
    await before.source.start();
    await before.source.stop();
    const client = await sensor(broker.url);
    for (const text of numbered(1, 100)) await client.publishAsync(TELEMETRY, text, { qos: 1 });
    const { source, intake } = mqttBench(broker.url);
    await source.start();
    await until('the backlog is heard', () => intake.offered.length === 100);
    expect(intake.texts()).toEqual(numbered(1, 100));
  });

  it('messages are stored together and acknowledged in their order', async () => {
    const broker = await startMosquitto('max_inflight_messages 20');
    const { source, intake } = mqttBench(broker.url, 'by hand');
    await source.start();
    const client = await sensor(broker.url);
    const all = numbered(1, 60).map((text) => client.publishAsync(TELEMETRY, text, { qos: 1 }));
    await Promise.all(all);
    await until('the broker waits for an answer', () => intake.waiting() === 20);
    intake.answerAll();
    await until('all have come', () => intake.offered.length === 60);
    expect(intake.texts()).toEqual(numbered(1, 60));
  });

  it('five killed brokers are five losses and five returns, each said once', async () => {
    const broker = await startMosquitto();
    const { source, intake, log, states } = mqttBench(broker.url);
    await source.start();
    for (let n = 1; n <= 5; n++) {
      const client = await sensor(broker.url);
      await client.publishAsync(TELEMETRY, `{"seq":${n}}`, { qos: 1 });
      await client.endAsync(true);
      await until(`message ${n} is heard`, () => intake.texts().includes(`{"seq":${n}}`));
      await broker.kill();
      await until('the loss is seen', () => source.health().lost === n);
      await broker.start();
      await until('it is up again', () => source.health().state === 'up');
    }
    expect(states()).toEqual(['up', ...Array.from({ length: 5 }, () => ['down', 'up']).flat()]);
    expect(log.lines.filter((line) => line.startsWith('warn down:'))).toHaveLength(5);
    expect(log.lines.filter((line) => line.startsWith('info back after'))).toHaveLength(5);
  });

  it('a broker that is frozen is noticed by its silence, and taken back when it thaws', async () => {
    const broker = await startMosquitto();
    const { source, intake } = mqttBench(broker.url, 'at once', { keepAlive: seconds(1) });
    await source.start();
    const client = await sensor(broker.url);
    broker.pause();
    await until('the silence is noticed', () => source.health().state === 'down');
    expect(source.health().why).toContain('nothing was heard any more');
    broker.resume();
    await until('it is up again', () => source.health().state === 'up', 20_000);
    await client.publishAsync(TELEMETRY, '{"seq":1}', { qos: 1 });
    await until('it hears again', () => intake.offered.length === 1);
  });

  it('a broker that is not there is tried again until it is', async () => {
    const broker = await startMosquitto();
    await broker.stop();
    const { source } = mqttBench(broker.url);
    await source.start();
    expect(source.health()).toMatchObject({
      state: 'down',
      why: `${broker.url}: nobody listens there; does the broker run?`,
    });
    await broker.start();
    await until('it is up', () => source.health().state === 'up');
  });

  it('a message that is too large is refused, kept by its beginning, and not sent again', async () => {
    const broker = await startMosquitto();
    const { source, intake } = mqttBench(broker.url);
    await source.start();
    const client = await sensor(broker.url);
    await client.publishAsync(TELEMETRY, Buffer.alloc(5_000_000, 0x41), { qos: 1 });
    await client.publishAsync(TELEMETRY, '{"seq":1}', { qos: 1 });
    await until('both are heard', () => intake.offered.length === 2);
    expect(intake.offered[0]).toMatchObject({ damage: 'too-large', device: 'k1' });
    expect(intake.offered[0]?.bytes).toHaveLength(256);
    expect(source.health().skippedBytes).toBeGreaterThan(4_500_000);
    await source.stop();
    const after = mqttBench(broker.url);
    await after.source.start();
    await client.publishAsync(TELEMETRY, '{"seq":2}', { qos: 1 });
    await until('what comes next is heard', () => after.intake.offered.length === 1);
    expect(after.intake.texts()).toEqual(['{"seq":2}']);
  });

  it('what the broker only kept is refused, for nobody knows how old it is', async () => {
    const broker = await startMosquitto();
    const client = await sensor(broker.url);
    await client.publishAsync(TELEMETRY, '{"seq":1}', { qos: 1, retain: true });
    await client.publishAsync('courtyard/luyuan/k1/status', 'online', { qos: 1, retain: true });
    const { source, intake } = mqttBench(broker.url);
    await source.start();
    await until('it is heard', () => intake.offered.length === 1 && intake.links.length === 2);
    expect(intake.offered[0]).toMatchObject({ damage: 'retained', device: 'k1' });
    expect(intake.links).toContainEqual({ of: 'device', id: 'k1', state: 'up' });
  });

  it('a broker that wants a password says so in words', async () => {
    const broker = await startMosquitto('allow_anonymous false');
    const { source } = mqttBench(broker.url);
    await source.start();
    expect(source.health().why).toMatch(/not authorised|user name or password/);
  });

  it('stopping answers what was taken, and the rest is there the next time', async () => {
    const broker = await startMosquitto();
    const { source, intake } = mqttBench(broker.url, 'by hand');
    await source.start();
    const client = await sensor(broker.url);
    await client.publishAsync(TELEMETRY, '{"seq":1}', { qos: 1 });
    await until('it waits', () => intake.waiting() === 1);
    const stopping = source.stop();
    await client.publishAsync(TELEMETRY, '{"seq":2}', { qos: 1 });
    intake.answer();
    await stopping;
    const after = mqttBench(broker.url);
    await after.source.start();
    await until('the rest is heard', () => after.intake.offered.length === 1);
    expect(after.intake.texts()).toEqual(['{"seq":2}']);
  });
});
