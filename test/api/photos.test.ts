// Photos on their way to a ticket and back, and what is not let in as one.
import { existsSync, rmSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cameraPhoto, HEIC, hugePng, plainPhoto } from '../fakes/sent-photos.ts';
import { face, problemIn, type Face } from './face.ts';

interface Sent {
  readonly bytes: Uint8Array;
  readonly name?: string;
  readonly type?: string;
}

/** A form as a browser writes it, byte by byte, so that names are what an attacker makes them. */
function form(files: readonly Sent[], fields: Readonly<Record<string, string>> = {}): Buffer {
  const parts = [
    ...Object.entries(fields).map(([name, value]) => part(`name="${name}"`, Buffer.from(value))),
    ...files.map(({ bytes, name = 'IMG_1.jpg', type = 'image/jpeg' }) =>
      part(`name="photo"; filename="${name}"\r\nContent-Type: ${type}`, bytes),
    ),
  ];
  return Buffer.concat([...parts, Buffer.from('--line--\r\n')]);
}

const part = (head: string, body: Uint8Array): Buffer =>
  Buffer.concat([
    Buffer.from(`--line\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
    body,
    Buffer.from('\r\n'),
  ]);

const FORM = { 'content-type': 'multipart/form-data; boundary=line' };

/** A house with an open ticket that takes photos. */
async function house(): Promise<Face & { send: (...files: Sent[]) => ReturnType<Face['post']> }> {
  const made = await face();
  onTestFinished(() => rmSync(made.desk.photosDir, { recursive: true, force: true }));
  const [ticket] = await made.desk.tickets({
    actor: { by: 'wang', role: 'engineer' },
    state: 'open',
  });
  if (!ticket) throw new Error('there is a ticket');
  made.desk.put({
    kind: 'ticket',
    data: { ...ticket, id: 'T1', version: 3, photos: [], actions: ['photo'] },
  });
  return { ...made, send: (...files) => made.post('/api/v1/tickets/T1/photos', form(files), FORM) };
}

describe('photos of a ticket', () => {
  it('are made anew and named by the ticket, and come back as pictures and nothing else', async () => {
    const { send, get, desk } = await house();
    const sent = await cameraPhoto();
    const answer = await send({ bytes: sent }, { bytes: await plainPhoto(60, 40) });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['etag']).toBe('"4"');
    const { photos, history } = answer.json<{ photos: string[]; history: { action: string }[] }>();
    expect([photos.length, history.at(-1)?.action]).toEqual([2, 'photo']);

    const photo = await get(`/api/v1/photos/${photos[0]}`);
    expect(photo.statusCode).toBe(200);
    expect(photo.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
      'content-disposition': `inline; filename="${photos[0]}.jpg"`,
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'no-store',
    });
    for (const trace of ['Exif', 'GPS', 'Secret Camera'])
      expect(photo.rawPayload.includes(trace)).toBe(false);
    expect(await sharp(photo.rawPayload).metadata()).toMatchObject({ width: 200, height: 400 });
    expect(desk.asked.ticketActions.at(-1)).toMatchObject({ action: 'photo', body: { photos } });
  });

  it('may come with a note, the version that was seen and a key', async () => {
    const { post, desk } = await house();
    const body = form([{ bytes: await plainPhoto(9, 9) }], { note: '换好了' });
    const headers = { ...FORM, 'if-match': '"3"', 'idempotency-key': 'one' };
    expect((await post('/api/v1/tickets/T1/photos', body, headers)).statusCode).toBe(200);
    expect(desk.asked.ticketActions).toMatchObject([
      { version: 3, key: 'one', body: { note: '换好了' } },
    ]);
  });

  it('are dropped where the ticket does not take them after all', async () => {
    const { post, desk, get } = await house();
    const body = form([{ bytes: await plainPhoto(9, 9) }]);
    problemIn(await post('/api/v1/tickets/T1/photos', body, { ...FORM, 'if-match': '"2"' }), 409);
    const { photos = [] } = (desk.asked.ticketActions[0]?.body ?? {}) as { photos?: string[] };
    expect(photos).toHaveLength(1);
    problemIn(await get(`/api/v1/photos/${photos[0]}`), 404);
  });

  it.each<[string, () => Promise<Sent[]> | Sent[], number, RegExp]>([
    [
      'HEIC',
      () => [{ bytes: HEIC, name: 'IMG.HEIC', type: 'image/heic' }],
      422,
      /HEIC is not taken/,
    ],
    ['SVG', () => [{ bytes: Buffer.from('<svg onload="x()"/>') }], 422, /no JPEG, PNG or WebP/],
    ['a page that is named .jpg', () => [{ bytes: Buffer.from('<html>') }], 422, /no JPEG/],
    ['a GIF that is a script too', () => [{ bytes: Buffer.from('GIF89a=1;x()') }], 422, /no JPEG/],
    ['nothing', () => [{ bytes: Buffer.alloc(0) }], 422, /no JPEG/],
    ['a bomb', () => [{ bytes: hugePng(30_000, 30_000) }], 422, /40 million pixels/],
    [
      'half a photo',
      async () => [{ bytes: (await plainPhoto(300, 300)).subarray(0, 9000) }],
      422,
      /cut off or damaged/,
    ],
    ['9 MB', () => [{ bytes: Buffer.alloc(9 * 1024 * 1024, 0xff) }], 413, /may hold 8 MB/],
    [
      'four photos',
      async () => {
        const bytes = await plainPhoto(9, 9);
        return [{ bytes }, { bytes }, { bytes }, { bytes }];
      },
      413,
      /3 photos can be sent at once/,
    ],
    [
      'a name that is a path',
      async () => [{ bytes: await plainPhoto(9, 9), name: '../../x' }],
      422,
      /may not be a path/,
    ],
    [
      'one good and one bad',
      async () => [{ bytes: await plainPhoto(9, 9) }, { bytes: Buffer.from('MZ') }],
      422,
      /photo 2: it is no JPEG/,
    ],
    ['no file', () => [], 422, /no photo in it/],
  ])(
    'are refused in words where it is %s, and nothing is kept',
    async (_, files, status, words) => {
      const { send, desk } = await house();
      expect(problemIn(await send(...(await files())), status).detail).toMatch(words);
      expect([desk.asked.ticketActions, existsSync(desk.photosDir)]).toEqual([[], false]);
    },
  );

  it('of a ticket that is not there, and photos that are not there, are 404', async () => {
    const { post, get } = await house();
    const body = form([{ bytes: await plainPhoto(9, 9) }]);
    problemIn(await post('/api/v1/tickets/T99/photos', body, FORM), 404);
    for (const id of ['0'.repeat(32), 'x', '..%2f..%2fcourtyard.db'])
      problemIn(await get(`/api/v1/photos/${id}`), 404);
  });

  it('come as a form to this address only, and no form comes from another site', async () => {
    const { post, send } = await house();
    const body = form([{ bytes: await plainPhoto(9, 9) }]);
    problemIn(await post('/api/v1/tickets/T1/take', body, FORM), 415);
    problemIn(await post('/api/v1/tickets/T1/photos', {}), 415);
    const foreign = { ...FORM, origin: 'https://evil.example' };
    problemIn(await post('/api/v1/tickets/T1/photos', body, foreign), 403);
    const hidden = { ...FORM, cookie: 'courtyard=x' };
    expect((await post('/api/v1/tickets/T1/photos', body, hidden)).statusCode).toBe(403);
    expect((await send({ bytes: await plainPhoto(9, 9) })).statusCode).toBe(200);
  });

  it('whose form is cut off or nonsense are refused, not waited for', async () => {
    const { post } = await house();
    const whole = form([{ bytes: await plainPhoto(90, 90) }]);
    for (const body of [whole.subarray(0, whole.length - 300), Buffer.from('nonsense')])
      problemIn(await post('/api/v1/tickets/T1/photos', body, FORM), 422);
    const many = form([], { note: 'a', other: 'b' });
    problemIn(await post('/api/v1/tickets/T1/photos', many, FORM), 413);
  });
});
