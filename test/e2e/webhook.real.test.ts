// Told outside, with everything real: sensors over TCP, SQLite on disk, SIGKILL, a receiver that is
// away. Whoever was told is compared with the gateway's own book of alarms.
import mqtt from 'mqtt';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startReceiver, type Receiver } from '../notify/receiver.ts';
import { freePort, until } from '../tools.ts';
import { gatewayProcess, type GatewayProcess } from './gateway-process.ts';

const BINS = Array.from({ length: 20 }, (_, index) => `b${index + 1}`);

const site = (webhook: string): string => `version: 1
site: { id: yard, name: Yard, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
http: { port: HTTP_PORT }
store: { dir: DIR/store }
sources: [{ id: broker, kind: mqtt-broker, host: 127.0.0.1, port: MQTT_PORT }]
stations:
  - id: k1
    name: Kiosk
    bins:
${BINS.map((id, index) => `      - { id: ${id}, stream: wet, position: ${index + 1}, emptyMm: 1000, fullMm: 200 }`).join('\n')}
devices:
${BINS.map((id) => `  - { id: ${id}, source: broker, decoder: courtyard-json, every: 1h, asset: ${id} }`).join('\n')}
rules:
  - { id: bin-full, on: bin, quantity: fill, above: 0.9, clearBelow: 0.7, holdFor: 0s, severity: medium }
webhooks:
  - { id: ops, url: "${webhook}", allowPrivate: true }
`;

interface Alarm {
  readonly id: string;
  readonly asset: string;
  readonly clearedAt?: string;
}

async function sensors(gateway: GatewayProcess) {
  const client = await mqtt.connectAsync(gateway.mqttUrl, { clientId: 'sensors' });
  onTestFinished(() => client.endAsync(true));
  let seq = 0;
  return {
    say: (bin: string, fill: number) => {
      seq += 1;
      const words = JSON.stringify({ seq, fill });
      return client.publishAsync(`courtyard/yard/${bin}/telemetry`, words, { qos: 1 });
    },
    leave: () => client.endAsync(true),
  };
}

const idsIn = ({ received }: Receiver): string[] =>
  received.map(({ body }) => (JSON.parse(body) as { id: string }).id);

async function changes(gateway: GatewayProcess): Promise<string[]> {
  const alarms = await gateway.get<Alarm[]>('/api/v1/alarms?state=all');
  return alarms.flatMap(({ id, clearedAt }) =>
    clearedAt === undefined ? [`${id}:raised`] : [`${id}:raised`, `${id}:cleared`],
  );
}

describe('a webhook', () => {
  it('hears of every alarm though it was away and the gateway was killed, the end after the beginning', async () => {
    const port = await freePort();
    const gateway = await gatewayProcess(site(`http://127.0.0.1:${port}/hook`));
    await gateway.start();
    const before = await sensors(gateway);
    for (const bin of BINS) await before.say(bin, 0.95);
    await before.leave();
    await gateway.kill();
    const receiver = await startReceiver(() => 204, port);
    await gateway.start();
    const after = await sensors(gateway);
    for (const bin of BINS) await after.say(bin, 0.1);
    const isAllThere = async (): Promise<boolean> => {
      const told = new Set(idsIn(receiver));
      const all = await changes(gateway);
      return all.length === 2 * BINS.length && all.every((change) => told.has(change));
    };
    await until('all is told', isAllThere, 60_000);
    const told = idsIn(receiver);
    expect(new Set(told)).toEqual(new Set(await changes(gateway)));
    for (const id of told.filter((one) => one.endsWith(':cleared'))) {
      expect(told.indexOf(id.replace('cleared', 'raised'))).toBeLessThan(told.indexOf(id));
    }
    expect(await gateway.stop()).toBe(0);
  }, 100_000);

  it('is told at once', async () => {
    const receiver = await startReceiver(() => 204);
    const gateway = await gatewayProcess(site(receiver.url));
    await gateway.start();
    const { say } = await sensors(gateway);
    const tookMs: number[] = [];
    for (let round = 0; round < 60; round += 1) {
      const began = performance.now();
      await say(BINS[round % 20] ?? '', Math.trunc(round / 20) % 2 === 0 ? 0.95 : 0.1);
      await until('it is told', () => receiver.received.length > round);
      tookMs.push((receiver.received[round]?.at ?? 0) - began);
    }
    tookMs.sort((a, b) => a - b);
    const [p50, p99] = [0.5, 0.99].map((share) => tookMs[Math.floor(tookMs.length * share)] ?? 0);
    console.info(`sensor to webhook: p50 ${p50?.toFixed(1)} ms, p99 ${p99?.toFixed(1)} ms`);
    expect(idsIn(receiver)).toHaveLength(60);
    expect(await gateway.stop()).toBe(0);
  }, 100_000);
});
