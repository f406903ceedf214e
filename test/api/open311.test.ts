// A city's app at our door: what Open311 GeoReport v2 says of fields, filters and errors, and a whole
// session from the list of services to a request that is closed.
import { randomBytes } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import { beforeAll, onTestFinished, describe, expect, it } from 'vitest';
import { createReportDoor } from '../../gateway/api/report-door.ts';
import { buildServer } from '../../gateway/api/server.ts';
import { handDesk } from '../fakes/hand-desk.ts';
import { reportingSite, type ReportingSite } from '../fakes/reporting-site.ts';

const REQUEST_FIELDS = [
  'address',
  'address_id',
  'agency_responsible',
  'description',
  'expected_datetime',
  'lat',
  'long',
  'media_url',
  'requested_datetime',
  'service_code',
  'service_name',
  'service_notice',
  'service_request_id',
  'status',
  'status_notes',
  'updated_datetime',
  'zipcode',
];
const SERVICE_FIELDS = [
  'description',
  'group',
  'keywords',
  'metadata',
  'service_code',
  'service_name',
  'type',
];
const ATTRIBUTE_FIELDS = [
  'code',
  'datatype',
  'datatype_description',
  'description',
  'order',
  'required',
  'values',
  'variable',
];
const W3C = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const FIELDS = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
const DARK = {
  service_code: 'lamp',
  'attribute[spot]': 'lamp-1',
  description: '灯不亮',
  lat: '31.08',
  long: '121.39',
};

type Json = Record<string, unknown>;

/** Signing in is slow by design; once is enough for all. */
async function keyHolder() {
  const accounts = handDesk();
  const first = await accounts.firstPerson({
    id: 'admin',
    name: '陈',
    password: 'a lamp by the gate',
    shown: { address: '127.0.0.1' },
  });
  if (!first.ok) throw new Error(first.detail);
  return { accounts, key: first.value.token };
}

let holder: ReturnType<typeof keyHolder>;
beforeAll(() => void (holder = keyHolder()));

async function city() {
  const site = reportingSite();
  const { accounts, key } = await holder;
  const reportDoor = createReportDoor({ clock: site.clock, random: randomBytes });
  const desk = { ...accounts, ...site.desk() };
  const app = await buildServer({ desk, logger: false, version: '1', reportDoor });
  onTestFinished(() => app.close());
  const get = (path: string) => app.inject({ method: 'GET', url: `/open311/v2/${path}` });
  const send = (payload: string, headers: Record<string, string> = FIELDS) =>
    app.inject({ method: 'POST', url: '/open311/v2/requests.json', headers, payload });
  const tell = (fields: Json = {}) => {
    const all = { api_key: key, ...DARK, ...fields } as Record<string, string>;
    return send(new URLSearchParams(all).toString());
  };
  return { site, get, send, tell, key };
}

const requestIn = async (reply: Promise<LightMyRequestResponse>) => {
  const answer = await reply;
  expect(answer.statusCode).toBe(200);
  return answer.json<Json[]>()[0] ?? {};
};

const walk = async (site: ReportingSite) => {
  await site.does('engineer', 'answer', 'T1', { team: 'engineers', note: '今晚去看' });
  await site.does('engineer', 'decline', 'T1', { reason: '市政的灯，已转告，电话13800138000' });
};

describe('a session of an Open311 client', () => {
  it('goes from services to a closed request', async () => {
    const { site, get, tell } = await city();
    const services = (await get('services.json')).json<Json[]>();
    for (const service of services) expect(Object.keys(service).toSorted()).toEqual(SERVICE_FIELDS);
    expect(services).toHaveLength(16);
    expect(services.find(({ service_code }) => service_code === 'lamp')).toMatchObject({
      service_name: '灯坏了',
      metadata: true,
      type: 'realtime',
    });

    const definition = (await get('services/lamp.json')).json<{
      service_code: string;
      attributes: (Json & { values: Json[] })[];
    }>();
    expect(definition.service_code).toBe('lamp');
    for (const each of definition.attributes)
      expect(Object.keys(each).toSorted()).toEqual(ATTRIBUTE_FIELDS);
    expect(definition.attributes.map(({ code, required }) => [code, required])).toEqual([
      ['spot', true],
      ['kind', false],
    ]);
    expect(definition.attributes[0]?.values).toContainEqual({ key: 'lamp-1', name: '1号庭院灯' });

    const told = await requestIn(
      tell({ phone: '138 0013 8000', first_name: '王', email: 'a@b.c' }),
    );
    expect(Object.keys(told).toSorted()).toEqual([
      'account_id',
      'service_notice',
      'service_request_id',
    ]);
    expect(told['service_request_id']).toBe('T1');
    expect(await requestIn(get('tokens/T1.json'))).toEqual({
      service_request_id: 'T1',
      token: 'T1',
    });

    const open = await requestIn(get('requests/T1.json'));
    expect(Object.keys(open).toSorted()).toEqual(REQUEST_FIELDS);
    expect(open).toMatchObject({
      status: 'open',
      status_notes: null,
      service_code: 'lamp',
      description: '灯不亮',
      agency_responsible: '物业工程',
      address: '1号庭院灯',
      address_id: 'lamp-1',
      lat: 31.08,
      long: 121.39,
    });
    for (const name of ['requested', 'updated', 'expected'])
      expect(open[`${name}_datetime`]).toMatch(W3C);
    expect(Date.parse(String(open['expected_datetime']))).toBe(site.ticket('T1')?.dueAt);

    await walk(site);
    const closed = await requestIn(get('requests/T1.json'));
    expect(closed).toMatchObject({
      status: 'closed',
      status_notes: '市政的灯，已转告，电话☎',
      expected_datetime: null,
    });
    expect(JSON.stringify([closed, site.audit])).not.toMatch(/138|王|a@b\.c/);
  });

  it('opens the follow page with what it was told beside', async () => {
    const { site, tell } = await city();
    const { service_notice } = await requestIn(tell());
    const [, secret = ''] = /\/f\/([\w-]+)$/.exec(String(service_notice)) ?? [];
    expect(await site.desk().follow(secret)).toMatchObject({ ok: true, value: { number: 1 } });
  });

  it('tells an idea, which is closed by its answer', async () => {
    const { site, get, tell } = await city();
    await tell({ 'attribute[kind]': 'suggestion', description: '加一盏灯' });
    await site.does('manager', 'answer', 'T1', { team: 'managers', note: '明年' });
    expect(await requestIn(get('requests/T1.json'))).toMatchObject({
      status: 'closed',
      status_notes: '明年',
    });
  });

  it('shows of a page’s report what it is about, and not the resident’s own words', async () => {
    const { site, get } = await city();
    await site.tells({ words: '五单元老王家的灯' });
    expect(await requestIn(get('requests.json'))).toMatchObject({
      description: '1号庭院灯 路灯故障',
    });
  });

  it('goes on with what its ticket was merged into', async () => {
    const { site, get, tell } = await city();
    await tell();
    await tell({ 'attribute[spot]': 'lamp-2' });
    await site.does('engineer', 'merge', 'T2', { into: 'T1', reason: '同一回路' });
    expect(await requestIn(get('requests/T2.json'))).toMatchObject({ status: 'open' });
    await walk(site);
    expect(await requestIn(get('requests/T2.json'))).toMatchObject({ status: 'closed' });
  });
});

describe('the list of requests', () => {
  it.each([
    ['', ['T2', 'T1']],
    ['status=open', ['T2']],
    ['status=closed', ['T1']],
    ['status=open,closed', ['T2', 'T1']],
    ['service_code=drain', ['T2']],
    ['service_code=drain,lamp', ['T2', 'T1']],
    ['service_code=noise', []],
    ['service_request_id=T1,T9', ['T1']],
    ['service_request_id=T1&status=open', ['T1']],
    ['start_date=2026-11-02T10:00:00%2B08:00', ['T2', 'T1']],
    ['start_date=2026-11-02T10:30:00+08:00', ['T2']],
    ['start_date=2026-11-01&end_date=2026-11-02T10:30:00%2B08:00', ['T1']],
    ['end_date=2026-11-01', []],
    ['api_key=x&jurisdiction_id=y', ['T2', 'T1']],
  ])('with “%s” has %j', async (query, ids) => {
    const { site, get } = await city();
    await site.tells();
    await walk(site);
    site.moveTo('2026-11-02T11:00:00+08:00');
    await site.tells({ spot: 'k1', category: 'drain' });
    const found = (await get(`requests.json?${query}`)).json<Json[]>();
    expect(found.map(({ service_request_id }) => service_request_id)).toEqual(ids);
  });

  it('leaves out what no resident told of', async () => {
    const { site, get } = await city();
    site.hears('k1-wet', 'fill', 0.95);
    site.moveTo('2026-11-02T10:11:00+08:00');
    expect(site.ticket('T1')).toBeDefined();
    expect((await get('requests.json')).json()).toEqual([]);
    expect((await get('requests/T1.json')).statusCode).toBe(404);
  });

  it('is not asked for without end', async () => {
    const { get } = await city();
    const all = await Promise.all(Array.from({ length: 31 }, () => get('requests.json')));
    expect(all.map(({ statusCode }) => statusCode).filter((code) => code === 429)).toHaveLength(1);
    expect(all.at(-1)?.headers['retry-after']).toBeDefined();
  });
});

describe('an error', () => {
  const errorsIn = (reply: LightMyRequestResponse) => {
    const errors = reply.json<{ code: number; description: string }[]>();
    expect(reply.headers['content-type']).toBe('application/json; charset=utf-8');
    for (const error of errors) {
      expect(Object.keys(error).toSorted()).toEqual(['code', 'description']);
      expect(error.code).toBe(reply.statusCode);
    }
    return [reply.statusCode, errors.length];
  };

  it.each([
    ['services/rocket.json', 404],
    ['services/gateway.json', 404],
    ['services/lamp', 404],
    ['requests/T7.json', 404],
    ['requests/%27.json', 404],
    ['tokens/T7.json', 404],
    ['nothing', 404],
    ['services.xml', 406],
    ['services/lamp.xml', 406],
    ['requests.xml?status=open', 406],
    ['requests.json?status=new', 400],
    ['requests.json?start_date=yesterday', 400],
    ['requests.json?start_date=2026-11-01T10:00:00', 400],
    ['requests.json?start_date=2026-01-01&end_date=2026-06-01', 400],
    ['requests.json?start_date=2026-06-01&end_date=2026-05-01', 400],
  ])('answers GET %s with %d', async (path, status) => {
    const { get } = await city();
    expect(errorsIn(await get(path))).toEqual([status, 1]);
  });

  it('says all that is wrong with what is told', async () => {
    const { tell } = await city();
    const wrong = {
      'attribute[spot]': '',
      description: ' ',
      'attribute[kind]': 'joke',
      phone: 'x',
    };
    expect(errorsIn(await tell(wrong))).toEqual([400, 4]);
  });

  it.each<[string, Json, number]>([
    ['no key', { api_key: '' }, 403],
    ['a wrong key', { api_key: 'guess' }, 403],
    ['no such service', { service_code: 'rocket' }, 404],
    ['no service', { service_code: '' }, 400],
    ['no such place', { 'attribute[spot]': 'moon' }, 400],
    ['4,001 letters', { description: 'a'.repeat(4001) }, 400],
    ['65,000 letters', { description: 'a'.repeat(65_000) }, 400],
  ])('answers %s', async (_, fields, status) => {
    const { tell, site } = await city();
    expect(errorsIn(await tell(fields))).toEqual([status, 1]);
    expect(site.ticket('T1')).toBeUndefined();
  });

  it('answers another kind of body, and one that is too large, in the same shape', async () => {
    const { send, key } = await city();
    const json = { 'content-type': 'application/json' };
    expect(errorsIn(await send(JSON.stringify({ api_key: key }), json))).toEqual([400, 1]);
    expect(errorsIn(await send(`description=${'x'.repeat(70_000)}`))).toEqual([400, 1]);
    const bytes = Buffer.from([0x64, 0x3d, 0xff, 0xfe]).toString('latin1');
    expect(errorsIn(await send(bytes, FIELDS))[0]).toBe(403);
  });

  it('answers another site’s page', async () => {
    const { send, key } = await city();
    const foreign = { ...FIELDS, origin: 'https://evil.example' };
    expect(errorsIn(await send(`api_key=${key}`, foreign))).toEqual([403, 1]);
  });

  it('takes a thousand-fold of reports for what it is', async () => {
    const { tell } = await city();
    const all = await Promise.all(Array.from({ length: 8 }, () => tell()));
    const refused = all.filter(({ statusCode }) => statusCode === 429);
    expect(refused).toHaveLength(2);
    for (const reply of refused) expect(errorsIn(reply)).toEqual([429, 1]);
  });
});
