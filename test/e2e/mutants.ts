// An honest sensor beside mutated packets, at the real process.
import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { connectAsync } from 'mqtt';
import type { IntakeView } from '../../gateway/api/schemas.ts';
import { until } from '../tools.ts';
import { gatewayProcess, type GatewayProcess } from './gateway-process.ts';
import { sendMutants } from './mqtt-mutants.ts';

/** k1 has a secret, so that nothing but the honest sensor can speak for it. */
export const SECRET_SITE = `version: 1
site: { id: yard, name: Yard, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
http: { port: HTTP_PORT }
store: { dir: DIR/store }
sources: [{ id: broker, kind: mqtt-broker, host: 127.0.0.1, port: MQTT_PORT }]
stations: [{ id: s1, name: Kiosk, scales: [{ id: a }, { id: b }] }]
devices:
  - { id: k1, source: broker, decoder: courtyard-json, asset: a, secretFile: ./k1.secret }
  - { id: k2, source: broker, decoder: courtyard-json, asset: b }
`;

export const SECRET = 'a secret of the test';

export async function secretGateway(env: Record<string, string> = {}): Promise<GatewayProcess> {
  const gateway = await gatewayProcess(SECRET_SITE, { env });
  writeFileSync(`${gateway.dir}/k1.secret`, SECRET, { mode: 0o600 });
  await gateway.start();
  return gateway;
}

/** Speaks without a pause until it is told to stop. */
export async function honestSensor({ mqttUrl }: GatewayProcess) {
  const login = { clientId: 'k1', username: 'k1', password: SECRET };
  const client = await connectAsync(mqttUrl, { ...login, reconnectPeriod: 0 });
  let said = 0;
  const over = new AbortController();
  const speaking = (async () => {
    while (!over.signal.aborted) {
      const payload = `{"seq":${said % 65_536},"gross":${(said % 500) / 10}}`;
      await client.publishAsync('courtyard/yard/k1/telemetry', payload, { qos: 1 });
      said += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  return {
    async stop(): Promise<number> {
      over.abort();
      await speaking;
      expect(client.connected).toBe(true);
      await client.endAsync();
      return said;
    },
  };
}

export function residentMb({ pid }: GatewayProcess): number {
  const status = readFileSync(`/proc/${pid()}/status`, 'latin1');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

/** A heap that is collected before it grows, so that what stays is what is kept. */
const SMALL_HEAP = { NODE_OPTIONS: '--max-old-space-size=96' };
/** What a warm process may have more than a cold one: code that was compiled, buffers in reserve. */
const WARMTH_MB = 48;

/** Nothing of it ends the process, reaches the honest sensor, or stays in memory. */
export async function mutantsDoNoHarm(packets: number): Promise<void> {
  const gateway = await secretGateway(SMALL_HEAP);
  const port = Number(new URL(gateway.mqttUrl).port);
  const sensor = await honestSensor(gateway);
  await sendMutants({ port, packets: Math.min(1500, packets / 4), seed: 1 });
  const before = residentMb(gateway);
  const connections = await sendMutants({ port, packets, seed: 2 });
  const said = await sensor.stop();
  await until(
    `the memory is near ${Math.round(before)} MB again`,
    () => residentMb(gateway) < before + WARMTH_MB,
    30_000,
  );
  const { sources, devices } = await gateway.get<IntakeView>('/api/v1/intake');
  const k1 = devices.find(({ id }) => id === 'k1');
  expect(k1).toMatchObject({ stored: said, rejected: {} });
  const turnedAway = sources[0]?.turnedAway ?? {};
  console.log(
    `${packets} mutants in ${connections} connections: ${JSON.stringify(turnedAway)}, heard ${sources[0]?.heard}, honest ${said}, ` +
      `${Math.round(before)} MB before, ${Math.round(residentMb(gateway))} MB after`,
  );
  expect(Object.keys(turnedAway)).toEqual(expect.arrayContaining(['malformed', 'not-mqtt']));
  expect(await gateway.stop()).toBe(0);
  expect(gateway.output()).not.toMatch(/"level":"(?:error|fatal)"|^\s+at /m);
}
