// The form behind a printed code, as a phone without JavaScript sees and sends it.
import { describe, expect, it } from 'vitest';
import { MISTAKES, zh } from '../../../gateway/api/resident/words-zh.ts';
import { HEIC, plainPhoto } from '../../fakes/sent-photos.ts';
import { secretOf } from '../../fakes/hand-reports.ts';
import { fieldIn, phone, SOMETHING } from './sent.ts';

const says = (mistake: (typeof MISTAKES)[number]): string => zh.mistakes[mistake];
const photo = (): Promise<Buffer> => plainPhoto(40, 30);

describe('the form behind a printed code', () => {
  it('has the place filled in, what fits it first, and a telephone for whoever has no network', async () => {
    const { get } = await phone();
    const station = await get('/r/k1');
    expect(station.statusCode).toBe(200);
    expect(station.body).toContain('1号投放点');
    expect(station.body.indexOf('value="bin-full"')).toBeLessThan(
      station.body.indexOf('value="lift"'),
    );
    const building = (await get('/r/b3')).body;
    expect(building.indexOf('value="lift"')).toBeLessThan(building.indexOf('value="bin-full"'));
  });

  it('is kept nowhere, told to no search engine, and lets no script in but its own', async () => {
    const { headers } = await (await phone()).get('/r/k1');
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'same-origin',
      'x-robots-tag': 'noindex, nofollow',
    });
    expect(headers['content-security-policy']).toMatch(/default-src 'none'; script-src 'self'/);
    expect(headers['content-security-policy']).not.toContain('unsafe');
  });

  it('speaks Chinese, and English where that is asked for, also after it is sent', async () => {
    const { get, send, open, wait } = await phone();
    expect((await get('/r/k1')).body).toContain('<html lang="zh-CN">');
    const english = await get('/r/k1?lang=en&from=singlemessage');
    expect(english.body).toContain('<html lang="en">');
    expect(english.body).toContain('action="/r/k1?lang=en"');
    const token = await open();
    wait(10_000);
    const sent = await send('/r/k1?lang=en', { token, ...SOMETHING });
    expect(sent.headers['location']).toBe(`/f/${secretOf(42)}?lang=en&new`);
  });

  it('leads from a report on to the page that follows it', async () => {
    const { report, desk } = await phone();
    const words = '桶满了\n请快点';
    const sent = await report({ ...SOMETHING, words, phone: ' 138 1234 5678 ' }, [await photo()]);
    expect([sent.statusCode, sent.headers['location']]).toEqual([303, `/f/${secretOf(42)}?new`]);
    expect(desk.reported).toMatchObject([
      {
        spot: 'k1',
        category: 'bin-full',
        kind: 'fault',
        words,
        phone: '138 1234 5678',
        by: 'page',
      },
    ]);
    expect(desk.reported[0]?.photos).toHaveLength(1);
  });

  it('takes a double tap as one report', async () => {
    const { open, wait, send, desk } = await phone();
    const token = await open();
    wait(10_000);
    const answers = [
      await send('/r/k1', { token, ...SOMETHING }),
      await send('/r/k1', { token, ...SOMETHING }),
    ];
    expect(answers.map(({ headers }) => headers['location'])).toEqual(
      Array.from({ length: 2 }, () => `/f/${secretOf(42)}?new`),
    );
    expect(desk.reported).toHaveLength(1);
  });

  it('takes inputs in which nobody chose a photo for no photo', async () => {
    const { report, desk } = await phone();
    await report(SOMETHING, [new Uint8Array(), new Uint8Array()]);
    expect(desk.reported[0]?.photos).toEqual([]);
  });

  it.each([
    ['no tile was chosen', { category: '' }, 'category', 422],
    ['the tile is none of ours', { category: 'gateway' }, 'category', 422],
    ['something else is not said', { category: 'other', words: ' ' }, 'words-missing', 422],
    ['an idea has no words', { kind: 'suggestion', words: '' }, 'words-missing', 422],
    ['the telephone is none', { phone: 'javascript:alert(1)' }, 'phone', 422],
    ['65,000 letters were written', { words: '满'.repeat(65_000) }, 'words-long', 413],
  ] as const)('comes back with all that was typed when %s', async (_what, odd, mistake, status) => {
    const { report, desk } = await phone();
    const typed = { ...SOMETHING, words: '三号桶', phone: '13812345678', ...odd };
    const answer = await report(typed);
    expect(answer.statusCode).toBe(status);
    expect(answer.body).toContain(says(mistake));
    expect(answer.body).toContain(
      `rows="4" dir="auto" maxlength="2000">\n${typed.words}</textarea`,
    );
    expect(fieldIn(answer.body, 'phone') || answer.body).toContain(typed.phone);
    expect(desk.reported).toEqual([]);
  });

  it('comes back with its own token, so that the corrected form goes through at once', async () => {
    const { report, send } = await phone();
    const back = await report({ ...SOMETHING, category: '' });
    const token = fieldIn(back.body, 'token');
    expect((await send('/r/k1', { token, ...SOMETHING })).statusCode).toBe(303);
  });

  it.each([
    ['a photo is HEIC', () => [HEIC], 'photo-heic', 422],
    ['a photo is none', () => [Buffer.from('<svg onload=alert(1)>')], 'photo-strange', 422],
    ['a photo is too large', () => [jpegOf(10 * 1024 * 1024 + 1)], 'photo-large', 413],
    ['photos are too large together', () => three(9 * 1024 * 1024), 'photos-large', 413],
    ['there are too many photos', () => [...three(100), jpegOf(100)], 'photos-many', 413],
  ] as const)('says so when %s, and that photos have to be chosen again', async (...row) => {
    const [, photos, mistake, status] = row;
    const { report, desk } = await phone();
    const answer = await report(SOMETHING, photos());
    expect(answer.statusCode).toBe(status);
    expect(answer.body).toContain(says(mistake));
    expect(answer.body).toContain(zh.report.again);
    expect(answer.body).toContain(SOMETHING['words']);
    expect(desk.reported).toEqual([]);
  });

  it('tells who is too fast, too late or too often to come again, and loses nothing', async () => {
    const { open, wait, send, report } = await phone();
    const late = await open();
    wait(3 * 3_600_000);
    const stale = await send('/r/k1', { token: late, ...SOMETHING });
    expect([stale.statusCode, fieldIn(stale.body, 'token') === late]).toEqual([422, false]);
    expect(stale.body).toContain(says('token'));
    expect(stale.body).toContain(SOMETHING['words']);
    const answers = [];
    for (let nth = 0; nth < 8; nth += 1) answers.push(await report(SOMETHING));
    const often = answers.find(({ statusCode }) => statusCode === 429);
    expect(often?.body).toContain(says('too-soon'));
    expect(Number(often?.headers['retry-after'])).toBeGreaterThan(0);
    expect(often?.body).toContain(SOMETHING['words']);
  });

  it('keeps out whoever fills in what people do not see', async () => {
    const { report, desk } = await phone();
    const answer = await report({ ...SOMETHING, website: 'https://spam.example' });
    expect(answer.statusCode).toBe(422);
    expect(desk.reported).toEqual([]);
  });

  it('says what the desk refuses in the resident’s own tongue', async () => {
    const { report, desk } = await phone();
    const refused = { status: 422, title: 'Not taken', detail: 'photo 1: it is damaged' } as const;
    for (const [reason, mistake] of [
      ['broken', 'photo-refused'],
      ['too-many-today', 'photos-today'],
      ['of another kind', 'refused'],
    ] as const) {
      desk.refuseReports({ ...refused, reason });
      const answer = await report(SOMETHING, [await photo()]);
      expect([answer.statusCode, answer.body.includes(says(mistake))]).toEqual([422, true]);
    }
  });

  it('knows codes of no label by a page that says whom to call', async () => {
    const { get, send } = await phone();
    const lost = await get('/r/nowhere');
    expect([lost.statusCode, lost.headers['content-type']]).toEqual([
      404,
      'text/html; charset=utf-8',
    ]);
    expect(lost.body).toContain(zh.none.spot);
    expect((await send('/r/nowhere', SOMETHING)).statusCode).toBe(404);
  });

  it('is a page also when the house is broken', async () => {
    const { get, desk } = await phone();
    desk.spot = () => {
      throw new Error('disk I/O error at /var/lib/secret');
    };
    const broken = await get('/r/k1');
    expect(broken.statusCode).toBe(503);
    expect(broken.body).toContain(zh.none.broken);
    expect(broken.body).not.toContain('secret');
  });

  it('says on the page what stands on the notice board there', async () => {
    const { get, desk } = await phone();
    const words = '<img src=x onerror=alert(1)>';
    const actor = { by: 'wang', role: 'manager' };
    await desk.addPost({ body: { kind: 'planned', title: '修路', words }, actor });
    const { body } = await get('/r/k1');
    expect(body).toContain('修路');
    expect(body).toContain('&lt;img src=x');
  });
});

/** Begins like a JPEG; the page looks no further. */
const jpegOf = (size: number): Buffer =>
  Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(size - 3)]);
const three = (size: number): Buffer[] => [jpegOf(size), jpegOf(size), jpegOf(size)];
