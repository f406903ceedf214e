// The page behind a resident's secret link, as a phone without JavaScript sees and uses it.
import { describe, expect, it } from 'vitest';
import { zh } from '../../../gateway/api/resident/words-zh.ts';
import { secretOf } from '../../fakes/hand-reports.ts';
import { plainPhoto } from '../../fakes/sent-photos.ts';
import { phone, SOMETHING, type Phone } from './sent.ts';

const FOLLOW = `/f/${secretOf(42)}`;

async function reported(): Promise<Phone> {
  const made = await phone();
  await made.report(SOMETHING, [await plainPhoto(40, 30)]);
  return made;
}

describe('the page that follows a report', () => {
  it('shows the number, how far it has come, and by when something happens', async () => {
    const { get, desk } = await reported();
    const fresh = await get(`${FOLLOW}?new`);
    expect(fresh.body).toContain('<strong>42</strong>');
    expect(fresh.body).toContain(zh.follow.sent);
    expect(fresh.body.match(/dot--reached/g)).toHaveLength(1);
    desk.follows(secretOf(42), {
      steps: [
        { step: 'received', at: '2026-11-20T10:20:00.000Z' },
        { step: 'assigned', at: '2026-11-20T10:25:00.000Z' },
      ],
      answers: [{ at: '2026-11-20T10:25:00.000Z', words: '马上来' }],
      neighbours: 2,
      sensor: { says: 'fullest-bin', name: '1号湿桶', quantity: 'fill', value: 0.964, ageS: 12 },
    });
    const { body } = await get(FOLLOW);
    expect(body).not.toContain(zh.follow.sent);
    expect(body.match(/dot--reached/g)).toHaveLength(2);
    // 10:25 UTC in the site's zone.
    expect(body).toContain('18:25');
    expect(body).toContain('马上来');
    expect(body).toContain('传感器：最满的1号湿桶，96 %，上报前 12 秒');
    const english = (await get(`${FOLLOW}?lang=en`)).body;
    expect(english).toContain(
      'The sensor says: 1号湿桶 is the fullest, 96 %, 12 s before your report',
    );
    expect(body).toContain(zh.follow.joined(2));
  });

  it('says that it is late where its time has passed, and nothing of time once it is done', async () => {
    const { get, desk } = await reported();
    const now = Date.parse(desk.site().now);
    const at = (ms: number): string => new Date(now + ms).toISOString();
    desk.follows(secretOf(42), { expectedAt: at(-60_000) });
    expect((await get(FOLLOW)).body).toContain('已超时');
    desk.follows(secretOf(42), { expectedAt: at(60_000) });
    expect((await get(FOLLOW)).body).not.toContain('已超时');
    desk.follows(secretOf(42), { expectedAt: at(-60_000), state: 'closed' });
    expect((await get(FOLLOW)).body).not.toContain('已超时');
  });

  it('tells a link that is none the same as any address that never was', async () => {
    const { get, send } = await reported();
    const answers = [
      await get('/f/x'),
      await get(`/f/${'x'.repeat(22)}`),
      await get('/f/x/photos/00000000000000000000000000000000'),
      await get(`${FOLLOW}/photos/ffffffffffffffffffffffffffffffff`),
      await send('/f/x/more', { words: 'hi' }),
      await send('/f/x/rating', { stars: '5' }),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404, 404, 404, 404]);
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(answers[0]?.body).toContain(zh.none.link);
  });

  it('shows photos to whoever has the link, as pictures and nothing else', async () => {
    const { get } = await reported();
    const [, address = ''] = /<img\s+src="([^"]+)"/.exec((await get(FOLLOW)).body) ?? [];
    const answer = await get(address);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; sandbox",
    });
  });

  it('takes more words and photos, and leads back to itself', async () => {
    const { send, desk } = await reported();
    const more = await send(`${FOLLOW}/more?lang=en`, { words: '还有玻璃' }, [
      await plainPhoto(9, 9),
    ]);
    expect([more.statusCode, more.headers['location']]).toEqual([303, `${FOLLOW}?lang=en`]);
    const view = await desk.follow(secretOf(42));
    expect(view).toMatchObject({ ok: true, value: { words: `${SOMETHING['words']}\n还有玻璃` } });
    const nothing = await send(`${FOLLOW}/more`, { words: ' ' });
    expect([nothing.statusCode, nothing.body.includes(zh.mistakes['words-missing'])]).toEqual([
      422,
      true,
    ]);
  });

  it('keeps what was typed when it is too long', async () => {
    const { send } = await reported();
    const words = '玻'.repeat(65_000);
    const answer = await send(`${FOLLOW}/more`, { words });
    expect(answer.statusCode).toBe(413);
    expect(answer.body).toContain(words);
  });

  it('asks for a rating once it is done, and for nothing before', async () => {
    const { get, send, desk } = await reported();
    expect((await get(FOLLOW)).body).not.toContain('name="stars"');
    desk.follows(secretOf(42), { state: 'done', mayRate: true, mayReopen: true });
    expect((await get(FOLLOW)).body).toContain('name="stars"');
    const none = await send(`${FOLLOW}/rating`, { note: '谢谢' });
    expect([none.statusCode, none.body.includes('谢谢</textarea')]).toEqual([422, true]);
    expect((await send(`${FOLLOW}/rating`, { stars: '4', note: '谢谢' })).statusCode).toBe(303);
    expect((await get(FOLLOW)).body).toContain(zh.follow.rated(4));
  });
});
