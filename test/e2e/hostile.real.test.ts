// Whoever speaks to the real process by MQTT or HTTP and means harm, or is merely broken: nothing
// stops, nothing is answered with our insides, and the honest reading beside it is stored and shown.
import { execFile } from 'node:child_process';
import { connect as dial } from 'node:net';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { connectAsync } from 'mqtt';
import type { AssetView, IntakeView, RejectionView } from '../../gateway/api/schemas.ts';
import { letIn, publishPacket } from '../sources/raw-client.ts';
import { has, until } from '../tools.ts';
import { gatewayProcess, type GatewayProcess } from './gateway-process.ts';
import { LINK_SITE } from './link-site.ts';

const run = promisify(execFile);
const TELEMETRY = 'courtyard/yard/k2/telemetry';
/** What no log line may carry as it is: a terminal would obey it. */
// eslint-disable-next-line no-control-regex -- these are what is looked for
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/;

const HOSTILE_MESSAGES: readonly (readonly [title: string, topic: string, payload: string])[] = [
  ['no JSON', TELEMETRY, 'distance=600'],
  ['nothing', TELEMETRY, ''],
  ['10,000 brackets', TELEMETRY, '['.repeat(10_000)],
  ['10,000 objects in each other', TELEMETRY, `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
  ['66 kilobytes', TELEMETRY, `{"distance":600,"pad":"${'x'.repeat(66_000)}"}`],
  ['wrong types', TELEMETRY, '{"distance":{"mm":600},"seq":"1","at":[]}'],
  ['a number that is none', TELEMETRY, '{"distance":1e999}'],
  ['names of the language', TELEMETRY, '{"__proto__":1,"constructor":2,"toString":3}'],
  ['terminal orders', TELEMETRY, '{"\\u001b[2J":1}'],
  ['bare terminal orders', TELEMETRY, '\u001b]0;owned\u0007\u001b[2J'],
  ['a stranger', 'courtyard/yard/stranger/telemetry', '{"distance":600}'],
  ['a stranger of no name', 'courtyard/yard/\u001b[2J/telemetry', '{"distance":600}'],
  ['another site', 'courtyard/elsewhere/k2/telemetry', '{"distance":600}'],
  ['another topic', 'zigbee2mqtt/bridge', '{"distance":600}'],
  ['the gateway’s own word', 'courtyard/yard/bridge/state', 'offline'],
];

describe('by raw MQTT', () => {
  it('hostile messages are each acknowledged and counted, and the honest ones between them are stored', async () => {
    const gateway = await gatewayProcess(LINK_SITE);
    await gateway.start();
    const client = await connectAsync(gateway.mqttUrl, { clientId: 'hostile' });
    for (const [place, [, topic, payload]] of HOSTILE_MESSAGES.entries()) {
      await client.publishAsync(topic, payload, { qos: 1 });
      await client.publishAsync(TELEMETRY, `{"seq":${place},"distance":${600 + place}}`, {
        qos: 1,
      });
    }
    await client.endAsync();

    const { sources, devices } = await gateway.get<IntakeView>('/api/v1/intake');
    const broker = sources.find(({ id }) => id === 'broker');
    expect(broker).toMatchObject({
      state: 'up',
      heard: 2 * HOSTILE_MESSAGES.length,
      stored: 2 * HOSTILE_MESSAGES.length,
      acknowledged: 2 * HOSTILE_MESSAGES.length,
    });
    expect(broker?.rejected).toMatchObject({
      'not-json': 2,
      empty: 1,
      'too-deep': 2,
      'too-large': 1,
      'unknown-device': 1,
    });
    const k2 = devices.find(({ id }) => id === 'k2');
    const refusedOfK2 = Object.values(k2?.rejected ?? {}).reduce((sum, count) => sum + count, 0);
    expect((k2?.stored ?? 0) - refusedOfK2).toBe(HOSTILE_MESSAGES.length);
    await shows(gateway, 600 + HOSTILE_MESSAGES.length - 1);
    const rejections = await gateway.get<RejectionView[]>('/api/v1/intake/rejections');
    expect(rejections.length).toBeGreaterThan(HOSTILE_MESSAGES.length - 1);
    expect(await gateway.stop()).toBe(0);
    expect(gateway.output()).not.toMatch(CONTROL);
    expect(gateway.output()).not.toMatch(/"level":"(?:error|fatal)"/);
  });

  it('bytes that are no MQTT cost their own connection and no other', async () => {
    const gateway = await gatewayProcess(LINK_SITE);
    await gateway.start();
    const honest = await connectAsync(gateway.mqttUrl, { clientId: 'honest' });
    const port = Number(new URL(gateway.mqttUrl).port);
    for (const bytes of NO_MQTT) await hungUpOn(port, bytes);
    const greedy = await letIn(port, { id: 'greedy', from: '127.0.0.2' });
    greedy.send(publishPacket(TELEMETRY, Buffer.alloc(1_000_000, 0x20), { qos: 1 }));
    await greedy.closed;
    expect(honest.connected).toBe(true);
    await honest.publishAsync(TELEMETRY, '{"seq":1,"distance":612}', { qos: 1 });
    await shows(gateway, 612);
    await honest.endAsync();
    expect(await gateway.stop()).toBe(0);
    expect(gateway.output()).not.toMatch(CONTROL);
  });
});

describe.runIf(has('mosquitto_pub'))('by mosquitto_pub', () => {
  it('wrong messages are taken and counted, and a right one is stored and shown', async () => {
    const gateway = await gatewayProcess(LINK_SITE);
    await gateway.start();
    const port = new URL(gateway.mqttUrl).port;
    const send = (topic: string, ...how: string[]) =>
      run('mosquitto_pub', ['-h', '127.0.0.1', '-p', port, '-q', '1', '-t', topic, ...how]);
    await send(TELEMETRY, '-m', 'distance=600');
    await send(TELEMETRY, '-n');
    await send('courtyard/yard/stranger/telemetry', '-m', '{"distance":600}');
    await send('elsewhere', '-m', '{"distance":600}');
    await send(TELEMETRY, '-m', '{"seq":1,"distance":634}');
    await shows(gateway, 634);
    const { sources } = await gateway.get<IntakeView>('/api/v1/intake');
    expect(sources.find(({ id }) => id === 'broker')?.rejected).toEqual({
      'not-json': 1,
      empty: 1,
      'unknown-device': 1,
      'unknown-topic': 1,
    });
    expect(await gateway.stop()).toBe(0);
  });
});

describe('by HTTP', () => {
  it('hostile requests are answered with a problem and never with a stack', async () => {
    const gateway = await gatewayProcess(LINK_SITE);
    await gateway.start();
    for (const { where, ...request } of HOSTILE_REQUESTS) {
      const response = await fetch(gateway.url + where, { method: 'POST', ...request });
      const text = await response.text();
      const { status } = JSON.parse(text) as { status: number };
      // What was sent stands beside it, so that a failure names the request.
      expect({
        sent: `${where} ${(request.body ?? '').slice(0, 40)}`,
        isRefused: status >= 400 && status < 500 && status === response.status,
        type: response.headers.get('content-type')?.split(';')[0],
        inside: text.match(/ at |node_modules|\.[jt]s:/)?.[0],
      }).toEqual({
        sent: expect.any(String),
        isRefused: true,
        type: 'application/problem+json',
        inside: undefined,
      });
    }
    expect(await gateway.get<unknown>('/healthz')).toEqual({ status: 'up' });
    expect(await gateway.stop()).toBe(0);
    expect(gateway.output()).not.toMatch(CONTROL);
    expect(gateway.output()).not.toMatch(/"level":"(?:error|fatal)"/);
  });
});

const JSON_HEADERS = { 'content-type': 'application/json' };
const TICKETS = '/api/v1/tickets';

const HOSTILE_REQUESTS: readonly {
  readonly where: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}[] = [
  { where: TICKETS, headers: JSON_HEADERS, body: '{"category":' },
  { where: TICKETS, headers: JSON_HEADERS, body: '['.repeat(10_000) },
  { where: TICKETS, headers: JSON_HEADERS, body: `"${'x'.repeat(2_000_000)}"` },
  { where: TICKETS, headers: JSON_HEADERS, body: '{"category":7,"title":[]}' },
  { where: TICKETS, headers: JSON_HEADERS, body: '{"__proto__":{"role":"admin"},"title":"x"}' },
  { where: TICKETS, headers: { 'content-type': 'text/xml' }, body: '<a/>' },
  { where: `${TICKETS}/nobody/rectify`, headers: JSON_HEADERS, body: '{"note":"\\u001b[2J"}' },
  { where: '/api/v1/nothing\u001b[2J', headers: JSON_HEADERS, body: '{}' },
  { where: '/api/v1/assets', method: 'DELETE' },
  { where: '/api/v1/series/k2-dry/distance?from=yesterday', method: 'GET' },
  { where: '/api/v1/series/%00/%ff', method: 'GET' },
];

const NO_MQTT: readonly Uint8Array[] = [
  new TextEncoder().encode('GET / HTTP/1.1\r\nhost: x\r\n\r\n'),
  new Uint8Array(4096).fill(0xff),
  // CONNECT that announces 256 MB, and a PUBLISH before any CONNECT.
  new Uint8Array([0x10, 0xff, 0xff, 0xff, 0x7f, 0x00]),
  new Uint8Array([0x30, 0x05, 0x00, 0x01, 0x61, 0x31, 0x32]),
];

/** Resolves when the far end has closed, however it did that. */
function hungUpOn(port: number, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const socket = dial(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
    socket.resume();
  });
}

async function shows(gateway: GatewayProcess, distanceMm: number): Promise<void> {
  const value = async () =>
    (await gateway.get<AssetView[]>('/api/v1/assets')).find(({ id }) => id === 'k2-dry')?.latest[
      'distance'
    ]?.value;
  await until(`k2-dry shows ${distanceMm}`, async () => (await value()) === distanceMm);
}
