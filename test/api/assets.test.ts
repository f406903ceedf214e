import { describe, expect, it } from 'vitest';
import type { AssetView, SiteView } from '../../gateway/api/schemas.ts';
import { face, problemIn } from './face.ts';

describe('assets', () => {
  it('every bin and lamp is listed with its latest values', async () => {
    const { get } = await face();
    const assets = (await get('/api/v1/assets')).json<AssetView[]>();
    expect(assets).toHaveLength(19);
    expect(assets[0]).toMatchObject({
      id: 'k1-wet',
      kind: 'bin',
      state: 'full',
      latest: { fill: { value: 0.93, unit: 'ratio', ageS: 20, quality: 'good' } },
    });
  });

  it('a kind narrows the list', async () => {
    const { get } = await face();
    const lamps = (await get('/api/v1/assets?kind=lamp')).json<AssetView[]>();
    expect(lamps.map(({ kind }) => kind)).toEqual(Array.from({ length: 12 }, () => 'lamp'));
    expect((await get('/api/v1/assets?kind=meter')).json()).toEqual([]);
  });

  it('a kind that does not exist is refused with those that do', async () => {
    const { get } = await face();
    const problem = problemIn(await get('/api/v1/assets?kind=cat'), 400);
    expect(problem.errors).toEqual([
      { path: 'query.kind', message: 'must be one of bin, scale, lamp, meter' },
    ]);
  });

  it('a kind asked for twice is refused', async () => {
    const { get } = await face();
    problemIn(await get('/api/v1/assets?kind=bin&kind=lamp'), 400);
  });

  it('one asset is found by its id', async () => {
    const { get } = await face();
    expect((await get('/api/v1/assets/lamp-07')).json()).toMatchObject({
      id: 'lamp-07',
      shouldBeOn: true,
      state: 'fault',
    });
  });

  it('an asset that the site does not have is not found', async () => {
    const { get } = await face();
    const problem = problemIn(await get('/api/v1/assets/lamp-99'), 404);
    expect(problem.detail).toContain('lamp-99');
  });

  it('the site tells its stations, circuits and zone', async () => {
    const { get } = await face();
    const site = (await get('/api/v1/site')).json<SiteView>();
    expect(site).toMatchObject({ id: 'luyuan', zone: 'Asia/Shanghai', simulated: true });
    expect(site.stations).toHaveLength(2);
    expect(site.circuits[0]?.lamps).toHaveLength(6);
  });
});
