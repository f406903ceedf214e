// Nobody turns the real process against the machines beside it: not by how an address is written, not by
// where a name leads on the day, not by a redirect. What could not be told is on record with its reason,
// and leave that one channel has is no other's.
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import mqtt from 'mqtt';
import { expect, it, onTestFinished } from 'vitest';
import type { NoticeView } from '../../gateway/api/schemas.ts';
import { startReceiver } from '../notify/receiver.ts';
import { ROOT, temporaryFolder, until } from '../tools.ts';
import { gatewayProcess } from './gateway-process.ts';

/** Where names lead today, as a name server would have it that somebody else runs. */
const NAMES: Readonly<Record<string, string>> = {
  'robot.yard.example': '127.0.0.1',
  'mail.yard.example': '::1',
  'hook.yard.example': '127.0.0.1',
  'mapped.yard.example': '::ffff:127.0.0.1',
  'sixtofour.yard.example': '2002:7f00:1::1',
  'cloud.yard.example': '169.254.169.254',
  'house.yard.example': '192.168.1.1',
};

/** Takes the place of the system's resolver in the gateway's process. */
const resolver = (): string => {
  const file = path.join(temporaryFolder(), 'resolver.mjs');
  writeFileSync(
    file,
    `import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
const names = ${JSON.stringify(NAMES)};
const system = dns.lookup;
dns.lookup = (name, options, answer) => {
  const address = names[name];
  if (address === undefined) return system(name, options, answer);
  setImmediate(() => answer(null, [{ address, family: address.includes(':') ? 6 : 4 }]));
};
syncBuiltinESMExports();
`,
  );
  return file;
};

/** A door of the house that must stay unopened. */
async function guardedDoor() {
  let knocks = 0;
  const server = createServer((socket) => {
    knocks += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '::', resolve));
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, knocks: () => knocks };
}

const site = (channels: readonly string[], readers: readonly string[] = []): string => `version: 1
site: { id: yard, name: Yard, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
http: { port: HTTP_PORT }
store: { dir: DIR/store }
sources: [{ id: broker, kind: mqtt-broker, host: 127.0.0.1, port: MQTT_PORT }]
stations: [{ id: k1, name: K1, bins: [{ id: b1, stream: wet, position: 1, emptyMm: 1000, fullMm: 200 }] }]
devices: [{ id: b1, source: broker, decoder: courtyard-json, asset: b1 }]
rules:
  - { id: bin-full, on: bin, quantity: fill, above: 0.9, clearBelow: 0.7, holdFor: 0s, severity: high, ticket: { category: bin-full, team: cleaners } }
channels:
${channels.map((channel) => `  - ${channel}\n`).join('')}notices:
  groupWait: 500ms
  readers:${readers.length === 0 ? ' []' : readers.map((id) => `\n    - { id: r-${id}, who: { team: cleaners }, over: ${id} }`).join('')}
`;

const hook = (id: string, url: string, more = ''): string =>
  `{ id: ${id}, kind: webhook, url: "${url}"${more} }`;

it('a channel that leads into the house knocks nowhere, and says why it was not told', async () => {
  const door = await guardedDoor();
  const inside = `http://127.0.0.1:${door.port}/`;
  const allowed = await startReceiver(() => 204);
  const moved = await startReceiver(
    () => (response) => void response.writeHead(302, { location: inside }).end(),
  );
  const urlFile = path.join(temporaryFolder(), 'robot');
  writeFileSync(urlFile, `https://robot.yard.example:${door.port}/send`, { mode: 0o600 });
  const at = (name: string): string => `http://${name}.yard.example:${door.port}/`;
  const refused = ['hook', 'mapped', 'sixtofour', 'cloud', 'house'];
  const written = {
    bysix: `http://[2002:7f00:1::1]:${door.port}/`,
    translated: `http://[64:ff9b::7f00:1]:${door.port}/`,
  };
  const gateway = await gatewayProcess(
    site(
      [
        ...refused.map((name) => hook(name, at(name))),
        ...Object.entries(written).map(([id, url]) => hook(id, url)),
        hook('moved', moved.url, ', allowPrivate: true'),
        hook('let', `http://hook.yard.example:${allowed.port}/`, ', allowPrivate: true'),
        `{ id: robot, kind: wecom, urlFile: ${urlFile}, allowHosts: [robot.yard.example] }`,
        `{ id: mail, kind: email, host: mail.yard.example, port: ${door.port}, secure: none, from: a@b.example, to: [c@d.example] }`,
      ],
      ['robot', 'mail'],
    ),
    { env: { NODE_OPTIONS: `--import=${resolver()}` } },
  );
  await gateway.start();
  const sensor = await mqtt.connectAsync(gateway.mqttUrl, { clientId: 'sensor' });
  onTestFinished(() => sensor.endAsync(true));
  const full = JSON.stringify({ seq: 1, fill: 0.95 });
  await sensor.publishAsync('courtyard/yard/b1/telemetry', full, { qos: 1 });

  const reasons = async (state: string): Promise<Map<string, string | undefined>> => {
    const notices = await gateway.get<NoticeView[]>(`/api/v1/notices?state=${state}`);
    return new Map(notices.map(({ channel, words }) => [channel, words]));
  };
  const kept = [...refused, ...Object.keys(written), 'robot', 'mail'];
  await until(
    'each says why',
    async () => {
      const waiting = await reasons('waiting');
      return kept.every((channel) => waiting.get(channel) !== undefined);
    },
    30_000,
  );
  const waiting = await reasons('waiting');
  for (const channel of kept) expect(`${channel}: ${waiting.get(channel)}`).toMatch(/private/);
  await until('the one with leave was told', () => allowed.received.length > 0);
  await until('the one that moved is given up', async () => (await reasons('given-up')).size > 0);
  expect(await reasons('given-up')).toEqual(
    new Map([['moved', expect.stringMatching(/302|redirect/)]]),
  );
  expect([...waiting.keys()].toSorted()).toEqual(kept.toSorted());
  expect(door.knocks()).toBe(0);
  expect(await gateway.stop()).toBe(0);
}, 120_000);

it('a site file that leads there in so many words is not even started', async () => {
  const places = [
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '0.0.0.0',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[fe80::1]',
    '169.254.169.254',
    '192.168.1.1',
    'localhost',
    'router.lan',
  ];
  const file = path.join(temporaryFolder(), 'site.yaml');
  const hooks = places.map((place, index) => hook(`h${index}`, `http://${place}/`));
  writeFileSync(
    file,
    site([
      ...hooks,
      '{ id: mail, kind: email, host: "127.1", from: a@b.example, to: [c@d.example] }',
    ])
      .replaceAll('HTTP_PORT', '8080')
      .replaceAll('MQTT_PORT', '1883')
      .replaceAll('DIR', '.'),
  );
  const said = await new Promise<string>((resolve) => {
    const words = ['check', '-c', file];
    execFile(path.join(ROOT, 'bin/courtyard'), words, (_error, out, err) => resolve(out + err));
  });
  const mistakes = said.split('\n').filter((line) => line.includes('is a private address'));
  expect(mistakes).toHaveLength(places.length + 1);
}, 120_000);
