// The notice board and the labels over HTTP: who reads what, who writes, and what is refused.
import { describe, expect, it } from 'vitest';
import type { PostView } from '../../gateway/api/schemas.ts';
import { problemIn } from './face.ts';
import { staffedFace, type Who } from './staffed-face.ts';

const POSTS = '/api/v1/posts';
const NEWS = { kind: 'activity', title: '周六分类活动', words: '物业门口集合' };

async function house() {
  const { as, desk } = await staffedFace();
  const ask = (who: Who, url = POSTS) => as(who, { method: 'GET', url });
  const say = (who: Who, payload: object, headers: Record<string, string> = {}) =>
    as(who, { method: 'POST', url: POSTS, payload, headers });
  return { as, desk, ask, say };
}

describe('the notice board over HTTP', () => {
  it.each(['committee', 'reviewer', 'manager', 'admin'] as const)(
    'is written by a %s',
    async (who) => {
      const { say } = await house();
      const answer = await say(who, NEWS);
      expect(answer.statusCode).toBe(201);
      const post = answer.json<PostView>();
      expect(answer.headers['location']).toBe(`${POSTS}/${post.id}`);
      expect(post).toMatchObject({ ...NEWS, by: who, version: 1, state: 'published' });
    },
  );

  it('is read by the others without the names of its writers, and only what is current', async () => {
    const { as, ask, say } = await house();
    const { id } = (await say('manager', NEWS)).json<PostView>();
    const read = (await ask('cleaner')).json<PostView[]>();
    expect(read.map(({ title, by }) => [title, by])).toEqual([['周六分类活动', undefined]]);
    problemIn(await ask('cleaner', `${POSTS}?state=all`), 403);
    problemIn(await ask('display', `${POSTS}?state=all`), 403);
    const gone = await as('reviewer', { method: 'DELETE', url: `${POSTS}/${id}` });
    expect(gone.json<PostView>().state).toBe('withdrawn');
    expect((await ask('cleaner')).json()).toEqual([]);
    expect((await ask('manager', `${POSTS}?state=all`)).json()).toHaveLength(1);
  });

  it('shows a station’s screen its own station’s entries and the compound’s', async () => {
    const { ask, say } = await house();
    await say('manager', { ...NEWS, title: '一号点', place: 'k1' });
    await say('manager', { ...NEWS, title: '二号点', place: 'k2' });
    await say('manager', { ...NEWS, title: '全小区' });
    const shown = (await ask('display')).json<PostView[]>().map(({ title }) => title);
    expect(shown.toSorted()).toEqual(['一号点', '全小区']);
  });

  it('passes on which version was seen, and which attempt it is', async () => {
    const { as, desk, say } = await house();
    const { id } = (await say('manager', NEWS, { 'idempotency-key': 'a' })).json<PostView>();
    const again = await say('manager', NEWS, { 'idempotency-key': 'a' });
    expect(again.json<PostView>().id).toBe(id);
    let seen: unknown;
    desk.changePost = async (ask) => {
      seen = ask;
      return { ok: false, status: 409, title: 'Somebody was first', detail: 'look again' };
    };
    const headers = { 'if-match': '"1"' };
    problemIn(
      await as('manager', { method: 'PUT', url: `${POSTS}/${id}`, payload: NEWS, headers }),
      409,
    );
    expect(seen).toMatchObject({ id, version: 1, body: NEWS });
  });

  it.each([
    ['no kind', { title: 'x', words: '' }],
    ['a kind that is none', { ...NEWS, kind: 'gossip' }],
    ['an empty title', { ...NEWS, title: '' }],
    ['a title of 61', { ...NEWS, title: 'x'.repeat(61) }],
    ['words of 601', { ...NEWS, words: 'x'.repeat(601) }],
    ['a date in words', { ...NEWS, to: 'tomorrow' }],
    ['what nobody asked for', { ...NEWS, state: 'published' }],
  ])('refuses %s', async (_what, payload) => {
    const { say } = await house();
    problemIn(await say('manager', payload), 400);
  });

  it('refuses 65,000 characters without reading them', async () => {
    const { say } = await house();
    problemIn(await say('manager', { ...NEWS, words: '长'.repeat(65_000) }), 413);
  });
});

describe('the labels over HTTP', () => {
  it('are for who hangs them up, with what speaks against printing', async () => {
    const { ask, desk } = await house();
    desk.putLabels({ warnings: [{ reason: 'private', host: '192.168.1.20', words: 'no' }] });
    const labels = (await ask('engineer', '/api/v1/labels')).json();
    expect(labels).toMatchObject({
      contact: { phone: '021-5555 0100' },
      warnings: [{ reason: 'private', host: '192.168.1.20' }],
      labels: [{ code: 'k1', link: 'https://luyuan.example/r/k1' }, { code: 'lamp-01' }],
    });
    problemIn(await ask('cleaner', '/api/v1/labels'), 403);
  });
});
