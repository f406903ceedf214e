// Killed between sending and noting: the far side has taken the letter, and the gateway never heard of
// it. At least once, then: the same letter comes again under the same id, by which the far side knows
// it, and nothing that came after it is missing.
import mqtt from 'mqtt';
import { expect, it, onTestFinished } from 'vitest';
import { startReceiver, type Received } from '../notify/receiver.ts';
import { until } from '../tools.ts';
import { gatewayProcess } from './gateway-process.ts';

const BINS = ['b1', 'b2'];

const site = (url: string): string => `version: 1
site: { id: yard, name: Yard, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
http: { port: HTTP_PORT }
store: { dir: DIR/store }
sources: [{ id: broker, kind: mqtt-broker, host: 127.0.0.1, port: MQTT_PORT }]
stations:
  - id: k1
    name: Kiosk
    bins:
${BINS.map((id, index) => `      - { id: ${id}, name: ${id}, stream: wet, position: ${index + 1}, emptyMm: 1000, fullMm: 200 }`).join('\n')}
devices:
${BINS.map((id) => `  - { id: ${id}, source: broker, decoder: courtyard-json, every: 1h, asset: ${id} }`).join('\n')}
rules:
  - { id: bin-full, on: bin, quantity: fill, above: 0.9, clearBelow: 0.7, holdFor: 0s, severity: high, ticket: { category: bin-full, team: cleaners } }
channels:
  - { id: crew, kind: webhook, url: "${url}", allowPrivate: true, severities: [] }
notices:
  groupWait: 500ms
  groupInterval: 1s
  readers: [{ id: cleaners, who: { team: cleaners }, over: crew }]
`;

interface Letter {
  readonly id: string;
  readonly type: string;
  readonly data: { readonly title: string; readonly tickets: readonly string[] };
}
const letterIn = ({ body }: Received): Letter => JSON.parse(body) as Letter;

it('a letter that was accepted a moment before the kill comes again under its id, and no other is lost', async () => {
  let onFirst: (() => void) | undefined = () => undefined;
  const receiver = await startReceiver(() => {
    onFirst?.();
    return 204;
  });
  const gateway = await gatewayProcess(site(receiver.url));
  const killed = Promise.withResolvers<void>();
  onFirst = () => {
    onFirst = undefined;
    gateway.kill().then(killed.resolve, killed.reject);
  };
  const say = async (bin: string, seq: number): Promise<void> => {
    const client = await mqtt.connectAsync(gateway.mqttUrl, { clientId: `sensor-${seq}` });
    onTestFinished(() => client.endAsync(true));
    const words = JSON.stringify({ seq, fill: 0.95 });
    await client.publishAsync(`courtyard/yard/${bin}/telemetry`, words, { qos: 1 });
    await client.endAsync(true);
  };

  await gateway.start();
  await say('b1', 1);
  await killed.promise;
  const first = letterIn(receiver.received[0]!);
  expect(first).toMatchObject({ type: 'org.courtyard.letter', data: { tickets: ['T1'] } });
  expect(receiver.received).toHaveLength(1);

  await gateway.start();
  await until('it comes again', () => receiver.received.length > 1, 60_000);
  expect(letterIn(receiver.received[1]!)).toEqual(first);

  await say('b2', 2);
  const tickets = (): string[] => receiver.received.flatMap((one) => letterIn(one).data.tickets);
  await until('the next one comes', () => tickets().includes('T2'), 60_000);
  const ids = receiver.received.map((one) => letterIn(one).id);
  expect(ids.filter((id) => id === first.id)).toHaveLength(2);
  await until('it is noted', async () => {
    const waiting = await gateway.get<unknown[]>('/api/v1/notices?state=waiting');
    return waiting.length === 0;
  });
  const told = await gateway.get<{ key: string }[]>('/api/v1/notices?state=told');
  expect(told.filter(({ key }) => key === first.id)).toHaveLength(1);
  expect(await gateway.stop()).toBe(0);
}, 150_000);
