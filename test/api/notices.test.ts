import { describe, expect, it } from 'vitest';
import type { NoticeView, TellingView } from '../../gateway/api/schemas.ts';
import { face, problemIn } from './face.ts';

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
