// Who is on this machine and who came through a proxy on it: a border that headers may not move.
import type { InjectOptions } from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { callerOf, UNSAID, type Caller } from '../../gateway/api/caller.ts';
import { buildServer } from '../../gateway/api/server.ts';
import type { SessionView } from '../../gateway/api/schemas.ts';
import { face, problemIn, type Face } from './face.ts';
import { handAccounts, person } from '../fakes/hand-accounts.ts';
import { handDesk } from '../fakes/hand-desk.ts';
import { PASSWORD, staffedFace } from './staffed-face.ts';

const HERE = '127.0.0.1';
const PROXY = '10.0.0.5';
const RESIDENT = '203.0.113.9';
const PUBLIC = 'luyuan.example';

interface From {
  readonly peer?: string;
  readonly trusted?: readonly string[];
  readonly headers?: Record<string, string>;
}

/** As whom the server counts a request. */
async function countedAs({ peer = HERE, trusted = [], headers = {} }: From): Promise<Caller> {
  const seen: Caller[] = [];
  const app = await buildServer({
    desk: handDesk(),
    logger: false,
    version: '1',
    hostNames: [PUBLIC],
    trustedProxies: trusted,
  });
  onTestFinished(() => app.close());
  app.addHook('onRequest', async (request) => void seen.push(callerOf(request)));
  await app.inject({ url: '/healthz', remoteAddress: peer, headers });
  const [caller] = seen;
  if (!caller) throw new Error('the request did not come through the gate');
  return caller;
}

const forwarded = (list: string, more: Record<string, string> = {}) => ({
  'x-forwarded-for': list,
  ...more,
});

describe('a request counts as coming from', () => {
  it('its socket, where nothing says that it was passed on', async () => {
    expect(await countedAs({})).toEqual({ address: HERE });
    expect(await countedAs({ peer: '192.168.1.20' })).toEqual({ address: '192.168.1.20' });
    expect(await countedAs({ peer: '::ffff:192.168.1.20' })).toEqual({ address: '192.168.1.20' });
    expect(await countedAs({ trusted: [HERE] })).toEqual({ address: HERE });
  });

  const cases: [string, From, string][] = [
    [
      'the client that a trusted proxy names',
      { trusted: [HERE], headers: forwarded(RESIDENT) },
      RESIDENT,
    ],
    [
      'the last client, whatever that client had written before',
      { trusted: [HERE], headers: forwarded(`1.2.3.4, 127.0.0.1, ${RESIDENT}`) },
      RESIDENT,
    ],
    [
      'the client behind two trusted proxies',
      { peer: HERE, trusted: [HERE, '10.0.0.0/8'], headers: forwarded(`${RESIDENT}, ${PROXY}`) },
      RESIDENT,
    ],
    [
      'the nearest proxy that is not trusted',
      { trusted: [HERE], headers: forwarded(`${RESIDENT}, ${PROXY}`) },
      PROXY,
    ],
    [
      'a proxy of a trusted range, over a socket that hears both families',
      { peer: `::ffff:${PROXY}`, trusted: ['10.0.0.0/8'], headers: forwarded(RESIDENT) },
      RESIDENT,
    ],
    [
      'its socket, where that is no trusted proxy',
      { peer: '10.1.1.1', trusted: [HERE], headers: forwarded(RESIDENT) },
      '10.1.1.1',
    ],
    ['its socket, where no proxy is trusted', { peer: PROXY, headers: forwarded(RESIDENT) }, PROXY],
    [
      'nobody in particular, where a proxy of this machine is not trusted',
      { headers: forwarded(RESIDENT) },
      UNSAID,
    ],
    [
      'nobody in particular, where the client says to be this machine',
      { trusted: [HERE], headers: forwarded(HERE) },
      UNSAID,
    ],
  ];
  it.each(cases)('%s', async (_name, from, address) => {
    expect(await countedAs(from)).toEqual({ address, relayed: true });
  });

  it.each([
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '0:0:0:0:0:0:0:1',
    '127.1.2.3',
    '127.1',
    '0x7f.1',
    '2130706433',
    '0.0.0.0',
    '0',
    '::',
    '::1%lo',
    '[::1]',
    '127.0.0.1:4711',
    'localhost',
    'unknown',
    '',
    ' ',
    ', ,',
    '127.0.0.1, 127.0.0.1',
    '<script>',
    '1'.repeat(4000),
  ])('never this machine, though the header says %j', async (said) => {
    for (const trusted of [[], [HERE], [HERE, '10.0.0.0/8', '::1', 'fc00::/7']]) {
      const { address, relayed } = await countedAs({ trusted, headers: forwarded(said) });
      expect([address, relayed]).toEqual([UNSAID, true]);
    }
  });
});

const chen = person('chen');
const STAFF = { get: () => chen, all: () => [['chen', chen]] as const };

const sessionOf = async ({ app }: Face, what: InjectOptions): Promise<SessionView> =>
  (await app.inject({ url: '/api/v1/session', ...what })).json<SessionView>();

const MARKED: [string, Record<string, string>][] = [
  ['X-Forwarded-For', forwarded(HERE)],
  ['an empty X-Forwarded-For', forwarded('')],
  ['Forwarded', { forwarded: 'for=127.0.0.1' }],
  ['Via', { via: '1.1 caddy' }],
  ['X-Real-IP', { 'x-real-ip': HERE }],
  ['X-Forwarded-Proto', { 'x-forwarded-proto': 'https' }],
  ['X-Forwarded-Host', { 'x-forwarded-host': 'localhost' }],
  ['CF-Connecting-IP', { 'cf-connecting-ip': HERE }],
  ['the name of the world', { host: PUBLIC }],
];

describe('until there is a person', () => {
  for (const trustedProxies of [[], [HERE]]) {
    const how = trustedProxies.length > 0 ? 'trusted' : 'not trusted';
    it.each(MARKED)(
      `nobody is the engineer who comes with %s, the proxy ${how}`,
      async (_, headers) => {
        const house = await face({ trustedProxies, hostNames: [PUBLIC] });
        expect(await sessionOf(house, { headers })).toMatchObject({
          role: 'nobody',
          may: expect.any(Array),
        });
        problemIn(await house.get('/api/v1/assets', headers), 401);
        problemIn(await house.get('/api/v1/tickets', headers), 401);
        const first = { id: 'chen', name: '陈', password: PASSWORD };
        problemIn(await house.post('/api/v1/first-person', first, headers), 403);
        // Whoever stands before the machine is none the worse for it.
        expect(await sessionOf(house, {})).toMatchObject({ role: 'engineer' });
      },
    );
  }

  it('neither is anybody of the network', async () => {
    const house = await face({ trustedProxies: ['10.0.0.0/8'] });
    for (const headers of [{}, forwarded(HERE), forwarded('::1')])
      expect(await sessionOf(house, { remoteAddress: PROXY, headers })).toMatchObject({
        role: 'nobody',
      });
  });

  it('who visits a demonstration through a proxy is nobody, too', async () => {
    const accounts = handAccounts({ people: STAFF, visitors: 'engineer' });
    expect(accounts.whoIs({ address: HERE }).role).toBe('engineer');
    expect(accounts.whoIs({ address: HERE, relayed: true }).role).toBe('nobody');
  });
});

describe('the key of this machine’s commands', () => {
  it('opens here, and nothing to whoever shows it through a proxy', () => {
    const accounts = handAccounts({ commandKey: 'the key', people: STAFF });
    const token = 'the key';
    expect(accounts.whoIs({ address: HERE, token }).role).toBe('admin');
    expect(accounts.whoIs({ address: '192.168.1.5', token }).role).toBe('admin');
    expect(accounts.whoIs({ address: RESIDENT, relayed: true, token }).role).toBe('nobody');
    expect(accounts.whoIs({ address: HERE, relayed: true, token }).role).toBe('nobody');
  });
});

describe('who guesses a password through a proxy', () => {
  const guess = ({ app }: Face, from: string, name: string, password = 'not the password') =>
    app.inject({
      method: 'POST',
      url: '/api/v1/session',
      headers: { 'content-type': 'application/json', host: PUBLIC, ...forwarded(from) },
      payload: { name, password },
    });

  it('does not shut out the next one’s address, where the proxy is trusted', async () => {
    const house = await staffedFace({}, { trustedProxies: [HERE], hostNames: [PUBLIC] });
    for (let n = 0; n < 12; n += 1) await guess(house, RESIDENT, `nobody-${n}`);
    problemIn(await guess(house, RESIDENT, 'manager', PASSWORD), 429);
    expect((await guess(house, '203.0.113.10', 'manager', PASSWORD)).statusCode).toBe(200);
  });

  it('does not get a new address by writing one, where the proxy adds to what it was sent', async () => {
    const house = await staffedFace({}, { trustedProxies: [HERE], hostNames: [PUBLIC] });
    for (let n = 0; n < 12; n += 1)
      await guess(house, `198.51.100.${n}, ${RESIDENT}`, `nobody-${n}`);
    problemIn(await guess(house, `198.51.100.99, ${RESIDENT}`, 'manager', PASSWORD), 429);
  });

  it('shares one address with all who come so, where it is not: and never that of this machine', async () => {
    const house = await staffedFace({}, { hostNames: [PUBLIC] });
    for (let n = 0; n < 12; n += 1) await guess(house, RESIDENT, `nobody-${n}`);
    problemIn(await guess(house, '203.0.113.10', 'manager', PASSWORD), 429);
    const here = await house.post('/api/v1/session', { name: 'manager', password: PASSWORD });
    expect(here.statusCode).toBe(200);
  });

  it('does not lock out the one of that name who stands before the machine', async () => {
    const house = await staffedFace({}, { trustedProxies: [HERE], hostNames: [PUBLIC] });
    await guess(house, HERE, 'admin');
    const here = await house.post('/api/v1/session', { name: 'admin', password: PASSWORD });
    expect(here.statusCode).toBe(200);
  });
});

describe('the cookie', () => {
  const secureOf = async (trustedProxies: string[], proto: string) => {
    const house = await staffedFace({}, { trustedProxies, hostNames: [PUBLIC] });
    const headers = { host: PUBLIC, ...forwarded(RESIDENT), 'x-forwarded-proto': proto };
    const entered = await house.post(
      '/api/v1/session',
      { name: 'manager', password: PASSWORD },
      headers,
    );
    return entered.cookies.find(({ name }) => name === 'courtyard_session')?.secure === true;
  };

  it('goes over https alone where a trusted proxy says that it came by https', async () => {
    expect(await secureOf([HERE], 'https')).toBe(true);
    expect(await secureOf([HERE], 'http')).toBe(false);
    expect(await secureOf([], 'https')).toBe(false);
    expect(await secureOf(['10.0.0.0/8'], 'https')).toBe(false);
  });
});
