// A compound whose site file is tame and in which everything that anybody can write is hostile: words,
// notes, reasons, names, what devices say. Put in by the doors that people and devices have, of a real
// process, so that whoever looks at its pages or reads its letters finds all of it there.
import mqtt from 'mqtt';
import { expect } from 'vitest';
import type { AlarmView, SessionView } from '../../gateway/api/schemas.ts';
import { until } from '../tools.ts';
import { gatewayProcess, type GatewayProcess } from './gateway-process.ts';

/** Short enough for a name, which has 60 letters. */
export const NAME = '<img src=x onerror=window.__owned=1>\u{202E}\u{2066}**b** @all';
/** As long as a title may be: elements, an address that runs, markup, mentions, letters unseen, one long word. */
export const TITLE =
  `<img src=x onerror=window.__owned=1><script>window.__owned=1</script> [x](javascript:alert(1)) ` +
  `**bold** <@all> @all \u{202E}desrever\u{2067} a\u{200B}b ${'W'.repeat(48)}`;
export const WORDS = `${TITLE}\r\nBcc: evil@example.com\r\n\r\n"'><svg/onload=window.__owned=1> =HYPERLINK("http://evil.example") ${'长'.repeat(300)}${'W'.repeat(300)}`;
/** What every page that tells any of it has to show as it was written. */
export const SEEN = '<img src=x onerror=window.__owned=1>';

const PASSWORD = 'a lamp by the gate';

export const YARD = (more = ''): string => `version: 1
http: { port: HTTP_PORT }
store: { dir: DIR/store }
site: { id: yard, name: Yard, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
stations:
  - id: k1
    name: Kiosk
    windows: [{ days: mon-sun, from: "00:00", to: "23:59" }]
    bins:
      - { id: b1, stream: wet, position: 1, emptyMm: 1000, fullMm: 200, tareKg: 14 }
      - { id: b2, stream: dry, position: 2, emptyMm: 1000, fullMm: 200, tareKg: 14 }
meters: [{ id: main, name: Main }]
sources: [{ id: broker, kind: mqtt-broker, host: 127.0.0.1, port: MQTT_PORT }]
devices:
  - { id: b1, source: broker, decoder: courtyard-json, every: 1h, asset: b1 }
  - { id: b2, source: broker, decoder: courtyard-json, every: 1h, asset: b2 }
work: { lookBackAfter: 1ms }
patrols: [{ id: round, name: Round, places: [{ at: k1, look: ["Clean?", "No bags?"] }] }]
rules:
  - { id: bin-full, on: bin, quantity: fill, above: 0.9, clearBelow: 0.7, holdFor: 0s, severity: medium, ticket: { category: bin-full, team: cleaners } }
${more}`;

export interface Answered<T> {
  readonly status: number;
  readonly body: T;
}

export interface Somebody {
  /** `name=value` */
  readonly cookie: string;
  ask<T>(what: string, body?: unknown): Promise<Answered<T>>;
  /** The same, and it has to be taken. */
  say<T>(what: string, body?: unknown): Promise<T>;
}

export function somebody({ url }: Pick<GatewayProcess, 'url'>, cookie = ''): Somebody {
  const ask = async <T>(what: string, body: unknown = {}): Promise<Answered<T>> => {
    const [method = '', where = ''] = what.split(' ');
    const headers = { 'content-type': 'application/json', cookie };
    const sent = method === 'GET' ? {} : { body: JSON.stringify(body) };
    const response = await fetch(url + where, { method, headers, ...sent });
    return { status: response.status, body: (await response.json()) as T };
  };
  return {
    cookie,
    ask,
    async say<T>(what: string, body?: unknown) {
      const answered = await ask<T>(what, body);
      if (answered.status < 300) return answered.body;
      throw new Error(`${what}: ${answered.status} ${JSON.stringify(answered.body)}`);
    },
  };
}

const STAFF = ['manager', 'engineer', 'cleaner', 'committee', 'reviewer'] as const;
export type People = Readonly<Record<(typeof STAFF)[number] | 'admin', Somebody>>;

/** Each is called what nobody should be called. */
export async function people(gateway: GatewayProcess): Promise<People> {
  const enter = async (what: string, body: object): Promise<Somebody> => {
    const response = await fetch(gateway.url + what, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const said = (await response.json()) as SessionView;
    if (!response.ok) throw new Error(`${what}: ${response.status} ${JSON.stringify(said)}`);
    const [set = ''] = response.headers.getSetCookie();
    return somebody(gateway, set.split(';', 1)[0]);
  };
  const chief = { id: 'admin', name: NAME, password: PASSWORD };
  const admin = await enter('/api/v1/first-person', chief);
  const others = await Promise.all(
    STAFF.map(async (role) => {
      await admin.say('POST /api/v1/people', { id: role, name: NAME, role, password: PASSWORD });
      return [role, await enter('/api/v1/session', { name: role, password: PASSWORD })] as const;
    }),
  );
  return { admin, ...(Object.fromEntries(others) as Omit<People, 'admin'>) };
}

/** Waits as long as a person needs who reads a form, and sends it; gives the page of the report. */
export async function report(
  { url }: Pick<GatewayProcess, 'url'>,
  fields: Readonly<Record<string, string>>,
): Promise<string> {
  const page = await (await fetch(`${url}/r/k1`)).text();
  const [, token = ''] = /name="token" value="([^"]*)"/.exec(page) ?? [];
  const send = async (): Promise<Response> => {
    const body = new FormData();
    for (const [name, value] of Object.entries({ token, kind: 'fault', ...fields }))
      body.set(name, value);
    return fetch(`${url}/r/k1`, { method: 'POST', body, redirect: 'manual' });
  };
  let answer = await send();
  await until('the form is old enough', async () => {
    if (answer.status !== 303) answer = await send();
    return answer.status === 303;
  });
  return (answer.headers.get('location') ?? '').split('?', 1)[0] ?? '';
}

export async function sendForm(
  url: string,
  fields: Readonly<Record<string, string>>,
): Promise<Response> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return fetch(url, { method: 'POST', body, redirect: 'manual' });
}

/** A full bin and what else devices say: names, words for numbers, topics that nobody knows. */
export async function devices(gateway: GatewayProcess, who: Somebody): Promise<AlarmView> {
  const turnedAway = mqtt.connectAsync(gateway.mqttUrl, { clientId: SEEN }, false);
  await expect(turnedAway).rejects.toThrow('refused');
  const client = await mqtt.connectAsync(gateway.mqttUrl, { clientId: 'sensor', username: NAME });
  const say = (topic: string, words: string) =>
    client.publishAsync(`courtyard/yard/${topic}`, words, { qos: 1 });
  await say('b1/status', WORDS);
  await say(`${NAME.replaceAll(/[+#/]/g, '')}/telemetry`, WORDS);
  await say('b2/telemetry', WORDS);
  await say('b2/telemetry', JSON.stringify({ seq: 3, fill: WORDS, [NAME]: 4 }));
  await say('b2/telemetry', JSON.stringify({ seq: 4, fill: 0.5, at: TITLE }));
  await say('b1/telemetry', JSON.stringify({ seq: 1, fill: 0.95 }));
  const alarms = () => who.say<AlarmView[]>('GET /api/v1/alarms');
  await until('the bin is full', async () => (await alarms()).length > 0, 30_000);
  await client.endAsync(true);
  return (await alarms())[0]!;
}

export const yardProcess = async (more = ''): Promise<GatewayProcess> => {
  const gateway = await gatewayProcess(YARD(more));
  await gateway.start();
  return gateway;
};
