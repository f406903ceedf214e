// A city's app and the real process: it reads the services, fills in what a definition asks for, tells of
// a fault and looks until it is closed, while people who work here walk the ticket. Every field is of the
// type that Open311 GeoReport v2 gives it, and every mistake is answered as it wants mistakes answered.
import { describe, expect, it } from 'vitest';
import type { TicketView } from '../../gateway/api/schemas.ts';
import { until } from '../tools.ts';
import type { GatewayProcess } from './gateway-process.ts';
import { people, sendForm, yardProcess, type People } from './hostile-yard.ts';

type Json = Readonly<Record<string, unknown>>;
interface Said<T> {
  readonly status: number;
  readonly type: string;
  readonly body: T;
}

const W3C = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)$/;
const text = expect.any(String);
const REQUEST = {
  service_request_id: text,
  status: expect.stringMatching(/^(?:open|closed)$/),
  status_notes: null,
  service_name: text,
  service_code: 'drain',
  description: 'the drain by the gate is blocked',
  agency_responsible: text,
  service_notice: null,
  requested_datetime: expect.stringMatching(W3C),
  updated_datetime: expect.stringMatching(W3C),
  expected_datetime: expect.stringMatching(W3C),
  address: text,
  address_id: 'k1',
  zipcode: null,
  lat: 31.08,
  long: 121.39,
  media_url: null,
};

function client({ url }: Pick<GatewayProcess, 'url'>) {
  const ask = async <T>(path: string, sent?: RequestInit): Promise<Said<T>> => {
    const response = await fetch(`${url}/open311/v2/${path}`, sent);
    const type = response.headers.get('content-type') ?? '';
    return { status: response.status, type, body: (await response.json()) as T };
  };
  return {
    get: <T = Json[]>(path: string) => ask<T>(path),
    post: <T = Json[]>(fields: Readonly<Record<string, string>>) =>
      ask<T>('requests.json', { method: 'POST', body: new URLSearchParams(fields) }),
  };
}

const keyOf = async ({ manager }: People): Promise<string> =>
  (await manager.say<{ key: string }>('POST /api/v1/keys', { name: 'city' })).key;

/** Each step by whoever may take it. */
async function mend({ engineer, committee, reviewer, manager }: People, id: string): Promise<void> {
  const on = (verb: string): string => `POST /api/v1/tickets/${id}/${verb}`;
  await manager.say(on('answer'), { team: 'engineers', note: 'we come today' });
  await engineer.say(on('rectify'), { note: 'cleared' });
  await committee.say(on('inspect'), { result: 'pass' });
  await reviewer.say(on('look-back'), { result: 'pass' });
}

describe('a client of Open311', () => {
  it('finds the services, tells of a fault and sees it closed', async () => {
    const gateway = await yardProcess();
    const who = await people(gateway);
    const { get, post } = client(gateway);
    const services = await get('services.json');
    expect([services.status, services.type]).toEqual([200, 'application/json; charset=utf-8']);
    for (const service of services.body)
      expect(service).toEqual({
        service_code: text,
        service_name: text,
        description: text,
        metadata: expect.any(Boolean),
        type: expect.stringMatching(/^(?:realtime|batch|blackbox)$/),
        keywords: text,
        group: text,
      });
    const definition = await get<{ service_code: string; attributes: Json[] }>(
      'services/drain.json',
    );
    expect(definition.body.service_code).toBe('drain');
    for (const attribute of definition.body.attributes)
      expect(attribute).toEqual({
        variable: expect.any(Boolean),
        code: text,
        datatype: expect.stringMatching(
          /^(?:string|number|datetime|text|singlevaluelist|multivaluelist)$/,
        ),
        required: expect.any(Boolean),
        datatype_description: text,
        order: expect.any(Number),
        description: text,
        values: expect.arrayContaining([{ key: text, name: text }]),
      });

    const api_key = await keyOf(who);
    const told = await post({
      api_key,
      jurisdiction_id: 'yard.example',
      service_code: 'drain',
      'attribute[spot]': 'k1',
      description: REQUEST.description,
      lat: '31.08',
      long: '121.39',
      first_name: 'Somebody',
    });
    expect(told).toMatchObject({
      status: 200,
      body: [{ service_request_id: text, service_notice: text, account_id: null }],
    });
    const id = String(told.body[0]?.['service_request_id']);
    expect((await get(`tokens/${id}.json`)).body).toEqual([{ service_request_id: id, token: id }]);

    const poll = async (): Promise<Json> => (await get(`requests/${id}.json`)).body[0] ?? {};
    expect(await poll()).toEqual({ ...REQUEST, service_request_id: id, status: 'open' });
    const listed = await get('requests.json?service_code=drain&status=open');
    expect(listed.body).toEqual([{ ...REQUEST, service_request_id: id, status: 'open' }]);

    await mend(who, id);
    // The client has handed the link on to whoever told it.
    const [link = ''] = /\/f\/\S+/.exec(String(told.body[0]?.['service_notice'])) ?? [];
    const rated = await sendForm(`${gateway.url}${link}/rating`, { stars: '5' });
    expect(rated.status).toBe(303);
    await until('it is closed', async () => (await poll())['status'] === 'closed');
    const closed = await poll();
    expect(closed).toEqual({
      ...REQUEST,
      service_request_id: id,
      status: 'closed',
      status_notes: text,
      expected_datetime: expect.toBeOneOf([null, expect.stringMatching(W3C)]),
    });
    expect(String(closed['updated_datetime']) >= String(closed['requested_datetime'])).toBe(true);
    expect((await get('requests.json?status=open')).body).toEqual([]);
    expect((await who.manager.say<TicketView>(`GET /api/v1/tickets/${id}`)).state).toBe('closed');
    expect(await gateway.stop()).toBe(0);
  }, 120_000);

  it('hears of every mistake its status, and what was wrong', async () => {
    const gateway = await yardProcess();
    const { get, post } = client(gateway);
    const api_key = await keyOf(await people(gateway));
    const right = {
      api_key,
      service_code: 'drain',
      'attribute[spot]': 'k1',
      description: 'blocked',
    };
    const { service_code: _, ...withoutCode } = right;
    const { 'attribute[spot]': __, ...withoutSpot } = right;
    const { description: ___, ...withoutWords } = right;
    const mistakes: readonly (readonly [string, number, () => Promise<Said<unknown>>])[] = [
      ['a service that is not there', 404, () => get('services/nothing.json')],
      ['telling of one', 404, () => post({ ...right, service_code: 'nothing' })],
      ['no service', 400, () => post(withoutCode)],
      ['no attribute', 400, () => post(withoutSpot)],
      ['a spot that is not there', 400, () => post({ ...right, 'attribute[spot]': 'nowhere' })],
      ['no words', 400, () => post(withoutWords)],
      ['4001 letters', 400, () => post({ ...right, description: 'x'.repeat(4001) })],
      ['65,000 letters', 400, () => post({ ...right, description: 'x'.repeat(65_000) })],
      ['a wrong key', 403, () => post({ ...right, api_key: 'nobody’s' })],
      ['no key', 403, () => post({ ...right, api_key: '' })],
      ['a date that is none', 400, () => get('requests.json?start_date=yesterday')],
      ['a date without a zone', 400, () => get('requests.json?start_date=2026-11-22T10:00:00')],
      ['a status that is none', 400, () => get('requests.json?status=lost')],
      ['a request that is not there', 404, () => get('requests/T999.json')],
      ['a token that is not there', 404, () => get('tokens/T999.json')],
      ['an address that is not there', 404, () => get('discovery.json')],
      ['XML', 406, () => get('services.xml')],
      ['XML of a request', 406, () => get('requests/T1.xml')],
    ];
    for (const [what, status, ask] of mistakes) {
      const said = await ask();
      expect.soft({ what, ...said }).toEqual({
        what,
        status,
        type: 'application/json; charset=utf-8',
        body: expect.toSatisfy(
          (body: unknown) =>
            Array.isArray(body) &&
            body.length > 0 &&
            (body as Json[]).every(
              (one) =>
                Object.keys(one).join() === 'code,description' &&
                one['code'] === status &&
                typeof one['description'] === 'string' &&
                one['description'].length < 300,
            ),
        ),
      });
    }
    expect((await get('requests.json')).body).toEqual([]);
    expect(await gateway.stop()).toBe(0);
  }, 120_000);
});
