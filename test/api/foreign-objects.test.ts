// What is somebody else's is not there: 404, no line in a list, no event in a stream.
import { describe, expect, it } from 'vitest';
import type { AlarmView, AssetView, SiteView, TicketView } from '../../gateway/api/schemas.ts';
import { problemIn } from './face.ts';
import { staffedFace, type StaffedFace, type Who } from './staffed-face.ts';

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
