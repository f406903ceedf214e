// The honest ones behind the wall of nonsense: a sensor that waits for its acknowledgements, a sensor
// on a serial line, a screen that polls and a screen on the live stream. Each keeps its own ledger,
// with the moment of everything, so that every stretch of time has its own figures.
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { connectAsync } from 'mqtt';
import { onTestFinished } from 'vitest';
import { encodeLine } from '../../firmware-sim/encode.ts';
import { createPty, type Pty } from '../../firmware-sim/pty.ts';
import { until } from '../tools.ts';
import type { GatewayProcess } from './gateway-process.ts';
import { stored } from './log-reader.ts';
import { residentMb } from './pressure-yard.ts';

export const WALL_SITE = `version: 1
site: { id: yard, name: Yard, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
http: { port: HTTP_PORT }
store: { dir: DIR/store }
sources:
  - { id: broker, kind: mqtt-broker, host: 127.0.0.1, port: MQTT_PORT }
  - { id: good-line, kind: serial, path: DIR/good-line, baudRate: 115200, decoder: courtyard-line }
  - { id: noisy-line, kind: serial, path: DIR/noisy-line, baudRate: 115200, decoder: courtyard-line }
circuits:
  - { id: c1, name: Circuit, lamps: [{ id: honest, name: Honest, nominalW: 30 }, { id: loud, name: Loud, nominalW: 30 }] }
meters: [{ id: water-main, name: Main }, { id: water-yard, name: Yard }]
devices:
  - { id: honest, source: broker, decoder: courtyard-json, asset: honest, secretFile: ./honest-secret }
  - { id: loud, source: broker, decoder: courtyard-json, asset: loud }
  - { id: meter-1, source: good-line, asset: water-main }
  - { id: meter-2, source: noisy-line, asset: water-yard }
rules: []
`;

const PER_SECOND = 5;

/** [when it began, how long it took], in ms. */
type Timed = readonly [began: number, tookMs: number];

export interface Honest {
  readonly noisyLine: Pty;
  /** What happened since a moment of `performance.now()`. */
  since(began: number): Figures;
  /** Sends nothing more; resolves when all is acknowledged. */
  stop(): Promise<void>;
  /** What they sent, and what of it is not on disk exactly once. */
  missing(): Promise<{ readonly sent: number; readonly lostOrDoubled: readonly string[] }>;
  /** Times that the sensor's connection broke. */
  readonly broken: () => number;
}

export interface Figures {
  readonly acknowledged: number;
  readonly ackP50: number;
  readonly ackP99: number;
  readonly ackMax: number;
  readonly polls: number;
  readonly pollP50: number;
  readonly pollMax: number;
  /** The longest that the live stream was silent. */
  readonly livePause: number;
  readonly residentMb: number;
}

export async function startHonest(gateway: GatewayProcess): Promise<Honest> {
  const goodLine = plug(gateway, 'good-line');
  const noisyLine = plug(gateway, 'noisy-line');
  const secret = randomUUID();
  writeFileSync(path.join(gateway.dir, 'honest-secret'), secret, { mode: 0o600 });
  await gateway.start();
  const ending = new AbortController();
  onTestFinished(() => ending.abort());

  const sensor = await startSensor(gateway.mqttUrl, secret);
  const meter = startMeter(goodLine);
  const polls = startPolling(gateway, ending.signal);
  const live = startListening(gateway.url, ending.signal);
  await until('all of them are served', () => live.length > 3 && polls.length > 3);
  return {
    noisyLine,
    broken: sensor.broken,
    since: (began) => figuresOf({ acks: sensor.acks, polls, live, pid: gateway.pid() }, began),
    async stop() {
      await Promise.all([sensor.stop(), meter.stop()]);
      ending.abort();
    },
    async missing() {
      const rows = await stored(path.join(gateway.dir, 'store'), 'reading');
      const sent = [...sensor.sent(), ...meter.sent()];
      const times = Map.groupBy(rows, ({ device, seq }) => `${device} ${seq}`);
      return {
        sent: sent.length,
        lostOrDoubled: sent.filter((one) => times.get(one)?.length !== 1),
      };
    },
  };
}

function plug({ dir }: GatewayProcess, name: string): Pty {
  const pty = createPty({ link: path.join(dir, name) });
  onTestFinished(() => pty.close());
  return pty;
}

/** One message after another, each the same until it is acknowledged. */
async function startSensor(url: string, secret: string) {
  const login = { clientId: 'honest', username: 'honest', password: secret };
  const client = await connectAsync(url, { ...login, reconnectPeriod: 100 });
  client.on('error', () => undefined);
  onTestFinished(() => void client.end(true));
  const acks: Timed[] = [];
  let sent = 0;
  let broken = 0;
  const over = new AbortController();
  client.on('close', () => (broken += over.signal.aborted ? 0 : 1));

  async function speak(): Promise<void> {
    while (!over.signal.aborted) {
      const payload = JSON.stringify({ seq: sent, power: 20 + (sent % 100) / 10 });
      const began = performance.now();
      sent += 1;
      while (!(await said(payload))) await rest(100);
      acks.push([began, performance.now() - began]);
      await rest(began + 1000 / PER_SECOND - performance.now());
    }
  }
  const said = (payload: string): Promise<boolean> =>
    client.publishAsync('courtyard/yard/honest/telemetry', payload, { qos: 1 }).then(
      () => true,
      () => false,
    );
  const speaking = speak();
  return {
    acks,
    sent: () => Array.from({ length: sent }, (_, seq) => `honest ${seq}`),
    broken: () => broken,
    async stop() {
      over.abort();
      await speaking;
      await client.endAsync();
    },
  };
}

function startMeter(line: Pty) {
  let sent = 0;
  const over = new AbortController();
  async function speak(): Promise<void> {
    while (!over.signal.aborted) {
      const frame = encodeLine({ device: 'meter-1', seq: sent, at: 0, numbers: { volume: sent } });
      await handOver(line, frame);
      sent += 1;
      await rest(1000 / PER_SECOND);
    }
  }
  const speaking = speak();
  return {
    sent: () => Array.from({ length: sent }, (_, seq) => `meter-1 ${seq}`),
    async stop() {
      over.abort();
      await speaking;
      await handOver(line, new TextEncoder().encode('\n')); // pushes on what the kernel held back
    },
  };
}

/** Waits while nobody reads: a wire does not, but then it is no sender's ledger. */
export async function handOver(line: Pty, bytes: Uint8Array): Promise<void> {
  while (line.write(bytes) !== 'sent') await rest(1);
}

function startPolling(gateway: GatewayProcess, until: AbortSignal): readonly Timed[] {
  const polls: Timed[] = [];
  const poll = async (): Promise<void> => {
    while (!until.aborted) {
      const began = performance.now();
      await gateway.get('/api/v1/assets');
      polls.push([began, performance.now() - began]);
      await rest(200);
    }
  };
  poll().catch((error: unknown) => polls.push([performance.now(), failed(error)]));
  return polls;
}

/** A poll that fails is one that takes for ever. */
function failed(error: unknown): number {
  console.error(error);
  return Infinity;
}

/** [when it was silent from, for how long]. */
function startListening(url: string, until: AbortSignal): readonly Timed[] {
  const pauses: Timed[] = [];
  let last = performance.now();
  const heard = (): void => {
    const now = performance.now();
    pauses.push([last, now - last]);
    last = now;
  };
  const listen = async (): Promise<void> => {
    const response = await fetch(`${url}/api/v1/live`, { signal: until });
    await response.body?.pipeTo(new WritableStream({ write: heard }));
  };
  listen().catch((error: unknown) => {
    if (!until.aborted) pauses.push([last, failed(error)]);
  });
  return pauses;
}

interface Books {
  readonly acks: readonly Timed[];
  readonly polls: readonly Timed[];
  readonly live: readonly Timed[];
  readonly pid: number;
}

function figuresOf({ acks, polls, live, pid }: Books, since: number): Figures {
  const [ack, poll] = [tookSince(acks, since), tookSince(polls, since)];
  return {
    acknowledged: ack.length,
    ackP50: quantile(ack, 0.5),
    ackP99: quantile(ack, 0.99),
    ackMax: quantile(ack, 1),
    polls: poll.length,
    pollP50: quantile(poll, 0.5),
    pollMax: quantile(poll, 1),
    livePause: quantile(tookSince(live, since), 1),
    residentMb: residentMb(pid),
  };
}

/** Sorted; what had begun before and ended in it belongs to it. */
const tookSince = (all: readonly Timed[], since: number): number[] =>
  all
    .filter(([began, took]) => began + took >= since)
    .map(([, took]) => took)
    .toSorted((a, b) => a - b);

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;

const rest = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
