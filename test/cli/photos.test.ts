// Photos go where the store goes: into a backup, out of it, past the doctor.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { instant } from '../../gateway/domain/time.ts';
import { createPhotoShelf } from '../../gateway/store/photo-shelf.ts';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { plainPhoto } from '../fakes/sent-photos.ts';
import { settingsFor } from '../store/entries.ts';
import { freePort, temporaryFolder } from '../tools.ts';
import { speak } from './spoken.ts';

/** A site with two photos of a ticket in its store. */
async function siteWithPhotos(): Promise<{ dir: string; ids: readonly string[] }> {
  const dir = temporaryFolder();
  writeFileSync(
    `${dir}/site.yaml`,
    `version: 1
site: { id: yard, name: Yard, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
http: { port: ${await freePort()} }
store: { dir: ./data }
`,
  );
  const store = await openStore(settingsFor(`${dir}/data`));
  const clock = { now: () => instant(1e12) };
  const shelf = createPhotoShelf({ dir: `${dir}/data`, book: store.photos, clock });
  const files = [await plainPhoto(30, 20), await plainPhoto(20, 30)];
  const taken = await shelf.take({ files, ticket: 'T1', by: 'wang' });
  await store.close();
  if (!taken.ok) throw new Error(taken.reason);
  return { dir, ids: taken.ids };
}

describe('the photos of a store', () => {
  it('go into a backup and come back with it, also to where there were none', async () => {
    const { dir, ids } = await siteWithPhotos();
    const names = ids.map((id) => `${id}.jpg`).toSorted();
    await speak(['backup', '-c', `${dir}/site.yaml`, '--to', 'b.db'], dir);
    expect(readdirSync(`${dir}/b.db.photos`).toSorted()).toEqual(names);
    rmSync(`${dir}/data`, { recursive: true });
    const { code } = await speak(['restore', 'b.db', '-c', `${dir}/site.yaml`], dir);
    expect([code, readdirSync(`${dir}/data/photos`).toSorted()]).toEqual([0, names]);
  });

  it('that are gone are said by the doctor and by the backup, and stop neither', async () => {
    const { dir, ids } = await siteWithPhotos();
    rmSync(`${dir}/data/photos/${ids[0]}.jpg`);
    writeFileSync(`${dir}/data/photos/${ids[1]}.jpg`, 'another');
    const doctor = await speak(['doctor', '-c', `${dir}/site.yaml`], dir);
    expect([doctor.code, doctor.said]).toEqual([
      0,
      expect.stringMatching(/^warn +store: sound, but 2 photos of tickets are gone/m),
    ]);
    const backup = await speak(['backup', '-c', `${dir}/site.yaml`, '--to', 'b.db'], dir);
    expect(backup.said).toContain('2 photos are missing');
    expect((await speak(['backup', 'verify', 'b.db'], dir)).said).toContain('2 photos are missing');
  });
});
