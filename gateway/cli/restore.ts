// `courtyard restore FILE`: a proved backup takes the store's place; the old store is kept beside it.
import path from 'node:path';
import { photosBeside } from '../ops/backup.ts';
import { restoreBackup, type Premises } from '../ops/restore.ts';
import { systemClock } from '../ops/system-clock.ts';
import { copyPhotos, photosIn } from '../store/photo-files.ts';
import { foldJournal, inspectStore, knowsFormat } from '../store/snapshot.ts';
import { holdFolder } from '../store/store-folder.ts';
import { inWords } from './backup.ts';
import type { Shell } from './shell.ts';
import { loadOrComplain } from './site-file.ts';

export interface RestoreOptions {
  readonly file: string;
  readonly config: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

export async function restore(shell: Shell, options: RestoreOptions): Promise<void> {
  const site = loadOrComplain(shell, options.config);
  if (!site) return;
  const premises: Premises = {
    inspect: (file) => inspectStore(file, 'full'),
    photos: {
      copy: (database, to) => copyPhotos(database, photosBeside(database), to),
      census: photosIn,
    },
    knows: knowsFormat,
    hold: () => holdFolder(path.resolve(shell.cwd, site.store.dir)),
    fold: foldJournal,
  };
  const { manifest, before } = await restoreBackup(premises, {
    file: path.resolve(shell.cwd, options.file),
    site: site.compound.place.id,
    now: systemClock.now(),
    accept: options.force ? 'another-site' : 'this-site',
  });
  if (options.json) {
    shell.say(JSON.stringify({ ...manifest, store: site.store.dir, before: before ?? null }));
    return;
  }
  for (const line of inWords(`${site.store.dir} holds ${options.file} again`, manifest))
    shell.say(line);
  if (before !== undefined) shell.say(`  what was there before is kept as ${before}`);
}
