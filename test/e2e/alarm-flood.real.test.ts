// Five hundred bins full at once, through the real process to local servers of every kind, with two
// readers at each: nobody is sent more than twenty messages, and everything is on record all the same.
import mqtt from 'mqtt';
import { expect, it, onTestFinished } from 'vitest';
import type { NoticeView, TicketView } from '../../gateway/api/schemas.ts';
import { startReceiver, type Received } from '../notify/receiver.ts';
import { until } from '../tools.ts';
import { farSides, ROBOTS } from './far-sides.ts';
import { gatewayProcess } from './gateway-process.ts';

const ALARMS = 500;
const MOST = 20;
const BINS = Array.from({ length: ALARMS }, (_, index) => `b${index + 1}`);
const CHANNELS = [...ROBOTS, 'mail', 'web', 'gone'];

const site = (channels: string): string => `version: 1
site: { id: yard, name: Yard, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
http: { port: HTTP_PORT }
store: { dir: DIR/store }
sources: [{ id: broker, kind: mqtt-broker, host: 127.0.0.1, port: MQTT_PORT }]
stations:
${Array.from(
  { length: ALARMS / 10 },
  (_, station) => `  - id: k${station}
    name: Kiosk ${station}
    bins:
${BINS.slice(station * 10, station * 10 + 10)
  .map(
    (id, index) =>
      `      - { id: ${id}, stream: wet, position: ${index + 1}, emptyMm: 1000, fullMm: 200 }\n`,
  )
  .join('')}`,
).join('')}devices:
${BINS.map((id) => `  - { id: ${id}, source: broker, decoder: courtyard-json, every: 1h, asset: ${id} }`).join('\n')}
rules:
  - { id: bin-full, on: bin, quantity: fill, above: 0.9, clearBelow: 0.7, holdFor: 0s, severity: medium, ticket: { category: bin-full, team: cleaners } }
channels:
${channels}notices:
  groupWait: 500ms
  groupInterval: 1s
  readers:
${CHANNELS.flatMap((id) => [
  `    - { id: crew-${id}, who: { team: cleaners }, over: ${id}, quiet: { from: "00:00", to: "00:00" } }`,
  `    - { id: office-${id}, who: { role: manager }, over: ${id}, quiet: { from: "00:00", to: "00:00" } }`,
]).join('\n')}
`;

it('500 alarms at once are at most 20 messages over each channel, and none of them is lost', async () => {
  const { robots, mail, web, channels } = await farSides();
  const programs = await startReceiver(() => 204);
  const gone = await startReceiver(() => 410);
  const gateway = await gatewayProcess(
    site(`${channels}  - { id: plain, kind: webhook, url: "${programs.url}", allowPrivate: true }
  - { id: gone, kind: webhook, url: "${gone.url}", severities: [], allowPrivate: true }
`),
  );
  await gateway.start();
  const sensors = await mqtt.connectAsync(gateway.mqttUrl, { clientId: 'sensors' });
  onTestFinished(() => sensors.endAsync(true));
  const say = (fill: number, seq: number) =>
    Promise.all(
      BINS.map((bin) =>
        sensors.publishAsync(`courtyard/yard/${bin}/telemetry`, JSON.stringify({ seq, fill }), {
          qos: 1,
        }),
      ),
    );
  await say(0.95, 1);
  const tickets = () => gateway.get<TicketView[]>('/api/v1/tickets?limit=500');
  const onRecord = async () => new Set((await tickets()).flatMap(({ alarms }) => alarms)).size;
  // One more: the incident itself.
  await until('all are on record', async () => (await onRecord()) === ALARMS + 1, 30_000);
  const notices = (state: string) => gateway.get<NoticeView[]>(`/api/v1/notices?state=${state}`);
  const sent = (): Readonly<Record<string, number>> => ({
    ...Object.fromEntries(robots.map(({ kind, robot }) => [kind, robot.asked.length])),
    mail: mail.taken.length,
    web: web.received.length,
    plain: programs.received.length,
    gone: gone.received.length,
  });
  const isSettled = async (): Promise<boolean> =>
    Object.values(sent()).every((count) => count > 0) && (await notices('waiting')).length === 0;
  await until('every channel has been told', isSettled, 30_000);
  const tooMuch = () => Object.entries(sent()).filter(([, count]) => count > MOST);
  expect(tooMuch()).toEqual([]);
  for (const { robot } of robots) expect(robot.read.join('\n')).toContain(`${ALARMS} 条告警`);

  const givenUp = await notices('given-up');
  expect(givenUp.map(({ channel, reader, words }) => [channel, reader, words])).toEqual(
    expect.arrayContaining([
      ['gone', 'crew-gone', 'answered 410'],
      ['gone', 'office-gone', 'answered 410'],
    ]),
  );

  // A program that keeps books hears that it is over of what it had heard of, and of nothing else.
  const told = events(programs.received, 'raised');
  await say(0.1, 2);
  const over = () => events(programs.received, 'cleared');
  await until('what was told is over', () => over().length >= told.length - 1, 30_000);
  await until('nothing is on its way', async () => (await notices('waiting')).length === 0, 30_000);
  expect(told).toEqual(expect.arrayContaining(over()));
  expect(tooMuch().filter(([channel]) => channel !== 'plain')).toEqual([]);
  expect(await gateway.stop()).toBe(0);
}, 100_000);

/** The alarms that a program was told such a thing of. */
const events = (received: readonly Received[], what: 'raised' | 'cleared'): string[] =>
  received
    .map(({ body }) => JSON.parse(body) as { type: string; data: { alarm: string } })
    .filter(({ type }) => type === `org.courtyard.alarm.${what}`)
    .map(({ data }) => data.alarm);
