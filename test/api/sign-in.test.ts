// Coming in, and everything that somebody might try instead.
import type { LightMyRequestResponse } from 'fastify';
import { describe, expect, it } from 'vitest';
import type { NewKeyView, SessionView, TokenView } from '../../gateway/api/schemas.ts';
import { until } from '../tools.ts';
import { face, problemIn, type Face } from './face.ts';
import { PASSWORD, staffedFace } from './staffed-face.ts';

const FIRST = { id: 'chen', name: '陈', password: PASSWORD };

const cookieIn = (response: LightMyRequestResponse) => {
  const cookie = response.cookies.find(({ name }) => name === 'courtyard_session');
  if (!cookie) throw new Error(`no cookie came: ${response.body}`);
  return cookie;
};
const withCookie = (token: string) => ({ cookie: `courtyard_session=${token}` });
const signIn = ({ post }: Face, name: string, password: string, headers = {}) =>
  post('/api/v1/session', { name, password }, headers);
const sessionOf = async ({ get }: Face, headers = {}) =>
  (await get('/api/v1/session', headers)).json<SessionView>();

describe('until there is a person', () => {
  it('whoever is on this machine is the engineer, and may make the first admin', async () => {
    const house = await face();
    expect(await sessionOf(house)).toMatchObject({ state: 'unclaimed', role: 'engineer' });
    const made = await house.post('/api/v1/first-person', FIRST);
    expect(made.statusCode).toBe(201);
    expect(made.json()).toMatchObject({ state: 'person', role: 'admin', id: 'chen', name: '陈' });
    const headers = withCookie(cookieIn(made).value);
    expect(await sessionOf(house, headers)).toMatchObject({ state: 'person', id: 'chen' });
    expect(await sessionOf(house)).toMatchObject({ state: 'nobody', role: 'nobody' });
    problemIn(await house.get('/api/v1/assets'), 401);
    problemIn(await house.post('/api/v1/first-person', { ...FIRST, id: 'li' }), 409);
  });

  it('nobody comes first through a proxy, behind which the whole world is on this machine', async () => {
    const { post } = await face();
    problemIn(await post('/api/v1/first-person', FIRST, { 'x-forwarded-for': '203.0.113.9' }), 403);
  });

  it('two who come first at once are one', async () => {
    const { post } = await face();
    const answers = await Promise.all(
      ['a1', 'b2', 'c3', 'd4'].map((id) => post('/api/v1/first-person', { ...FIRST, id })),
    );
    const statuses = answers.map(({ statusCode }) => String(statusCode));
    expect(statuses.toSorted()).toEqual(['201', '409', '409', '409']);
  });

  it('a password that everybody tries first is refused', async () => {
    const { post } = await face();
    problemIn(await post('/api/v1/first-person', { ...FIRST, password: 'password1' }), 422);
    problemIn(await post('/api/v1/first-person', { ...FIRST, password: 'short' }), 400);
  });
});

describe('the cookie', () => {
  it('is opaque, for no script and for no other site', async () => {
    const house = await staffedFace();
    const cookie = cookieIn(await signIn(house, 'engineer', PASSWORD));
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' });
    expect(cookie).not.toHaveProperty('secure');
    expect(Buffer.from(cookie.value, 'base64url')).toHaveLength(32);
  });

  it('goes over https alone where the world comes by https', async () => {
    const house = await face({ secureCookies: true });
    const made = await house.post('/api/v1/first-person', FIRST);
    expect(cookieIn(made)).toMatchObject({ secure: true });
  });

  it('that was planted before signing in is worth nothing after, and the old session ends', async () => {
    const house = await staffedFace();
    const planted = await signIn(house, 'engineer', PASSWORD, withCookie('A'.repeat(43)));
    expect(cookieIn(planted).value).not.toBe('A'.repeat(43));
    const before = cookieIn(planted).value;
    const again = cookieIn(await signIn(house, 'engineer', PASSWORD, withCookie(before))).value;
    expect(again).not.toBe(before);
    expect((await sessionOf(house, withCookie(before))).state).toBe('nobody');
    expect((await sessionOf(house, withCookie(again))).state).toBe('person');
  });

  it('of one who signed out opens nothing, wherever it was copied to', async () => {
    const house = await staffedFace();
    const headers = withCookie(house.cookies.get('engineer') ?? '');
    expect((await house.get('/api/v1/assets', headers)).statusCode).toBe(200);
    const out = await house.as('engineer', { method: 'DELETE', url: '/api/v1/session' });
    expect(out.json()).toMatchObject({ state: 'nobody' });
    expect(cookieIn(out).value).toBe('');
    problemIn(await house.get('/api/v1/assets', headers), 401);
  });
});

describe('who guesses', () => {
  it('hears the same of a wrong password, of nobody, and of one who is disabled', async () => {
    const house = await staffedFace();
    await house.as('admin', { method: 'POST', url: '/api/v1/people/cleaner/disable' });
    const heard = [
      problemIn(await signIn(house, 'engineer', 'not the password'), 401),
      problemIn(await signIn(house, 'no-such-person', 'not the password'), 401),
      problemIn(await signIn(house, 'cleaner', PASSWORD), 401),
    ];
    expect(new Set(heard.map((problem) => JSON.stringify(problem))).size).toBe(1);
  });

  it('must wait, and is told how long; the right password has to wait as well', async () => {
    const house = await staffedFace();
    problemIn(await signIn(house, 'engineer', 'not the password'), 401);
    const early = await signIn(house, 'engineer', PASSWORD);
    problemIn(early, 429);
    expect(early.headers['retry-after']).toBe('1');
    expect((await signIn(house, 'manager', PASSWORD)).statusCode).toBe(200);
  });

  it('gets one guess out of a hundred that come at once', async () => {
    const house = await staffedFace();
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) => signIn(house, 'engineer', `guess number ${n}`)),
    );
    const statuses = answers.map(({ statusCode }) => statusCode);
    expect(statuses.filter((status) => status === 401)).toHaveLength(1);
    expect(statuses.filter((status) => status === 429)).toHaveLength(99);
  });

  it('finds no token: what opens nothing is nobody', async () => {
    const house = await staffedFace();
    for (const token of ['', 'x', 'undefined', '0'.repeat(43), '../../etc/passwd'])
      expect((await sessionOf(house, withCookie(token))).state).toBe('nobody');
    problemIn(await house.get('/api/v1/assets', { authorization: 'Bearer null' }), 401);
  });
});

describe('one who is disabled', () => {
  it('is out with the next request, with every session and key', async () => {
    const house = await staffedFace();
    const made = await house.as('manager', {
      method: 'POST',
      url: '/api/v1/keys',
      payload: { name: 'report' },
    });
    const key = { authorization: `Bearer ${made.json<NewKeyView>().key}` };
    expect((await house.get('/api/v1/ledger', key)).statusCode).toBe(200);
    const done = await house.as('admin', { method: 'POST', url: '/api/v1/people/manager/disable' });
    expect(done.json()).toMatchObject({ id: 'manager', state: 'disabled' });
    problemIn(await house.get('/api/v1/ledger', key), 401);
    problemIn(await house.as('manager', { method: 'GET', url: '/api/v1/assets' }), 401);
    await house.as('admin', { method: 'POST', url: '/api/v1/people/manager/enable' });
    problemIn(await house.get('/api/v1/ledger', key), 401);
    expect((await signIn(house, 'manager', PASSWORD)).statusCode).toBe(200);
  });

  it('hears not a line more of the live stream, nor does one who signed out or has another role', async () => {
    const house = await staffedFace();
    const url = await house.app.listen({ host: '127.0.0.1', port: 0 });
    const listen = async (who: 'engineer' | 'cleaner' | 'reviewer') => {
      const headers = withCookie(house.cookies.get(who) ?? '');
      const stream = await fetch(`${url}/api/v1/live`, { headers });
      let isOver = false;
      void stream.text().then(() => (isOver = true)); // ends only when the gateway ends it
      return () => isOver;
    };
    const streams = [await listen('engineer'), await listen('cleaner'), await listen('reviewer')];
    await until('three listen', () => house.desk.watchers() === 3);
    await house.as('admin', { method: 'POST', url: '/api/v1/people/engineer/disable' });
    await house.as('cleaner', { method: 'DELETE', url: '/api/v1/session' });
    const change = { name: 'reviewer', role: 'volunteer', teams: [], buildings: [], duty: [] };
    const reviewer = '/api/v1/people/reviewer';
    // A role's name is nobody else's: so it is said of the id too.
    problemIn(await house.as('admin', { method: 'PUT', url: reviewer, payload: change }), 422);
    await house.as('admin', { method: 'POST', url: `${reviewer}/disable` });
    await until('all three streams have ended', () => streams.every((isOver) => isOver()));
    expect(house.desk.watchers()).toBe(0);
  });
});

describe('a password', () => {
  const path = (id: string) => `/api/v1/people/${id}/password`;
  const NEW = 'the door is green now';

  it('of one’s own is changed with the old one, and every other session ends', async () => {
    const house = await staffedFace();
    const other = withCookie(cookieIn(await signIn(house, 'engineer', PASSWORD)).value);
    const ask = (payload: object) =>
      house.as('engineer', { method: 'POST', url: path('engineer'), payload });
    problemIn(await ask({ password: NEW }), 422);
    const changed = await ask({ password: NEW, old: PASSWORD });
    expect(changed.statusCode).toBe(200);
    expect((await sessionOf(house, other)).state).toBe('nobody');
    expect((await sessionOf(house, withCookie(house.cookies.get('engineer') ?? ''))).state).toBe(
      'nobody',
    );
    expect((await sessionOf(house, withCookie(cookieIn(changed).value))).state).toBe('person');
    problemIn(await signIn(house, 'engineer', PASSWORD), 401);
  });

  it('of one’s own is not guessed through an open session', async () => {
    const house = await staffedFace();
    const ask = (old: string) =>
      house.as('engineer', {
        method: 'POST',
        url: path('engineer'),
        payload: { password: NEW, old },
      });
    problemIn(await ask('not the old one'), 403);
    problemIn(await ask(PASSWORD), 429);
  });

  it('of somebody else is an admin’s to reset, and nobody else’s', async () => {
    const house = await staffedFace();
    const payload = { password: NEW };
    const reset = (who: 'manager' | 'admin') =>
      house.as(who, { method: 'POST', url: path('engineer'), payload });
    problemIn(await reset('manager'), 403);
    expect((await reset('admin')).statusCode).toBe(200);
    problemIn(await house.as('engineer', { method: 'GET', url: '/api/v1/assets' }), 401);
    expect((await signIn(house, 'engineer', NEW)).statusCode).toBe(200);
  });

  it('and a token stand in no answer but the one that makes a key', async () => {
    const house = await staffedFace();
    const urls = ['people', 'tokens?of=all', 'session'].map((name) => `/api/v1/${name}`);
    const answers = await Promise.all(urls.map((url) => house.as('admin', { method: 'GET', url })));
    const told = answers.map(({ body }) => body).join(' ');
    expect(told).not.toMatch(/argon2|digest/);
    for (const token of house.cookies.values()) expect(told).not.toContain(token);
  });
});

describe('a key', () => {
  const make = (
    house: Awaited<ReturnType<typeof staffedFace>>,
    who: 'manager' | 'admin',
    payload: object,
  ) => house.as(who, { method: 'POST', url: '/api/v1/keys', payload });

  it('reaches no further than its maker, nor after them, nor past its end', async () => {
    const house = await staffedFace();
    problemIn(await make(house, 'manager', { name: 'x', role: 'admin' }), 403);
    problemIn(await make(house, 'manager', { name: 'x', endsAt: '2020-01-01T00:00:00Z' }), 422);
    const made = await make(house, 'admin', { name: 'report', role: 'reviewer' });
    const { key, id } = made.json<NewKeyView>();
    const shown = { authorization: `Bearer ${key}` };
    expect(await sessionOf(house, shown)).toMatchObject({
      state: 'key',
      role: 'reviewer',
      id: 'admin',
    });
    expect((await house.get('/api/v1/ledger', shown)).statusCode).toBe(200);
    problemIn(await house.get('/api/v1/intake', shown), 403);
    const ended = await house.as('admin', { method: 'DELETE', url: `/api/v1/tokens/${id}` });
    expect(ended.json<TokenView>()).toMatchObject({ id, kind: 'key', name: 'report' });
    problemIn(await house.get('/api/v1/ledger', shown), 401);
  });

  it('makes no keys and changes no password', async () => {
    const house = await staffedFace();
    const { key } = (await make(house, 'admin', { name: 'all' })).json<NewKeyView>();
    const shown = { authorization: `Bearer ${key}` };
    problemIn(await house.post('/api/v1/keys', { name: 'another' }, shown), 403);
    const body = { password: 'the door is green now', old: PASSWORD };
    problemIn(await house.post('/api/v1/people/admin/password', body, shown), 403);
  });
});

describe('a station’s screen', () => {
  it('shows digits, is let in by a manager, and reads its station from then on', async () => {
    const house = await staffedFace();
    const { code, ticket } = (await house.post('/api/v1/displays/code')).json<{
      code: string;
      ticket: string;
    }>();
    expect(code).toMatch(/^\d{6}$/);
    const ask = () => house.post('/api/v1/displays/pairing', { ticket });
    expect((await ask()).json()).toEqual({ state: 'waiting' });
    const pair = (payload: object) =>
      house.as('manager', { method: 'POST', url: '/api/v1/displays/pair', payload });
    problemIn(await pair({ code, station: 'k99' }), 422);
    problemIn(await pair({ code: code === '000000' ? '000001' : '000000', station: 'k2' }), 404);
    expect((await pair({ code, station: 'k2' })).json()).toMatchObject({
      kind: 'display',
      station: 'k2',
    });
    problemIn(await pair({ code, station: 'k1' }), 404);
    const paired = await ask();
    expect(paired.json()).toEqual({ state: 'paired', station: 'k2' });
    problemIn(await ask(), 404);
    const shown = withCookie(cookieIn(paired).value);
    expect(await sessionOf(house, shown)).toMatchObject({ state: 'display', station: 'k2' });
    problemIn(await house.get('/api/v1/tickets', shown), 403);
  });
});

describe('who asks who they are', () => {
  it('is told what they may ask for, and that alone', async () => {
    const house = await staffedFace();
    const mayOf = async (who: 'display' | 'cleaner' | 'admin') =>
      (await house.as(who, { method: 'GET', url: '/api/v1/session' })).json<SessionView>().may;
    expect(await mayOf('display')).toContain('listAssets');
    expect(await mayOf('display')).not.toContain('listTickets');
    expect(await mayOf('cleaner')).not.toContain('listPeople');
    expect(await mayOf('admin')).toEqual(expect.arrayContaining(['addPerson', 'listTokens']));
  });
});
