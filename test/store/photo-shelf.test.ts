// What becomes of what people, and others, send as photos.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { isPhotoId } from '../../gateway/domain/photo.ts';
import { instant } from '../../gateway/domain/time.ts';
import { createPhotoMaking } from '../../gateway/store/photo-making.ts';
import { createPhotoShelf, PHOTOS_A_DAY } from '../../gateway/store/photo-shelf.ts';
import { memoryEvidence } from '../fakes/memory-evidence.ts';
import { cameraPhoto, HEIC, hugePng, plainPhoto } from '../fakes/sent-photos.ts';
import { temporaryFolder } from '../tools.ts';

const make = createPhotoMaking();
const refusal = async (bytes: Uint8Array): Promise<unknown> => {
  const made = await make(bytes);
  return made.ok || made.reason;
};

describe('a photo', () => {
  it('keeps nothing of where and by what it was taken, and stands upright', async () => {
    const sent = await cameraPhoto();
    expect(sent.includes('Exif') && sent.includes('Secret Camera')).toBe(true);
    const made = await make(sent);
    if (!made.ok) throw new Error(made.reason);
    const bytes = Buffer.from(made.jpeg);
    for (const trace of ['Exif', 'GPS', 'Secret Camera', 'http://ns.adobe.com', 'ICC_PROFILE'])
      expect(bytes.includes(trace)).toBe(false);
    // 400 × 200, held upright
    expect([made.width, made.height]).toEqual([200, 400]);
    expect((await sharp(bytes).metadata()).exif).toBeUndefined();
  });

  it('is made no larger than 1600 pixels, and a smaller one no larger than it was', async () => {
    const large = await make(await plainPhoto(3000, 1000));
    expect(large).toMatchObject({ ok: true, width: 1600, height: 533 });
    expect(await make(await plainPhoto(40, 30))).toMatchObject({ width: 40, height: 30 });
  });

  it('may be a PNG or a WebP, and becomes a JPEG', async () => {
    const pixels = sharp({
      create: { width: 20, height: 10, channels: 4, background: { r: 1, g: 2, b: 3, alpha: 0.5 } },
    });
    for (const bytes of [await pixels.png().toBuffer(), await pixels.webp().toBuffer()]) {
      const made = await make(bytes);
      expect(made.ok && Array.from(made.jpeg.slice(0, 3))).toEqual([0xff, 0xd8, 0xff]);
    }
  });

  it('that carries a page behind its end comes out without it', async () => {
    const page = '<html><script>alert(1)</script></html>';
    const made = await make(Buffer.concat([await plainPhoto(50, 50), Buffer.from(page)]));
    expect(made.ok && Buffer.from(made.jpeg).includes('script')).toBe(false);
  });

  it('is nothing else than a photo, whatever it is called', async () => {
    const gif = Buffer.from('GIF89a/*\x01\x00\x01\x00*/=1;alert(1)', 'latin1');
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>');
    const html = Buffer.from('<!doctype html><script>alert(1)</script>');
    for (const bytes of [gif, svg, html, Buffer.alloc(0), Buffer.from('%PDF-1.7')])
      expect(await refusal(bytes)).toBe('not-a-photo');
    expect(await refusal(HEIC)).toBe('heic');
  });

  it('that was cut off or is only a head is broken', async () => {
    const whole = await plainPhoto(600, 400);
    expect(await refusal(whole.subarray(0, whole.length / 2))).toBe('broken');
    expect(await refusal(Buffer.from([0xff, 0xd8, 0xff, 0xe0]))).toBe('broken');
    expect(await refusal(Buffer.from('\x89PNG\r\n\x1a\n<script>', 'latin1'))).toBe('broken');
  });

  it('of 30,000 by 30,000 pixels in a few bytes is not even unpacked', async () => {
    const bomb = hugePng(30_000, 30_000);
    expect(bomb.length).toBeLessThan(10_000);
    expect(await refusal(bomb)).toBe('too-many-pixels');
  });
});

function shelf(freeBytes = 1e12) {
  const dir = temporaryFolder();
  const { photos: book } = memoryEvidence();
  const clock = { now: () => instant(1e12) };
  const made = createPhotoShelf({ dir, book, clock, freeBytes: async () => freeBytes });
  return { ...made, dir, book, folder: path.join(dir, 'photos') };
}

describe('the shelf of photos', () => {
  it('keeps them in files for the gateway alone, under names that say nothing', async () => {
    const { take, read, folder, book } = shelf();
    const files = [await plainPhoto(60, 40), await cameraPhoto()];
    const taken = await take({ files, ticket: 'T1', by: 'wang' });
    if (!taken.ok) throw new Error(taken.reason);
    expect(taken.ids.every(isPhotoId)).toBe(true);
    expect(readdirSync(folder).toSorted()).toEqual(taken.ids.map((id) => `${id}.jpg`).toSorted());
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const [id = ''] = taken.ids;
    expect(statSync(`${folder}/${id}.jpg`).mode & 0o777).toBe(0o600);
    expect(await read(id)).toMatchObject({ photo: { ticket: 'T1', by: 'wang', width: 60 } });
    expect((await book.all()).map(({ bytes }) => bytes)).toEqual(
      expect.arrayContaining([statSync(`${folder}/${id}.jpg`).size]),
    );
  });

  it('takes all or none: one bad file keeps nothing of the others', async () => {
    const { take, book, folder } = shelf();
    const files = [await plainPhoto(60, 40), Buffer.from('<svg/>')];
    expect(await take({ files, ticket: 'T1', by: 'wang' })).toEqual({
      ok: false,
      reason: 'not-a-photo',
      file: 1,
    });
    expect([await book.all(), existsSync(folder)]).toEqual([[], false]);
  });

  it('takes no more than its number a day from one person, and nothing on a full disk', async () => {
    const { take, book } = shelf();
    const files = [await plainPhoto(8, 8)];
    const row = { ticket: 'T1', by: 'wang', at: instant(1e12), bytes: 1, width: 1, height: 1 };
    await book.note({
      add: Array.from({ length: PHOTOS_A_DAY }, (_, n) => ({
        ...row,
        id: n.toString(16).padStart(32, '0'),
        sha256: '0'.repeat(64),
      })),
    });
    expect(await take({ files, ticket: 'T1', by: 'wang' })).toMatchObject({
      reason: 'too-many-today',
    });
    expect(await take({ files, ticket: 'T1', by: 'li' })).toMatchObject({ ok: true });
    expect(await shelf(1e6).take({ files, ticket: 'T1', by: 'li' })).toMatchObject({
      reason: 'disk-low',
    });
  });

  it('may come before its ticket is known', async () => {
    const { take, read, assign } = shelf();
    const taken = await take({ files: [await plainPhoto(20, 20)], ticket: 'report 1', by: 'li' });
    const [id = ''] = taken.ok ? taken.ids : [];
    const before = await read(id);
    await assign([id, 'none'], 'T7');
    expect((await read(id))?.photo).toEqual({ ...before?.photo, ticket: 'T7' });
  });

  it('forgets what was dropped, and gives nothing for a file that is gone or a name that is a path', async () => {
    const { take, read, drop, folder } = shelf();
    const taken = await take({ files: [await plainPhoto(8, 8)], ticket: 'T1', by: 'li' });
    const [id = ''] = taken.ok ? taken.ids : [];
    writeFileSync(path.join(folder, '..', 'secret.jpg'), 'x');
    expect(await read('../secret')).toBeUndefined();
    expect(readFileSync(`${folder}/${id}.jpg`).length).toBeGreaterThan(0);
    await drop([id]);
    expect([await read(id), readdirSync(folder)]).toEqual([undefined, []]);
  });
});
