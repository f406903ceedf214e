// What is somebody else's is not there: 404, no line in a list, no event in a stream.
import { rmSync } from 'node:fs';
import { Value } from 'typebox/value';
import type { TSchema } from 'typebox';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Route } from '../../gateway/api/endpoint.ts';
import { routes } from '../../gateway/api/routes.ts';
import { screens } from '../../gateway/api/screens.ts';
import type { AlarmView, AssetView, SiteView, TicketView } from '../../gateway/api/schemas.ts';
import { tripped } from '../contract/evidence.ts';
import { handDesk } from '../fakes/hand-desk.ts';
import { plainPhoto } from '../fakes/sent-photos.ts';
import { done } from '../store/entries.ts';
import { problemIn } from './face.ts';
import { staffedFace, WHO, type StaffedFace, type Who } from './staffed-face.ts';

async function read<T>({ as }: StaffedFace, who: Who, url: string): Promise<T> {
  const response = await as(who, { method: 'GET', url });
  expect(response.statusCode).toBe(200);
  return response.json<T>();
}

describe('a screen at station k1', () => {
  it('reads its own station’s board and nothing of another’s', async () => {
    const house = await staffedFace();
    const assets = await read<AssetView[]>(house, 'display', '/api/v1/assets');
    expect(new Set(assets.map(({ station }) => station))).toEqual(new Set(['k1']));
    const site = await read<SiteView>(house, 'display', '/api/v1/site');
    expect([site.stations.map(({ id }) => id), site.circuits]).toEqual([['k1'], []]);
    const alarms = await read<AlarmView[]>(house, 'display', '/api/v1/alarms');
    expect(alarms.length).toBeGreaterThan(0);
    expect(alarms.filter(({ asset }) => !asset.startsWith('k1'))).toEqual([]);
    expect((await read<AlarmView[]>(house, 'engineer', '/api/v1/alarms')).length).toBeGreaterThan(
      alarms.length,
    );
  });

  it('is told that what belongs to another station is not there', async () => {
    const { as } = await staffedFace();
    for (const url of [
      '/api/v1/assets/k2-wet',
      '/api/v1/assets/lamp-07',
      '/api/v1/series/k2-wet/fill',
      '/api/v1/series/lamp-07/power',
    ]) {
      problemIn(await as('display', { method: 'GET', url }), 404);
      expect((await as('engineer', { method: 'GET', url })).statusCode).toBe(200);
    }
  });
});

describe('a ticket', () => {
  const seenBy = async (house: StaffedFace, who: Who): Promise<string[]> =>
    (await read<TicketView[]>(house, who, '/api/v1/tickets')).map(({ id }) => id).toSorted();

  it('is there for whose team or building it is, for who raised or has it, and for who judges', async () => {
    const house = await staffedFace({ steward: { buildings: ['b3'] } });
    const [any] = await read<TicketView[]>(house, 'engineer', '/api/v1/tickets');
    if (!any) throw new Error('the compound has no ticket');
    const put = (id: string, more: Partial<TicketView> & { building?: string }): void =>
      house.desk.put({ kind: 'ticket', data: { ...any, raisedBy: 'x', id, ...more } });
    for (const { id } of await read<TicketView[]>(house, 'engineer', '/api/v1/tickets'))
      put(id, { team: 'managers' });
    put('bins', { team: 'cleaners' });
    put('lamp', { team: 'engineers' });
    put('mine', { team: 'engineers', raisedBy: 'cleaner' });
    put('given', { team: 'engineers', assignee: 'steward' });
    put('house', { team: 'engineers', building: 'b3' });

    expect(await seenBy(house, 'cleaner')).toEqual(['bins', 'mine']);
    expect(await seenBy(house, 'steward')).toEqual(['given', 'house']);
    for (const who of ['engineer', 'committee', 'reviewer', 'manager', 'admin'] as const)
      expect(await seenBy(house, who)).toEqual(expect.arrayContaining(['bins', 'lamp', 'house']));

    const at = (id: string) => `/api/v1/tickets/${id}`;
    problemIn(await house.as('cleaner', { method: 'GET', url: at('lamp') }), 404);
    problemIn(await house.as('steward', { method: 'GET', url: at('bins') }), 404);
    problemIn(await house.as('cleaner', { method: 'POST', url: `${at('lamp')}/take` }), 404);
    expect(house.desk.asked.ticketActions).toEqual([]);
    const own = await house.as('cleaner', { method: 'GET', url: at('mine') });
    expect(own.statusCode).toBe(200);
  });

  it('is listed by full pages, and nothing is taken out of one afterwards', async () => {
    const house = await staffedFace({ steward: { buildings: ['b3'] } });
    const { desk } = house;
    const [any] = await read<TicketView[]>(house, 'engineer', '/api/v1/tickets');
    if (!any) throw new Error('the compound has no ticket');
    for (let n = 0; n < 40; n += 1) {
      const team = (['cleaners', 'engineers', 'stewards', 'managers'] as const)[n % 4]!;
      const building = n % 6 === 1 ? { building: 'b3' } : {};
      const data = { ...any, raisedBy: n % 9 === 0 ? 'cleaner' : 'x', id: `P${n}`, team };
      desk.put({ kind: 'ticket', data: { ...data, ...building } });
    }
    const { tickets } = desk;
    const given: string[][] = [];
    desk.tickets = async (query) => {
      const found = await tickets(query);
      given.push(found.map(({ id }) => id));
      return found;
    };
    for (const who of ['cleaner', 'steward', 'engineer'] as const) {
      for (const offset of [0, 5]) {
        const url = `/api/v1/tickets?limit=5&offset=${offset}`;
        const page = (await read<TicketView[]>(house, who, url)).map(({ id }) => id);
        expect(page).toHaveLength(5);
        expect(page).toEqual(given.at(-1));
      }
    }
  });
});

/** What belongs to a ticket or an alarm, and how it is asked for. */
interface Foreign {
  readonly there: string;
  readonly gone: string;
  readonly url: RegExp;
  /** Whether they see what it belongs to. */
  sees(who: Who): Promise<boolean>;
}

const nothing = { schema: {}, handler: () => undefined };
const LIST = routes({
  desk: handDesk(),
  version: '',
  live: nothing,
  document: nothing,
  screens: screens(undefined),
});

/** A house with a ticket of the engineers that has a photo, and an alarm at another station. */
async function houseWithForeigners() {
  const house = await staffedFace();
  const { desk } = house;
  onTestFinished(() => rmSync(desk.photosDir, { recursive: true, force: true }));
  const [any] = await read<TicketView[]>(house, 'engineer', '/api/v1/tickets');
  const alarms = await read<AlarmView[]>(house, 'engineer', '/api/v1/alarms');
  const alarm = alarms.find(({ asset }) => !asset.startsWith('k1'));
  if (!any || !alarm) throw new Error('the compound has no ticket or no alarm');
  const data = { ...any, id: 'T9', raisedBy: 'x', team: 'engineers', actions: ['photo'] } as const;
  desk.put({ kind: 'ticket', data: { ...data, actions: [...data.actions] } });
  const actor = { by: 'engineer', role: 'engineer' };
  const sent = await desk.addPhotos({ id: 'T9', files: [await plainPhoto(9, 9)], actor });
  if (!sent.ok) throw new Error(sent.detail);
  desk.putEvidence(tripped(alarm.id, { asset: alarm.asset }));
  desk.putAudit(done(1, { id: 'T9' }));
  const isRead = async (who: Who, url: string): Promise<boolean> =>
    (await house.as(who, { method: 'GET', url })).statusCode === 200;
  const seesTicket = (who: Who): Promise<boolean> => isRead(who, '/api/v1/tickets/T9');
  const foreign: Foreign[] = [
    { there: 'T9', gone: 'T0', url: /\/tickets\/:id/, sees: seesTicket },
    {
      there: sent.value.photos[0] ?? '',
      gone: '0'.repeat(32),
      url: /\/photos\/:id/,
      sees: seesTicket,
    },
    {
      there: alarm.id,
      gone: 'A0',
      url: /\/alarms\/:id/,
      async sees(who) {
        const { statusCode, body } = await house.as(who, { method: 'GET', url: '/api/v1/alarms' });
        return statusCode === 200 && body.includes(alarm.id);
      },
    },
    { there: 'T9', gone: 'T0', url: /\/audit$/, sees: seesTicket },
  ];
  return { ...house, foreign };
}

const FORM = [
  'content-disposition: form-data; name="photo"; filename="a.jpg"',
  'content-type: image/jpeg',
  '',
  'no photo',
];

/** Asks for one thing as well as the route wants it asked. */
async function answerTo(
  { as }: StaffedFace,
  { method, url, endpoint }: Route,
  [who, id]: [Who, string],
) {
  const to = url.includes(':id') ? url.replace(':id', id) : `${url}?id=${id}`;
  const ask = { method, url: to } as const;
  if (endpoint.takes === 'form') {
    const headers = {
      'content-type': 'multipart/form-data; boundary=x',
      host: 'localhost:8080',
      origin: 'http://localhost:8080',
    };
    return as(who, { ...ask, headers, payload: ['--x', ...FORM, '--x--', ''].join('\r\n') });
  }
  const body = endpoint.schema.body as TSchema | undefined;
  return as(who, { ...ask, ...(body && { payload: JSON.stringify(Value.Create(body)) }) });
}

describe('what belongs to a ticket or an alarm', () => {
  it('is, for whoever may not see that, what never was, to the letter and on every route', async () => {
    const house = await houseWithForeigners();
    let tried = 0;
    for (const { url, there, gone, sees } of house.foreign) {
      for (const route of LIST.filter((each) => url.test(each.url))) {
        for (const who of WHO) {
          if (await sees(who)) continue;
          const [is, was] = [
            await answerTo(house, route, [who, there]),
            await answerTo(house, route, [who, gone]),
          ];
          const line = `${route.method} ${route.url} as ${who}`;
          const named = (body: string): string =>
            body.replaceAll(there, 'it').replaceAll(gone, 'it');
          expect([line, is.statusCode, named(is.body)]).toEqual([
            line,
            was.statusCode,
            named(was.body),
          ]);
          const isDoor = !(route.roles as readonly string[]).includes(who);
          expect([line, is.statusCode]).toEqual([
            line,
            isDoor ? (who === 'nobody' ? 401 : 403) : 404,
          ]);
          tried += 1;
        }
      }
    }
    expect(tried).toBeGreaterThan(80);
    expect(house.desk.asked.ticketActions.length).toBe(1); // the photo that was there
    expect(house.desk.asked.alarmActions).toEqual([]);
  });

  it('is there for everybody else whom the route lets in', async () => {
    const house = await houseWithForeigners();
    for (const { url, there, sees } of house.foreign) {
      for (const route of LIST.filter((each) => url.test(each.url) && each.method === 'GET')) {
        for (const who of WHO) {
          if (!(route.roles as readonly string[]).includes(who) || !(await sees(who))) continue;
          const { statusCode } = await answerTo(house, route, [who, there]);
          expect([route.url, who, statusCode]).toEqual([route.url, who, 200]);
        }
      }
    }
  });
});

describe('a token of somebody else', () => {
  it('is not there, but for an admin; one’s own is', async () => {
    const { as } = await staffedFace();
    const list = await as('admin', { method: 'GET', url: '/api/v1/tokens?of=all' });
    const all = list.json<{ id: string; person: string; kind: string }[]>();
    const idOf = (person: string): string => all.find((one) => one.person === person)?.id ?? '';
    const end = (who: Who, id: string) =>
      as(who, { method: 'DELETE', url: `/api/v1/tokens/${id}` });
    for (const who of ['volunteer', 'cleaner', 'engineer', 'manager'] as const) {
      problemIn(await end(who, idOf('reviewer')), 404);
      problemIn(await as(who, { method: 'GET', url: '/api/v1/tokens?of=all' }), 403);
    }
    expect((await end('cleaner', idOf('cleaner'))).statusCode).toBe(200);
    problemIn(await as('cleaner', { method: 'GET', url: '/api/v1/tokens' }), 401);
    expect((await end('admin', idOf('reviewer'))).statusCode).toBe(200);
    problemIn(await as('reviewer', { method: 'GET', url: '/api/v1/tokens' }), 401);
  });
});
