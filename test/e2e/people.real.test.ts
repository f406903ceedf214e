// The real process and its people: from nobody to an admin, an engineer who works, one who is shut
// out, and all of it after a restart, when it listens where the site file says.
import { execFile } from 'node:child_process';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SessionView, TicketView } from '../../gateway/api/schemas.ts';
import { ROOT } from '../tools.ts';
import { gatewayProcess, type GatewayProcess } from './gateway-process.ts';

const SITE = `version: 1
http: { host: 0.0.0.0, port: HTTP_PORT }
store: { dir: DIR/store }
site: { id: yard, name: Yard, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
stations: [{ id: k1, name: K1, scales: [{ id: s-a }] }]
sources: [{ id: broker, kind: mqtt-broker, host: 0.0.0.0, port: MQTT_PORT }]
devices: [{ id: a, source: broker, decoder: courtyard-json, asset: s-a }]
`;
const PASSWORD = 'a lamp by the gate';

interface Told<T> {
  readonly status: number;
  readonly cookie: string;
  readonly body: T;
}

async function ask<T>(
  gateway: Pick<GatewayProcess, 'url'>,
  what: string,
  { cookie = '', body }: { readonly cookie?: string; readonly body?: unknown } = {},
): Promise<Told<T>> {
  const [method = '', where = ''] = what.split(' ');
  const headers = { 'content-type': 'application/json', ...(cookie !== '' && { cookie }) };
  const sent = method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) };
  const response = await fetch(gateway.url + where, { method, headers, ...sent });
  const [set = ''] = response.headers.getSetCookie();
  return {
    status: response.status,
    cookie: set.split(';', 1)[0] ?? '',
    body: (await response.json()) as T,
  };
}

const run = (words: readonly string[], input = ''): Promise<{ code: number; out: string }> =>
  new Promise((resolve) => {
    const child = execFile(path.join(ROOT, 'bin/courtyard'), words, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out: out + err });
    });
    child.stdin?.end(input);
  });

/** An address of this machine that the network knows it by; loopback’s second where it has none. */
const networkAddress = (): string =>
  Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === 'IPv4' && !one.internal)?.address ?? '127.0.0.2';

describe('the people of a real gateway', () => {
  it('come in, work, are shut out at once, and are all there after a restart', async () => {
    const gateway = await gatewayProcess(SITE);
    const config = path.join(gateway.dir, 'site.yaml');
    await gateway.start();

    const first = { id: 'chen', name: '陈', password: PASSWORD };
    const made = await ask<SessionView>(gateway, 'POST /api/v1/first-person', { body: first });
    expect([made.status, made.body.role]).toEqual([201, 'admin']);
    expect(made.body.opensAfterRestart).toMatch(/^0\.0\.0\.0:/);
    expect((await ask(gateway, 'GET /api/v1/assets')).status).toBe(401);
    const admin = made.cookie;

    const li = { id: 'li', name: '李', role: 'engineer', password: PASSWORD };
    expect((await ask(gateway, 'POST /api/v1/people', { cookie: admin, body: li })).status).toBe(
      201,
    );
    const sign = { name: 'li', password: PASSWORD };
    const entered = await ask(gateway, 'POST /api/v1/session', { body: sign });
    const engineer = entered.cookie;
    const ticket = { category: 'lamp', title: '7号灯不亮', place: '东路' };
    const raised = await ask<TicketView>(gateway, 'POST /api/v1/tickets', {
      cookie: engineer,
      body: ticket,
    });
    expect([raised.status, raised.body.raisedBy]).toEqual([201, 'li']);

    // A command on this machine asks the gateway that runs, without an account.
    const added = await run(
      ['user', 'add', 'wu', '--role', 'cleaner', '-c', config],
      `${PASSWORD}\n`,
    );
    expect(added).toMatchObject({
      code: 0,
      out: expect.stringContaining('wu is here, as cleaner'),
    });
    expect((await run(['token', 'create', 'a', '-c', config])).code).toBe(0);
    expect((await run(['user', 'disable', 'li', '-c', config])).code).toBe(0);
    const tickets = 'GET /api/v1/tickets';
    expect((await ask(gateway, tickets, { cookie: engineer })).status).toBe(401);

    await gateway.kill();
    await gateway.start();
    expect((await ask(gateway, tickets, { cookie: engineer })).status).toBe(401);
    const kept = await ask<TicketView[]>(gateway, tickets, { cookie: admin });
    expect(kept.body.map(({ raisedBy }) => raisedBy)).toEqual(['li']);
    const audit = await ask<{ entries: { on: string; id: string; action: string }[] }>(
      gateway,
      'GET /api/v1/audit',
      { cookie: admin },
    );
    expect(audit.body.entries.map(({ on, id, action }) => `${on} ${id} ${action}`)).toEqual(
      expect.arrayContaining([
        'person chen sign-in',
        'person li put',
        'person li sign-in',
        'device a make-secret',
        'person li disable',
      ]),
    );
    const people = await ask<{ id: string; state: string }[]>(gateway, 'GET /api/v1/people', {
      cookie: admin,
    });
    expect(people.body.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'chen active',
      'li disabled',
      'wu active',
    ]);
    const beyond = { url: gateway.url.replace('127.0.0.1', networkAddress()) };
    const there = await ask<SessionView>(beyond, 'GET /api/v1/session', { cookie: admin });
    expect([there.status, there.body.state]).toEqual([200, 'person']);
    expect(await gateway.stop()).toBe(0);
  }, 60_000);

  it('may begin with a command, before the gateway ever ran', async () => {
    const gateway = await gatewayProcess(SITE);
    const config = path.join(gateway.dir, 'site.yaml');
    expect((await run(['user', 'add', 'chen', '-c', config], `${PASSWORD}\n`)).code).toBe(0);
    await gateway.start();
    expect((await ask(gateway, 'GET /api/v1/assets')).status).toBe(401);
    const body = { name: 'chen', password: PASSWORD };
    const entered = await ask<SessionView>(gateway, 'POST /api/v1/session', { body });
    expect([entered.status, entered.body.role]).toEqual([200, 'admin']);
    expect(entered.body.opensAfterRestart).toBeUndefined();
    expect(await gateway.stop()).toBe(0);
  }, 60_000);
});
