// The gateway's ledger against the senders' own: over QoS 1, over QoS 0 through a link that loses
// words, and over a serial line with broken and missing lines, with SIGKILL in between. What was sent
// is what was stored and what is missing, number by number.
import { setTimeout as pause } from 'node:timers/promises';
import { connect, type MqttClient } from 'mqtt';
import { expect, it, onTestFinished } from 'vitest';
import type { IntakeDayView, IntakeView, LossesView } from '../../gateway/api/schemas.ts';
import { encodeJson, encodeLine } from '../../firmware-sim/encode.ts';
import { loadDevices, startLoad } from '../../firmware-sim/load.ts';
import { createPty, type Pty } from '../../firmware-sim/pty.ts';
import { randomFrom } from '../../firmware-sim/random.ts';
import { until } from '../tools.ts';
import { gatewayProcess, type GatewayProcess } from './gateway-process.ts';
import { stored } from './log-reader.ts';
import { swallowingProxy } from './swallowing-proxy.ts';

const LAMPS = loadDevices(4);
const KILLS = 2;
/** Near the end of the counter, so that it comes round on the way. */
const FIRST = 65_400;

it('what was sent is what was stored and what is missing, through two kills', async () => {
  const gateway = await gatewayProcess(site());
  const pty = createPty({ link: `${gateway.dir}/line` });
  onTestFinished(() => pty.close());
  await gateway.start();
  const proxy = await swallowingProxy(gateway.mqttUrl, (count) => count % 7 === 3);
  const load = startLoad({
    url: gateway.mqttUrl,
    site: 'yard',
    devices: LAMPS.length,
    perSecond: 25,
    firstSeq: FIRST,
  });
  const radio = unreliable(proxy.url);
  const line = serialLine(pty);
  await until(
    'all are heard',
    async () => (await counted(gateway)).devices.filter(({ heard }) => heard > 20).length === 6,
    60_000,
  );
  for (let kill = 0; kill < KILLS; kill += 1) {
    await pause(700);
    await gateway.kill();
    await pause(300);
    await gateway.start();
  }
  await pause(700);
  proxy.mend();
  radio.stop();
  line.stop();
  const acknowledged = await load.stop();
  // Only a number that comes after it shows that one is missing.
  await heardLast(gateway, 'radio', radio.sayOnce);
  await heardLast(gateway, 'meter', line.sayOnce);

  const sums = await totals(gateway);
  const { losses } = await gateway.get<LossesView>('/api/v1/intake/losses?reason=gap&limit=1000');
  expect(await gateway.stop()).toBe(0);
  const readings = await stored(`${gateway.dir}/store`, 'reading');
  const numbersOf = (device: string): Set<number> =>
    new Set(readings.filter((one) => one.device === device).map(({ seq = -1 }) => seq));

  for (const [device, sent] of [
    ['radio', radio.sent()],
    ['meter', line.sent()],
    ...LAMPS.map((lamp) => [lamp, numbersFrom(acknowledged.filter((one) => one.device === lamp))]),
  ] as [string, number[]][]) {
    const held = numbersOf(device);
    // Before the first that was ever stored nobody can miss one.
    const known = sent.slice(sent.findIndex((seq) => held.has(seq)));
    const missing = known.filter((seq) => !held.has(seq));
    const { stored: frames = 0, rejected = {}, lost = {} } = sums.get(device) ?? {};
    expect(frames - (rejected['duplicate'] ?? 0), `${device}: stored`).toBe(held.size);
    expect(lost['gap'] ?? 0, `${device}: missing`).toBe(missing.length);
    const rows = losses.filter((row) => row.device === device);
    expect(
      rows.reduce((sum, { count }) => sum + count, 0),
      `${device}: rows`,
    ).toBe(missing.length);
    const isTold = (seq: number): boolean =>
      rows.some(({ firstSeq = 0, lastSeq = 0 }) => within(seq, firstSeq, lastSeq));
    expect(
      missing.filter((seq) => !isTold(seq)),
      `${device}: untold`,
    ).toEqual([]);
  }
  const ofLamps = losses.filter(({ device = '' }) => LAMPS.includes(device));
  expect(ofLamps, 'nothing that is sent again is missing').toEqual([]);
  expect(proxy.swallowed()).toBeGreaterThan(0);
  expect(sums.get('line')?.rejected['checksum']).toBeGreaterThan(0);
  console.info(`lost on purpose: ${proxy.swallowed()} by radio, ${line.spoiled()} on the line`);
});

const within = (seq: number, first: number, last: number): boolean =>
  (seq - first + 65_536) % 65_536 <= (last - first + 65_536) % 65_536;

const numbersFrom = (acknowledged: readonly { readonly seq: number }[]): number[] =>
  acknowledged.map(({ seq }) => seq).toSorted((a, b) => order(a) - order(b));
const order = (seq: number): number => (seq - FIRST + 65_536) % 65_536;

/** At QoS 0, forty a second, and what cannot be sent at once is gone. */
function unreliable(url: string) {
  const client: MqttClient = connect(url, {
    clientId: 'radio',
    queueQoSZero: false,
    reconnectPeriod: 100,
  });
  client.on('error', () => undefined);
  const sent: number[] = [];
  const say = (): void => {
    const seq = (FIRST + sent.length) % 65_536;
    sent.push(seq);
    const numbers = { power: sent.length / 1000 };
    const payload = encodeJson({ device: 'radio', seq, at: Date.now(), numbers });
    client.publish('courtyard/yard/radio/telemetry', payload, { qos: 0 });
  };
  const timer = setInterval(say, 25);
  onTestFinished(async () => {
    clearInterval(timer);
    await client.endAsync(true);
  });
  return { sent: () => sent, sayOnce: say, stop: () => clearInterval(timer) };
}

/** Forty lines a second; some are spoiled on the way, some never leave. */
function serialLine(pty: Pty) {
  const random = randomFrom(11);
  const sent: number[] = [];
  let spoiled = 0;
  const say = (fate: 'whole' | 'spoiled' | 'gone'): void => {
    const seq = (FIRST + sent.length) % 65_536;
    sent.push(seq);
    const bytes = encodeLine({ device: 'meter', seq, at: 0, numbers: { volume: sent.length } });
    if (fate !== 'whole') spoiled += 1;
    if (fate === 'spoiled') bytes[bytes.length - 8] = 0x58; // an X where a digit was
    if (fate !== 'gone') pty.write(bytes);
  };
  const timer = setInterval(() => {
    const chance = random.uniform();
    say(chance < 0.1 ? 'spoiled' : chance < 0.2 ? 'gone' : 'whole');
  }, 25);
  onTestFinished(() => clearInterval(timer));
  return {
    sent: () => sent,
    spoiled: () => spoiled,
    sayOnce: () => say('whole'),
    stop: () => clearInterval(timer),
  };
}

const counted = (gateway: GatewayProcess): Promise<IntakeView> => gateway.get('/api/v1/intake');

async function heardLast(gateway: GatewayProcess, id: string, say: () => void): Promise<void> {
  const heard = async (): Promise<number> =>
    (await counted(gateway)).devices.find((device) => device.id === id)?.heard ?? 0;
  const before = await heard();
  await until(`${id} is heard`, async () => {
    say();
    await pause(200);
    return (await heard()) > before;
  });
  // The step has counted it within its second.
  const total = async (): Promise<string> => JSON.stringify([...(await totals(gateway))]);
  let last = '';
  await until(
    'the books are at rest',
    async () => {
      const now = await total();
      const isSame = now === last;
      last = now;
      await pause(1500);
      return isSame;
    },
    30_000,
  );
}

type Sums = Pick<IntakeDayView, 'stored' | 'rejected' | 'lost'>;

/** Over yesterday, today and tomorrow: midnight may pass while the test runs. */
async function totals(gateway: GatewayProcess): Promise<Map<string, Sums>> {
  const sums = new Map<string, Sums>();
  for (const days of [-1, 0, 1]) {
    const day = new Date(Date.now() + (8 + 24 * days) * 3_600_000).toISOString().slice(0, 10);
    const { days: views = [] } = await gateway.get<IntakeView>(`/api/v1/intake?day=${day}`);
    for (const one of views.flatMap(({ devices, sources }) => [...devices, ...sources])) {
      const before = sums.get(one.id) ?? { stored: 0, rejected: {}, lost: {} };
      sums.set(one.id, {
        stored: before.stored + one.stored,
        rejected: added(before.rejected, one.rejected),
        lost: added(before.lost, one.lost),
      });
    }
  }
  return sums;
}

function added(a: Record<string, number>, b: Record<string, number>): Record<string, number> {
  const all = { ...a };
  for (const [reason, count] of Object.entries(b)) all[reason] = (all[reason] ?? 0) + count;
  return all;
}

const site = (): string => `version: 1
site: { id: yard, name: Yard, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
http: { port: HTTP_PORT }
store: { dir: DIR/store }
sources:
  - { id: broker, kind: mqtt-broker, host: 127.0.0.1, port: MQTT_PORT }
  - { id: line, kind: serial, path: DIR/line, baudRate: 9600, decoder: courtyard-line }
circuits:
  - { id: c1, name: Circuit, lamps: [${[...LAMPS, 'radio'].map((id) => `{ id: ${id}, name: ${id}, nominalW: 30 }`).join(', ')}] }
meters: [{ id: meter, name: Main }]
devices:
${[...LAMPS, 'radio'].map((id) => `  - { id: ${id}, source: broker, decoder: courtyard-json, asset: ${id} }`).join('\n')}
  - { id: meter, source: line, asset: meter }
rules: []
`;
