// What nobody hears goes no further than its acknowledgement, and whoever begins to listen hears it all.
import type { MqttClient } from 'mqtt';
import { describe, expect, it } from 'vitest';
import { until } from '../tools.ts';
import { startBench, TELEMETRY } from './broker-bench.ts';
import { DISCONNECT, letIn, publishPacket, subscribePacket } from './raw-client.ts';

async function listening(client: MqttClient, filter: string): Promise<string[]> {
  const heard: string[] = [];
  client.on('message', (_topic, payload) => void heard.push(payload.toString()));
  await client.subscribeAsync(filter, { qos: 1 });
  return heard;
}

describe('telemetry', () => {
  it.each([TELEMETRY, 'courtyard/luyuan/+/telemetry', '#'])(
    'is heard under %s from the subscription on, until it is given back',
    async (filter) => {
      const { connect } = await startBench('at once');
      const [sensor, screen] = [await connect(), await connect()];
      const say = (word: number) => sensor.publishAsync(TELEMETRY, `${word}`, { qos: 1 });
      await say(1);
      const heard = await listening(screen, filter);
      await say(2);
      await until('it is heard', () => heard.length > 0);
      await screen.unsubscribeAsync(filter);
      await say(3);
      await screen.subscribeAsync(filter);
      await say(4);
      await until('it is heard again', () => heard.length > 1);
      expect(heard).toEqual(['2', '4']);
    },
  );

  it('is heard by the one who stays when another leaves', async () => {
    const { connect } = await startBench('at once');
    const [sensor, one, other] = [await connect(), await connect(), await connect()];
    const heard = await listening(one, TELEMETRY);
    await listening(other, TELEMETRY);
    await other.endAsync(true);
    await until('the other is gone', () => !other.connected);
    for (const word of ['1', '2', '3']) await sensor.publishAsync(TELEMETRY, word, { qos: 1 });
    await until('all are heard', () => heard.length === 3);
  });

  it('said while the owner of a kept session was away is there when he comes back', async () => {
    const { connect, port } = await startBench('at once', { profile: 'open' });
    const session = { id: 'notebook', clean: false };
    const before = await letIn(port, session);
    before.send(subscribePacket([TELEMETRY]));
    await before.next(9);
    before.send(DISCONNECT);
    await before.closed;
    const sensor = await connect();
    await sensor.publishAsync(TELEMETRY, 'while away', { qos: 1 });
    const after = await letIn(port, session);
    expect((await after.next(3)).body.toString()).toContain('while away');
  });
});

describe('many messages that came in one piece', () => {
  it('are each acknowledged once, whoever listens', async () => {
    const { intake, port, connect } = await startBench('by hand');
    const sensor = await letIn(port, { id: 'sensor' });
    const ids = Array.from({ length: 50 }, (_, index) => index + 1);
    const say = async (): Promise<number[]> => {
      const before = sensor.packets.length;
      sensor.send(...ids.map((id) => publishPacket(TELEMETRY, `{"seq":${id}}`, { id, qos: 1 })));
      await until('all are offered', () => intake.waiting() === ids.length);
      expect(sensor.packets).toHaveLength(before);
      intake.answer();
      await until('all are answered', () => sensor.packets.length === before + ids.length);
      return sensor.packets
        .slice(before)
        .map(({ type, body }) => type * 65_536 + body.readUInt16BE());
    };
    const pubacks = ids.map((id) => 4 * 65_536 + id);
    expect(await say()).toEqual(pubacks);
    await listening(await connect(), TELEMETRY);
    expect(await say()).toEqual(pubacks);
  });
});
