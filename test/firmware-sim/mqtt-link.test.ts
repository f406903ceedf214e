import { connect } from 'mqtt';
import { expect, it, onTestFinished } from 'vitest';
import type { MqttLink } from '../../firmware-sim/mqtt-link.ts';
import { mqttLink } from '../../firmware-sim/mqtt-link.ts';
import { until } from '../tools.ts';
import type { SmallBroker } from './small-broker.ts';
import { smallBroker } from './small-broker.ts';

const DEVICES = ['k2-wet', 'lamp-01'];

async function linked(): Promise<{ broker: SmallBroker; link: MqttLink; changes: string[] }> {
  const broker = await smallBroker();
  const changes: string[] = [];
  const onChange = (state: string) => void changes.push(state);
  const link = mqttLink({ url: broker.url, site: 'luyuan', devices: DEVICES, onChange });
  await until('all are connected', () => changes.includes('all-connected'));
  return { broker, link, changes };
}

/** What somebody who subscribes only now is told. */
async function retained(url: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const client = connect(url);
  client.on('message', (topic, payload) => {
    found[topic] = payload.toString();
  });
  await client.subscribeAsync('courtyard/luyuan/+/status', { qos: 1 });
  await until('both have a status', () => Object.keys(found).length === DEVICES.length);
  await client.endAsync();
  return found;
}

it('devices report under their own topics and are retained as online', async () => {
  const { broker, link } = await linked();
  onTestFinished(() => broker.die());
  link.publish('k2-wet', '{"seq":0}');
  await until('it is acknowledged', () => link.counts().acknowledged === 1);
  expect(broker.heard.filter(({ topic }) => topic.endsWith('/telemetry'))).toEqual([
    { topic: 'courtyard/luyuan/k2-wet/telemetry', payload: '{"seq":0}', retain: false },
  ]);
  expect(await retained(broker.url)).toEqual({
    'courtyard/luyuan/k2-wet/status': 'online',
    'courtyard/luyuan/lamp-01/status': 'online',
  });
  await link.close();
});

it('one that is cut off is offline by its last will, the other stays online, and it comes back', async () => {
  const { broker, link, changes } = await linked();
  onTestFinished(() => broker.die());
  const before = broker.heard.length;
  broker.cut('lamp-01');
  await until('it is back', () => changes.length === 3);
  expect(changes).toEqual(['all-connected', 'lost', 'all-connected']);
  await until('it says so', () => broker.heard.length >= before + 1);
  expect(broker.heard.slice(before).every(({ topic }) => topic.includes('/lamp-01/'))).toBe(true);
  await link.close();
});

it('switched off, every device is offline', async () => {
  const { broker, link } = await linked();
  onTestFinished(() => broker.die());
  await link.close();
  expect(Object.values(await retained(broker.url))).toEqual(['offline', 'offline']);
});

it('what is said while the broker is away arrives when it is back, up to the device’s memory', async () => {
  const { broker, link, changes } = await linked();
  await broker.die();
  await until('the loss is noticed', () => changes.at(-1) === 'lost');
  for (let seq = 0; seq < 250; seq += 1) link.publish('k2-wet', `{"seq":${seq}}`);
  expect(link.counts()).toMatchObject({ connected: 0, published: 200, forgotten: 50 });
  const again = await smallBroker(broker.port);
  onTestFinished(() => again.die());
  await until('all is acknowledged', () => link.counts().acknowledged === 200);
  const seqs = again.heard.filter(({ topic }) => topic.endsWith('telemetry')).map((m) => m.payload);
  expect(new Set(seqs).size).toBe(200);
  await link.close();
});
