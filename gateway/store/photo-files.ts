// The files of photos: `photos/<id>.jpg` in the store's folder, for the gateway's user only. A file is
// wholly there or not at all, and never changed once it is. Its name is our own random digits, so that
// nothing that anybody sends becomes a path.
import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
} from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { isPhotoId, type Photo } from '../domain/photo.ts';
import { DATABASE, openConnection } from './connection.ts';
import { photoIn } from './evidence-table.ts';

export const PHOTOS = 'photos';

export interface PhotoFiles {
  /** Resolves once it is durable. */
  write(id: string, jpeg: Uint8Array): Promise<void>;
  /** Undefined where it is not there. */
  read(id: string): Promise<Uint8Array | undefined>;
  remove(id: string): Promise<void>;
}

export function photoFiles(dir: string): PhotoFiles {
  const folder = path.join(dir, PHOTOS);
  return {
    async write(id, jpeg) {
      const file = placeOf(folder, id);
      const unfinished = `${file}.unfinished`;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await using handle = await open(unfinished, 'w', 0o600);
      await handle.writeFile(jpeg);
      await handle.sync();
      await rename(unfinished, file);
      await using shelf = await open(folder, 'r');
      await shelf.sync();
    },
    async read(id) {
      try {
        return await readFile(placeOf(folder, id));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    remove: (id) => rm(placeOf(folder, id), { force: true }),
  };
}

function placeOf(folder: string, id: string): string {
  if (!isPhotoId(id)) throw new TypeError(`no id of a photo: ${id.slice(0, 40)}`);
  return path.join(folder, `${id}.jpg`);
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

export const digestOfPhoto = (jpeg: Uint8Array): string =>
  createHash('sha256').update(jpeg).digest('hex');

export interface PhotoCensus {
  readonly kept: number;
  /** Ids of photos whose file is gone, or is not what was written. */
  readonly missing: readonly string[];
}

/** Compares a database with the files in a folder. Nothing is missing of a format without photos. */
export function photosIn(database: string, folder: string): PhotoCensus {
  const photos = photosOf(database);
  const missing = photos.filter((photo) => !isWhole(photo, folder)).map(({ id }) => id);
  return { kept: photos.length - missing.length, missing };
}

/** Those of a store; none where there is no store yet. */
export function photosOfStore(dir: string): PhotoCensus {
  const file = path.join(dir, DATABASE);
  return existsSync(file) ? photosIn(file, path.join(dir, PHOTOS)) : { kept: 0, missing: [] };
}

/** Copies the files of all photos that a database knows of; those that are there already stay. */
export function copyPhotos(database: string, from: string, to: string): void {
  const photos = photosOf(database).filter((photo) => isWhole(photo, from));
  if (photos.length === 0) return;
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const { id } of photos) {
    const file = placeOf(to, id);
    if (existsSync(file)) continue;
    copyFileSync(placeOf(from, id), file, constants.COPYFILE_FICLONE);
    flush(file);
  }
  flush(to);
}

function photosOf(database: string): Photo[] {
  using db = openConnection(database, 'read');
  const isThere = db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'photos'`).get();
  return isThere ? db.prepare('SELECT * FROM photos ORDER BY at, id').all().map(photoIn) : [];
}

function isWhole({ id, sha256 }: Photo, folder: string): boolean {
  const file = placeOf(folder, id);
  return existsSync(file) && digestOfPhoto(readFileSync(file)) === sha256;
}

function flush(place: string): void {
  const handle = openSync(place, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
