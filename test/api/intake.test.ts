import { describe, expect, it } from 'vitest';
import type { IntakeView, LossesView } from '../../gateway/api/schemas.ts';
import { smallCompound } from '../fakes/small-compound.ts';
import { handDesk } from '../fakes/hand-desk.ts';
import { face, problemIn } from './face.ts';

describe('the loss ledger', () => {
  it('says of each source and device what was heard, stored and rejected by reason', async () => {
    const { get } = await face();
    const intake = (await get('/api/v1/intake')).json<IntakeView>();
    expect(intake.sources[0]).toMatchObject({
      id: 'bins-line',
      heard: 4210,
      stored: 4200,
      rejected: { checksum: 9, duplicate: 1 },
    });
    expect(intake.devices.find(({ id }) => id === 'k2')?.state).toBe('silent');
  });

  it('says today in one sentence, or the days that are asked for', async () => {
    const { get } = await face();
    const daysOf = async (query = '') =>
      (await get(`/api/v1/intake${query}`)).json<IntakeView>().days ?? [];
    expect(await daysOf()).toMatchObject([{ day: '2026-11-20', lostInAll: 12 }]);
    expect((await daysOf())[0]?.line).toContain('12 lost: 10 gap (k1 42…51');
    expect(await daysOf('?day=2026-11-19')).toMatchObject([
      { day: '2026-11-19', line: '2026-11-19: 17,280 heard, 17,280 stored, 0 lost' },
    ]);
    expect(await daysOf('?from=2026-11-17&to=2026-11-18')).toHaveLength(2);
    problemIn(await get('/api/v1/intake?from=2026-11-18&to=2026-11-17'), 422);
    problemIn(await get('/api/v1/intake?since=2026-11-17'), 400);
  });

  it('shows every loss, newest first, page by page', async () => {
    const { get } = await face();
    const page = async (query: string) =>
      (await get(`/api/v1/intake/losses${query}`)).json<LossesView>();
    expect((await page('')).losses[0]).toMatchObject({
      device: 'k1',
      reason: 'gap',
      count: 10,
      firstSeq: 42,
      lastSeq: 51,
      why: 'gateway-off',
    });
    expect(await page('?limit=2')).toMatchObject({ next: 2 });
    expect((await page('?limit=2&offset=4')).next).toBeUndefined();
    expect((await page('?reason=shed&source=broker')).losses).toHaveLength(1);
    problemIn(await get('/api/v1/intake/losses?reason=bad-luck'), 400);
    problemIn(await get('/api/v1/intake/losses?offset=-1'), 400);
  });

  it('shows the rejections with their reason and bytes', async () => {
    const { get } = await face();
    const [rejection] = (await get('/api/v1/intake/rejections')).json();
    expect(rejection).toMatchObject({ reason: 'checksum', rawHex: expect.stringMatching(/^24/) });
  });

  it('shows what InfluxDB refused for good, in its words', async () => {
    const { get } = await face();
    const [letter] = (await get('/api/v1/intake/dead-letters')).json();
    expect(letter).toMatchObject({ follower: 'influx', sequence: 1207 });
  });

  it('shows as many as were asked for', async () => {
    const [rejection] = smallCompound().rejections;
    const rejections = Array.from({ length: 150 }, () => rejection!);
    const { get } = await face({ desk: handDesk({ ...smallCompound(), rejections }) });
    const count = async (query: string): Promise<number> =>
      (await get(`/api/v1/intake/rejections${query}`)).json<unknown[]>().length;
    expect(await count('')).toBe(100);
    expect(await count('?limit=1')).toBe(1);
    expect(await count('?limit=1000')).toBe(150);
  });

  it.each(['0', '1001', '-1', '1.5', 'all', ''])('is not asked for %j of them', async (limit) => {
    const { get } = await face();
    problemIn(await get(`/api/v1/intake/rejections?limit=${limit}`), 400);
    problemIn(await get(`/api/v1/intake/dead-letters?limit=${limit}`), 400);
  });
});
