// Who did what and what speaks for an alarm, over HTTP.
import { describe, expect, it } from 'vitest';
import { seconds } from '../../gateway/domain/time.ts';
import { tripped } from '../contract/evidence.ts';
import { at, done } from '../store/entries.ts';
import { face, problemIn } from './face.ts';

describe('the audit chain over HTTP', () => {
  it('is for those who run the house, and for nobody else', async () => {
    const { app, desk } = await face();
    for (const [role, status] of [
      ['manager', 200],
      ['admin', 200],
      ['engineer', 403],
      ['cleaner', 403],
    ] as const) {
      desk.whoIs = () => ({ by: 'x', role });
      expect((await app.inject('/api/v1/audit')).statusCode).toBe(status);
    }
  });

  it('is told newest first with its head, by moment, kind and subject', async () => {
    const { get, desk } = await face();
    desk.whoIs = () => ({ by: 'x', role: 'manager' });
    desk.putAudit(done(1), done(2, { on: 'alarm', id: 'A1' }), done(3, { id: 'T1', words: '好' }));
    const all = (await get('/api/v1/audit')).json<{
      head: object;
      entries: { number: number }[];
    }>();
    expect(all.entries.map(({ number }) => number)).toEqual([3, 2, 1]);
    expect(all.head).toMatchObject({ entries: 3, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(all.entries[0]).toMatchObject({
      at: '2026-11-20T04:00:00.003Z',
      by: 'wang',
      words: '好',
      detail: { changed: { assignee: 'wang' } },
    });
    const found = async (query: string) =>
      (await get(`/api/v1/audit?${query}`))
        .json<{ entries: { number: number }[] }>()
        .entries.map(({ number }) => number);
    expect(await found('on=ticket&id=T1')).toEqual([3, 1]);
    expect(await found('limit=1')).toEqual([3]);
    expect(await found('from=2026-11-20T12:00:00.002%2B08:00&to=2026-11-20T04:00:00.003Z')).toEqual(
      [2],
    );
  });

  it('refuses moments that are none, and what it does not know', async () => {
    const { get, desk } = await face();
    desk.whoIs = () => ({ by: 'x', role: 'manager' });
    problemIn(await get('/api/v1/audit?from=yesterday'), 422);
    problemIn(await get('/api/v1/audit?on=weather'), 400);
    problemIn(await get('/api/v1/audit?limit=100000'), 400);
  });
});

describe('evidence over HTTP', () => {
  it('is told with its units, and whether it is whole', async () => {
    const { get, desk } = await face();
    desk.putEvidence(
      tripped('A1', {
        quantity: 'fill',
        value: 0.95,
        clock: 'synchronised',
        device: { id: 'k1', link: 'up', lag: seconds(2) },
        before: { takenAt: at(5), taken: 'in-time', step: seconds(36), points: [[1, 2, 3, 4, 5]] },
      }),
    );
    expect((await get('/api/v1/alarms/A1/evidence')).json()).toMatchObject({
      alarm: 'A1',
      state: 'open',
      clock: 'synchronised',
      device: { id: 'k1', link: 'up', lagS: 2 },
      before: { unit: 'ratio', stepS: 36, taken: 'in-time', points: [[1, 2, 3, 4, 5]] },
    });
    problemIn(await get('/api/v1/alarms/A9/evidence'), 404);
  });
});
