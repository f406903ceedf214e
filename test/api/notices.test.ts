import { describe, expect, it } from 'vitest';
import type { NoticeView, TellingView } from '../../gateway/api/schemas.ts';
import { face, problemIn } from './face.ts';
import { staffedFace, type StaffedFace, type Who } from './staffed-face.ts';

const WAITING = {
  id: '1',
  key: 'letter:cleaners-group:0',
  channel: 'duty-group',
  reader: 'cleaners-group',
  state: 'waiting',
  reason: 'first',
  severity: 'medium',
  title: '[新·中] 1号投放点 桶满，11-20 14:00 起',
  lines: ['请在 11-20 16:00 前受理', '工单 1 号'],
  tries: 1,
  words: 'errcode 45009: api freq out of limit',
  since: '2026-11-20T06:00:00.000Z',
};

describe('notices', () => {
  it('that wait are listed with the reason, and without whose telephone they go to', async () => {
    const { get } = await face();
    const response = await get('/api/v1/notices');
    expect(response.json()).toEqual([WAITING]);
    expect(response.body).not.toContain('13812345678');
  });

  it('are listed by how they ended', async () => {
    const { get } = await face();
    const of = async (state: string) =>
      (await get(`/api/v1/notices?state=${state}`)).json<NoticeView[]>();
    expect(await of('given-up')).toMatchObject([
      { id: '2', words: 'errcode 93000: invalid webhook url' },
    ]);
    expect(await of('told')).toMatchObject([{ id: '3', settledAt: '2026-11-20T06:01:00.000Z' }]);
    expect(await of('dropped')).toEqual([]);
    problemIn(await get('/api/v1/notices?state=lost'), 400);
  });

  it('are sent once more, and dropped with a reason', async () => {
    const { desk, post } = await face();
    expect((await post('/api/v1/notices/2/retry')).json()).toMatchObject({ state: 'waiting' });
    const dropped = await post('/api/v1/notices/1/drop', { reason: '已电话通知' });
    expect(dropped.json()).toMatchObject({ state: 'dropped', words: 'local: 已电话通知' });
    expect(desk.decided).toEqual([
      'retry letter:cleaners-group:1',
      'drop letter:cleaners-group:0 local: 已电话通知',
    ]);
  });

  it('that are over, unknown or dropped without a reason are refused', async () => {
    const { post } = await face();
    problemIn(await post('/api/v1/notices/3/retry'), 409);
    problemIn(await post('/api/v1/notices/99/retry'), 404);
    problemIn(await post('/api/v1/notices/x/drop', { reason: 'x' }), 404);
    problemIn(await post('/api/v1/notices/1/drop', {}), 400);
  });

  it('have channels, of which one says why it is down, and readers', async () => {
    const { get } = await face();
    const { channels, readers } = (await get('/api/v1/telling')).json<TellingView>();
    expect(channels.map(({ id, state, why }) => [id, state, why])).toEqual([
      ['duty-group', 'down', 'errcode 45009: api freq out of limit'],
      ['mail', 'up', 'errcode 45009: api freq out of limit'],
    ]);
    expect(readers).toEqual([
      { id: 'cleaners-group', channel: 'duty-group', pending: 0, quiet: 0, counts: {} },
    ]);
  });
});

describe('how a person is reached', () => {
  const MAIL = {
    channel: 'mail',
    to: 'li@example.com',
    severities: ['high'],
    quiet: { from: '22:30', to: '06:00' },
  };
  const at = (who: string) => `/api/v1/people/${who}/reach`;
  const put = (house: StaffedFace, who: Who, whose: string, reach: unknown) =>
    house.as(who, { method: 'PUT', url: at(whose), payload: { reach } });
  const read = (house: StaffedFace, who: Who, whose: string) =>
    house.as(who, { method: 'GET', url: at(whose) });

  it('they say themselves, and it stands as they said it until they say it anew', async () => {
    const house = await staffedFace();
    const said = await put(house, 'engineer', 'engineer', [MAIL]);
    expect(said.statusCode).toBe(200);
    const channels = [
      { id: 'duty-group', kind: 'wecom' },
      { id: 'mail', kind: 'email' },
    ];
    expect(said.json()).toEqual({ reach: [MAIL], channels });
    expect((await read(house, 'engineer', 'engineer')).json()).toEqual({ reach: [MAIL], channels });
    await put(house, 'engineer', 'engineer', [{ channel: 'duty-group' }]);
    expect((await read(house, 'engineer', 'engineer')).json()).toMatchObject({
      reach: [{ channel: 'duty-group' }],
    });
    expect((await put(house, 'engineer', 'engineer', [])).json()).toMatchObject({ reach: [] });
  });

  it('their manager says for them, and no colleague; nobody else sees where to', async () => {
    const house = await staffedFace();
    expect((await put(house, 'manager', 'engineer', [MAIL])).statusCode).toBe(200);
    expect((await read(house, 'manager', 'engineer')).json()).toMatchObject({ reach: [MAIL] });
    problemIn(await put(house, 'cleaner', 'engineer', [MAIL]), 403);
    problemIn(await read(house, 'cleaner', 'engineer'), 404);
    problemIn(await put(house, 'manager', 'admin', [MAIL]), 403);
  });

  it('goes over channels that there are, each once, and in words that fit', async () => {
    const house = await staffedFace();
    for (const reach of [[{ channel: 'pigeon' }], [MAIL, MAIL]])
      problemIn(await put(house, 'engineer', 'engineer', reach), 422);
    for (const more of [
      { quiet: { from: '25:00', to: '06:00' } },
      { severities: ['dire'] },
      { by: 'x' },
    ])
      problemIn(await put(house, 'engineer', 'engineer', [{ ...MAIL, ...more }]), 400);
  });
});
