import { describe, expect, it } from 'vitest';
import { face, problemIn } from './face.ts';

describe('deposits and collections', () => {
  it('are asked for by days, station, bin and stream, page by page', async () => {
    const { get } = await face();
    const query =
      'from=2026-11-01&to=2026-11-02&station=k1&asset=k1-wet&stream=wet&limit=5&offset=5';
    expect((await get(`/api/v1/deposits?${query}`)).json()).toEqual([]);
    expect((await get(`/api/v1/collections?${query}`)).json()).toEqual([]);
  });

  it.each(['from=yesterday', 'stream=glass', 'limit=0', 'limit=100000', 'kind=deposit', 'asset='])(
    'are not asked for by %s',
    async (query) => {
      const { get } = await face();
      problemIn(await get(`/api/v1/deposits?${query}`), 400);
    },
  );
});

describe('on site', () => {
  it.each([
    ['collected', { note: '两桶' }],
    ['not-collected', {}],
    ['tare', {}],
    ['tare', { tareKg: 'now' }],
    ['tare', { tareKg: 13.6 }],
    ['swap', { container: 'T-17', tareKg: 13.6 }],
    ['change-device', { from: 'k1', to: 'k1b', note: '进水' }],
    ['take-out', { reason: '桶盖坏了' }],
    ['put-back', {}],
  ])('%s takes %j', async (action, body) => {
    const { post } = await face();
    const key = { 'idempotency-key': 'a-1' };
    const response = await post(`/api/v1/assets/k1-wet/${action}`, body, key);
    expect([response.statusCode, response.json()]).toMatchObject([200, { asset: 'k1-wet' }]);
  });

  it.each([
    ['tare', { tareKg: 0 }, 'body.tareKg'],
    ['tare', { tareKg: 'soon' }, 'body.tareKg'],
    ['swap', { tareKg: 99_999 }, 'body.tareKg'],
    ['swap', { container: '' }, 'body.container'],
    ['take-out', {}, 'body.reason'],
    ['change-device', { to: 'x' }, 'body.note'],
    ['collected', { kg: 12 }, 'body.kg'],
  ])('%s does not take %j', async (action, body, path) => {
    const { post } = await face();
    const problem = problemIn(await post(`/api/v1/assets/k1-wet/${action}`, body), 400);
    expect(problem.errors?.map((error) => error.path)).toContain(path);
  });

  it('nothing is done to what is not there', async () => {
    const { post, get } = await face();
    problemIn(await post('/api/v1/assets/nowhere/collected'), 404);
    problemIn(await get('/api/v1/assets/nowhere/history'), 404);
  });
});
