// Takes photos in and gives them out: made anew, written durably, then written down. The order makes
// a cut harmless: a file that nobody knows of is only waste, a photo that is known has its file.
//
//   sent ─▶ quota, room ─▶ made anew, all of them ─▶ files ─▶ rows ─▶ ids for the ticket's command
import { randomBytes } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import type { Photo, PhotoRefusal } from '../domain/photo.ts';
import { earlier, hours, type Clock } from '../domain/time.ts';
import { digestOfPhoto, photoFiles } from './photo-files.ts';
import { createPhotoMaking, type MadePhoto } from './photo-making.ts';
import type { PhotoBook, PhotoShelf, SentPhotos, TakenPhotos } from './kept.ts';

export interface PhotoShelfParts {
  /** The store's folder. */
  readonly dir: string;
  readonly book: PhotoBook;
  readonly clock: Pick<Clock, 'now'>;
  /** On the disk of `dir`; asked of the disk itself where absent. */
  readonly freeBytes?: () => Promise<number>;
}

/** For each person in 24 hours. */
export const PHOTOS_A_DAY = 60;
/** Below this no photo is taken in: readings and tickets need the rest. */
const LEAST_FREE_BYTES = 300 * 1024 * 1024;

export function createPhotoShelf(parts: PhotoShelfParts): PhotoShelf {
  const { dir, book, clock } = parts;
  const { freeBytes = () => freeOn(dir) } = parts;
  const files = photoFiles(dir);
  const makePhoto = createPhotoMaking();

  async function obstacle({ by, files: sent }: SentPhotos): Promise<PhotoRefusal | undefined> {
    const today = await book.count(by, earlier(clock.now(), hours(24)));
    if (today + sent.length > PHOTOS_A_DAY) return 'too-many-today';
    return (await freeBytes()) < LEAST_FREE_BYTES ? 'disk-low' : undefined;
  }

  return {
    async take(sent) {
      const why = await obstacle(sent);
      if (why) return refused(why, 0);
      const made: (MadePhoto & { ok: true })[] = [];
      for (const [file, bytes] of sent.files.entries()) {
        const photo = await makePhoto(bytes);
        if (!photo.ok) return refused(photo.reason, file);
        made.push(photo);
      }
      const add = made.map((photo) => describe(photo, sent, clock));
      for (const [index, { id }] of add.entries()) {
        await files.write(id, made[index]?.jpeg ?? new Uint8Array());
      }
      await book.note({ add });
      return { ok: true, ids: add.map(({ id }) => id) };
    },
    async read(id) {
      const photo = await book.of(id);
      const jpeg = photo && (await files.read(id));
      return photo && jpeg && { photo, jpeg };
    },
    async assign(ids, ticket) {
      const known = await Promise.all(ids.map((id) => book.of(id)));
      const add = known.flatMap((photo) => (photo ? [{ ...photo, ticket }] : []));
      if (add.length > 0) await book.note({ add });
    },
    async drop(ids) {
      await book.note({ forget: ids });
      for (const id of ids) await files.remove(id);
    },
  };
}

const refused = (reason: PhotoRefusal, file: number): TakenPhotos => ({ ok: false, reason, file });

const describe = (
  { jpeg, width, height }: MadePhoto & { readonly ok: true },
  { ticket, by }: SentPhotos,
  clock: Pick<Clock, 'now'>,
): Photo => ({
  id: randomBytes(16).toString('hex'),
  ticket,
  by,
  at: clock.now(),
  bytes: jpeg.length,
  width,
  height,
  sha256: digestOfPhoto(jpeg),
});

async function freeOn(dir: string): Promise<number> {
  const { bavail, bsize } = await statfs(dir);
  return bavail * bsize;
}
