// Channels of several kinds with everything real: the process, sensors over TCP, a robot and a web
// address that are away, a broker that says what it is told, SIGKILL in between.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import mqtt from 'mqtt';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startRobot } from '../fakes/robot-server.ts';
import { wallClock } from '../fakes/wall-clock.ts';
import { startReceiver } from '../notify/receiver.ts';
import { freePort, temporaryFolder, until } from '../tools.ts';
import { gatewayProcess, type GatewayProcess } from './gateway-process.ts';

const BINS = Array.from({ length: 12 }, (_, index) => `b${index + 1}`);

const site = (more: { readonly channels: string; readonly ticket?: string }): string => `version: 1
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
  - { id: bin-full, on: bin, quantity: fill, above: 0.9, clearBelow: 0.7, holdFor: 0s, severity: medium${more.ticket ?? ''} }
channels:
${more.channels}`;

const PROGRAMS = (webhook: string): string =>
  `  - { id: ops, kind: webhook, url: "${webhook}", allowPrivate: true }
  - { id: bus, kind: mqtt, source: broker }
  - { id: graver, kind: mqtt, source: broker, severities: [high] }
`;

async function client(gateway: GatewayProcess, clientId: string) {
  const made = await mqtt.connectAsync(gateway.mqttUrl, { clientId });
  onTestFinished(() => made.endAsync(true));
  return made;
}

async function fill(sensors: mqtt.MqttClient): Promise<void> {
  for (const bin of BINS) {
    const words = JSON.stringify({ seq: 1, fill: 0.95 });
    await sensors.publishAsync(`courtyard/yard/${bin}/telemetry`, words, { qos: 1 });
  }
}

/** What is said of alarms on the broker, by the topic. */
async function listener(gateway: GatewayProcess) {
  const heard: { readonly topic: string; readonly id: string; readonly retain: boolean }[] = [];
  const made = await client(gateway, 'listener');
  made.on('message', (topic, payload, { retain }) => {
    const { id } = JSON.parse(payload.toString()) as { id: string };
    heard.push({ topic, id, retain });
  });
  await made.subscribeAsync('courtyard/yard/notices/#', { qos: 1 });
  return heard;
}

describe('channels', () => {
  it('tell programs of every alarm, each channel by itself, through a kill', async () => {
    const port = await freePort();
    const gateway = await gatewayProcess(
      site({ channels: PROGRAMS(`http://127.0.0.1:${port}/hook`) }),
    );
    await gateway.start();
    const heard = await listener(gateway);
    const sensors = await client(gateway, 'sensors');
    await fill(sensors);
    // The web address is away, and holds up nothing.
    await until(
      'the broker has said all',
      () => new Set(heard.map(({ id }) => id)).size === 12,
      30_000,
    );
    expect(new Set(heard.map(({ topic }) => topic))).toEqual(
      new Set(['courtyard/yard/notices/bus']),
    );
    expect(heard.every(({ retain }) => !retain)).toBe(true);
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
    expect(metrics).toMatch(/notices_told_total\{channel="bus",kind="mqtt"\} 12/);
    expect(metrics).toMatch(/outbox_waiting\{channel="ops",kind="webhook"\} 12/);
    await gateway.kill();
    const receiver = await startReceiver(() => 204, port);
    await gateway.start();
    const ids = (): string[] =>
      receiver.received.map(({ body }) => (JSON.parse(body) as { id: string }).id);
    await until('the web address has it all', () => new Set(ids()).size === 12, 60_000);
    expect(new Set(ids())).toEqual(new Set(heard.map(({ id }) => id)));
    expect(await gateway.stop()).toBe(0);
  }, 100_000);

  it('tell people of work in one letter, told twice under one mark where a kill came in between', async () => {
    const robot = await startRobot({ kind: 'wecom', clock: wallClock() });
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'duty.url'), robot.url, { mode: 0o600 });
    const leave = 'allowHosts: [127.0.0.1], allowPrivate: true';
    const gateway = await gatewayProcess(
      site({
        ticket: ', ticket: { category: bin-full, team: cleaners }',
        channels: `  - { id: duty, kind: wecom, urlFile: ${folder}/duty.url, ${leave} }
notices:
  groupWait: 1s
  readers: [{ id: cleaners, who: { team: cleaners }, over: duty }]
`,
      }),
    );
    await gateway.start();
    // Taken, and never answered: nobody knows that it arrived.
    robot.behave('hang');
    await fill(await client(gateway, 'sensors'));
    await until('the robot was asked', () => robot.asked.length === 1, 30_000);
    await gateway.kill();
    await gateway.start();
    await until('the group has read it', () => robot.read.length > 0, 30_000);
    expect(robot.read).toHaveLength(1);
    expect(robot.read[0]).toMatch(/#[0-9a-f]{4}$/);
    expect(robot.sent[0]).toBe(robot.sent[1]);
    expect(await gateway.stop()).toBe(0);
  }, 100_000);
});
