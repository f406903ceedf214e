// `courtyard backup`: a copy of the store while the gateway goes on writing; `backup verify`: is
// it still what it was? Neither touches the store's own files.
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { backupName, takeBackup, verifyBackup, type Manifest, type Vault } from '../ops/backup.ts';
import { systemClock } from '../ops/system-clock.ts';
import { copyPhotos, PHOTOS, photosIn } from '../store/photo-files.ts';
import { copyStore, inspectStore } from '../store/snapshot.ts';
import type { Shell } from './shell.ts';
import { loadOrComplain } from './site-file.ts';

export interface BackupOptions {
  readonly config: string;
  readonly to?: string;
  readonly json?: boolean;
}

export async function backup(shell: Shell, options: BackupOptions): Promise<void> {
  const site = loadOrComplain(shell, options.config);
  if (!site) return;
  const now = systemClock.now();
  const name = backupName(site.compound.place.id, now);
  const vault = {
    copy: (to: string) => copyStore(path.resolve(shell.cwd, site.store.dir), to),
    inspect: (file: string) => inspectStore(file, 'full'),
    photos: photosFrom(path.resolve(shell.cwd, site.store.dir)),
  };
  const { file, manifest } = await takeBackup(vault, {
    to: destinationOf(shell, options.to, name),
    site: site.compound.place.id,
    version: shell.version,
    now,
  });
  if (options.json) shell.say(JSON.stringify({ file, ...manifest }));
  else
    for (const line of inWords(`${file} is written and was read back`, manifest)) shell.say(line);
}

/** A folder, there or written with a slash at its end, gets a file that is named after the moment. */
function destinationOf({ cwd }: Shell, to: string | undefined, name: string): string {
  if (to === undefined) return path.join(cwd, name);
  const place = path.resolve(cwd, to);
  const isFolder = to.endsWith('/') || (existsSync(place) && statSync(place).isDirectory());
  return isFolder ? path.join(place, name) : place;
}

export async function backupVerify(
  shell: Shell,
  file: string,
  { json }: { readonly json?: boolean },
): Promise<void> {
  const place = path.resolve(shell.cwd, file);
  const vault = {
    inspect: (copy: string) => inspectStore(copy, 'full'),
    photos: photosFrom(path.dirname(place)),
  };
  const manifest = await verifyBackup(vault, place);
  if (json) shell.say(JSON.stringify({ ok: true, file: place, ...manifest }));
  else for (const line of inWords(`${place} is what was written`, manifest)) shell.say(line);
}

/** Of a store's folder, or of what lies beside a backup. */
export const photosFrom = (dir: string): NonNullable<Vault['photos']> => ({
  copy: (database, to) => copyPhotos(database, path.join(dir, PHOTOS), to),
  census: photosIn,
});

export const inWords = (verdict: string, manifest: Manifest): string[] => [
  `${verdict}:`,
  `  site ${manifest.site}, taken ${manifest.takenAt} by Courtyard ${manifest.version}`,
  `  ${manifest.records} records up to ${manifest.head}, ${(manifest.bytes / 1e6).toFixed(1)} MB`,
  `  SHA-256 ${manifest.sha256}`,
  ...(manifest.audit === undefined ? [] : [`  audit chain up to ${manifest.audit}`]),
  ...(manifest.photosMissing === undefined
    ? []
    : [`  ${manifest.photosMissing} photos are missing: their files were gone`]),
];
