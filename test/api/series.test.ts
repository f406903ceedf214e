import { describe, expect, it } from 'vitest';
import type { SeriesView } from '../../gateway/api/schemas.ts';
import { MOST_POINTS } from '../../gateway/api/series.ts';
import { face, problemIn } from './face.ts';

const FILL = '/api/v1/series/k1-wet/fill';
const NOW = Date.parse('2026-11-20T10:30:00Z');
const DAY = 86_400_000;

describe('a series', () => {
  it('holds points of moment, least, mean, most and count', async () => {
    const { get } = await face();
    const series = (await get(`${FILL}?step=5m`)).json<SeriesView>();
    expect(series).toMatchObject({ unit: 'ratio', stepS: 300 });
    expect(series.points).toHaveLength(288);
    expect(series.points[0]).toHaveLength(5);
  });

  it('is of the last 24 hours by the gateway’s clock unless a span is named', async () => {
    const { desk, get } = await face();
    await get(FILL);
    expect(desk.asked.series).toEqual([
      { asset: 'k1-wet', quantity: 'fill', from: NOW - DAY, to: NOW },
    ]);
  });

  it.each([
    ['epoch milliseconds', '1763600000000', 1_763_600_000_000],
    ['ISO 8601 in UTC', '2025-11-20T01:00:00Z', Date.parse('2025-11-20T01:00:00Z')],
    ['ISO 8601 in another zone', '2025-11-20T09:00:00%2B08:00', Date.parse('2025-11-20T01:00:00Z')],
    ['a plus sign left unescaped', '2025-11-20T09:00:00+08:00', Date.parse('2025-11-20T01:00:00Z')],
  ])('begins where it was asked to: %s', async (_, from, moment) => {
    const { desk, get } = await face();
    expect((await get(`${FILL}?from=${from}`)).statusCode).toBe(200);
    expect(desk.asked.series[0]?.from).toBe(moment);
  });

  it.each([
    ['30s', 30],
    ['5m', 300],
    ['2h', 7200],
    ['900', 900],
  ])('takes a step of %s', async (step, stepS) => {
    const { desk, get } = await face();
    await get(`${FILL}?step=${step}`);
    expect(desk.asked.series[0]?.stepS).toBe(stepS);
  });

  it.each([
    ['from', 'yesterday'],
    ['from', '2026-11-20'],
    ['to', '2026-11-20T10:00:00'],
    ['to', '2026-13-40T10:00:00Z'],
    ['from', '-5'],
    ['from', '1e999'],
    ['step', '0'],
    ['step', '-5m'],
    ['step', 'soon'],
    ['step', '0s'],
  ])('is refused where %s is %s', async (name, value) => {
    const { get } = await face();
    const problem = problemIn(await get(`${FILL}?${name}=${value}`), 400);
    expect(problem.errors?.[0]?.path).toBe(`query.${name}`);
  });

  it('is refused where its end does not lie after its beginning', async () => {
    const { get } = await face();
    problemIn(await get(`${FILL}?from=2000&to=2000`), 422);
    problemIn(await get(`${FILL}?from=3000&to=2000`), 422);
  });

  it('never holds more points than the cap, which it may just reach', async () => {
    const { get } = await face();
    const span = (points: number): string => `${FILL}?from=0&to=${points * 1000}&step=1`;
    expect((await get(span(MOST_POINTS))).json<SeriesView>().points).toHaveLength(MOST_POINTS);
    const problem = problemIn(await get(span(MOST_POINTS + 1)), 422);
    expect(problem.detail).toContain('a step of 2 s or more');
  });

  it('of a quantity that nobody measures is refused with those that are', async () => {
    const { get } = await face();
    const problem = problemIn(await get('/api/v1/series/k1-wet/mood'), 400);
    expect(problem.errors?.[0]).toMatchObject({ path: 'params.quantity' });
    expect(problem.errors?.[0]?.message).toContain('distance, fill, gross');
  });

  it('of an asset that is not there is not found', async () => {
    const { get } = await face();
    problemIn(await get('/api/v1/series/k9-wet/fill'), 404);
  });
});
