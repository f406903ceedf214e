// The notice board from the asking to the restart: what is on it, for whom, and until when.
import { describe, expect, it } from 'vitest';
import type { PostWords } from '../../gateway/domain/post.ts';
import { given, NEWS, postedSite, SUN, WANG } from '../fakes/posted-site.ts';

const put = async (site: ReturnType<typeof postedSite>, more: Partial<PostWords> = {}) =>
  given(await site.desk().addPost({ body: { ...NEWS, ...more }, actor: WANG }));

describe('an entry of the notice board', () => {
  it('is on the board at once, with who wrote it, and is kept', async () => {
    const site = postedSite();
    const post = await put(site, { place: 'k1' });
    expect(post).toMatchObject({
      by: 'wang',
      state: 'published',
      version: 1,
      placeName: '1号投放点',
    });
    expect(await site.titles()).toEqual(['更换电梯']);
    expect(await site.desk().posts({ state: 'all' })).toEqual([post]);
  });

  it('is there before its first day, for people to know of it', async () => {
    const site = postedSite();
    await put(site, { from: '2026-12-24', to: '2026-12-24' });
    expect(await site.titles()).toEqual(['更换电梯']);
  });

  it.each([
    [0, '2026-11-21T23:59:59.999+08:00', true],
    [0, '2026-11-22T00:00:00+08:00', false],
    // The site's day begins at five in the morning.
    [300, '2026-11-22T04:59:59.999+08:00', true],
    [300, '2026-11-22T05:00:00+08:00', false],
  ])(
    'with a day that begins at minute %d, at %s it is there: %s',
    async (minute, moment, isThere) => {
      const site = postedSite({ dayStartsAtMinute: minute });
      await put(site, { to: '2026-11-21' });
      await site.comes(moment);
      expect(await site.titles()).toEqual(isThere ? ['更换电梯'] : []);
      expect(site.inMind()).toEqual(isThere ? ['更换电梯'] : []);
      const [kept] = await site.desk().posts({ state: 'all' });
      expect(kept).toMatchObject({ title: '更换电梯', state: isThere ? 'published' : 'over' });
    },
  );

  it('is over when the clock says so, also before the gateway has noticed', async () => {
    const site = postedSite();
    await put(site, { to: '2026-11-20' });
    site.clock.moveTo(Date.parse('2026-11-21T00:00:00+08:00') as ReturnType<typeof site.clock.now>);
    expect(await site.titles()).toEqual([]);
    expect(site.desk().postsFor('k1')).toEqual([]);
  });

  it('without a last day stands until it is withdrawn', async () => {
    const site = postedSite();
    const { id } = await put(site);
    await site.comes('2027-11-20T10:00:00+08:00');
    expect(await site.titles()).toEqual(['更换电梯']);
    const gone = given(await site.desk().withdrawPost({ id, actor: SUN }));
    expect(gone.state).toBe('withdrawn');
    expect(await site.titles()).toEqual([]);
    expect(site.inMind()).toEqual([]);
    const [kept] = await site.desk().posts({ state: 'all' });
    expect(kept).toMatchObject({ by: 'wang', changedBy: 'sun', state: 'withdrawn', version: 2 });
  });

  it('is withdrawn once', async () => {
    const site = postedSite();
    const { id } = await put(site);
    await site.desk().withdrawPost({ id, actor: SUN });
    expect(await site.desk().withdrawPost({ id, actor: SUN })).toMatchObject({ status: 404 });
    expect(await site.desk().changePost({ id, body: NEWS, actor: SUN })).toMatchObject({
      status: 404,
    });
  });

  it('is changed by another writer, keeps its first, and has a new last day', async () => {
    const site = postedSite();
    const { id } = await put(site, { to: '2026-11-20' });
    const body = { ...NEWS, title: '电梯已换好', to: '2026-11-22' };
    const changed = given(await site.desk().changePost({ id, body, actor: SUN, version: 1 }));
    expect(changed).toMatchObject({
      by: 'wang',
      changedBy: 'sun',
      version: 2,
      title: '电梯已换好',
    });
    await site.comes('2026-11-22T23:00:00+08:00');
    expect(await site.titles()).toEqual(['电梯已换好']);
    await site.comes('2026-11-23T00:00:00+08:00');
    expect(await site.titles()).toEqual([]);
  });

  it('is not changed by who saw an older one', async () => {
    const site = postedSite();
    const { id } = await put(site);
    await site.desk().changePost({ id, body: { ...NEWS, title: '新' }, actor: SUN, version: 1 });
    const late = await site.desk().changePost({ id, body: NEWS, actor: WANG, version: 1 });
    expect(late).toMatchObject({ ok: false, status: 409 });
    expect(await site.titles()).toEqual(['新']);
  });

  it('is one entry however often the same attempt is sent', async () => {
    const site = postedSite();
    const ask = { body: NEWS, actor: WANG, key: 'k-1' };
    const first = given(await site.desk().addPost(ask));
    expect(given(await site.desk().addPost(ask))).toEqual(first);
    await site.desk().withdrawPost({ id: first.id, actor: WANG });
    expect(given(await site.desk().addPost(ask)).state).toBe('withdrawn');
    expect(site.written().map(({ action }) => action)).toEqual(['put', 'withdraw']);
    // Another person's key is another key.
    expect(given(await site.desk().addPost({ ...ask, actor: SUN })).id).not.toBe(first.id);
  });
});

describe('a restart', () => {
  it('leaves on the board what was on it, and lets it end on its day', async () => {
    const site = postedSite();
    await put(site, { title: '到周六', to: '2026-11-21' });
    await put(site, { title: '一直' });
    const { id } = await put(site, { title: '撤下的' });
    await site.desk().withdrawPost({ id, actor: WANG });
    await site.restartsAt('2026-11-20T12:00:00+08:00');
    expect(site.inMind()).toEqual(['到周六', '一直']);
    await site.comes('2026-11-22T00:00:00+08:00');
    expect(site.inMind()).toEqual(['一直']);
  });

  it('after days of being off shows nothing that is over', async () => {
    const site = postedSite();
    await put(site, { to: '2026-11-21' });
    await site.restartsAt('2026-11-25T12:00:00+08:00');
    expect(await site.titles()).toEqual([]);
    await site.comes('2026-11-25T12:00:01+08:00');
    expect(site.inMind()).toEqual([]);
  });
});

describe('what is read where', () => {
  it('is of the whole compound, of the place itself, and of the building round it', async () => {
    const site = postedSite();
    await put(site, { title: '全小区' });
    await put(site, { title: '一号点', place: 'k1' });
    await put(site, { title: '二号点', place: 'k2' });
    await put(site, { title: '三号楼', place: 'b3' });
    const at = (code: string) =>
      site
        .desk()
        .postsFor(code)
        .map(({ title }) => title)
        .toSorted();
    expect(at('k1')).toEqual(['一号点', '三号楼', '全小区']);
    expect(at('k2')).toEqual(['二号点', '全小区']);
    expect(at('b3')).toEqual(['三号楼', '全小区']);
    expect(at('lamp-1')).toEqual(['全小区']);
    expect(at('nowhere')).toEqual(['全小区']);
    const screen = await site.desk().posts({ state: 'current', station: 'k2' });
    expect(screen.map(({ title }) => title).toSorted()).toEqual(['二号点', '全小区']);
  });

  it('names nobody, and has sooner days first', async () => {
    const site = postedSite();
    await put(site, { title: '没有日期' });
    await put(site, { title: '下周', from: '2026-11-28', to: '2026-11-28' });
    await put(site, { title: '今天', from: '2026-11-20' });
    expect(site.desk().postsFor('k1')).toEqual([
      { kind: 'doing', title: '今天', words: '请走西侧楼梯', from: '2026-11-20' },
      { kind: 'doing', title: '下周', words: '请走西侧楼梯', from: '2026-11-28', to: '2026-11-28' },
      { kind: 'doing', title: '没有日期', words: '请走西侧楼梯' },
    ]);
  });
});

describe('what may not be put on the board', () => {
  it.each([
    ['a title of nothing but spaces', { title: '   ' }, 'Not a title'],
    ['a title of 61 letters', { title: 'a'.repeat(61) }, 'Not a title'],
    ['a title of two lines', { title: 'a\nb' }, 'Not a title'],
    ['601 letters', { words: 'a'.repeat(601) }, 'Not to be read'],
    ['a bell', { words: 'a\u0007' }, 'Not to be read'],
    ['a place that is none', { place: 'k9' }, 'No such place'],
    ['a lamp for a place', { place: 'lamp-1' }, 'No such place'],
    ['a day that is none', { to: '2026-02-30' }, 'No such day'],
    [
      'an end before its beginning',
      { from: '2026-11-22', to: '2026-11-21' },
      'The wrong way round',
    ],
    ['what is over', { to: '2026-11-19' }, 'Over already'],
  ])('%s', async (_what, more, title) => {
    const site = postedSite();
    const answer = await site.desk().addPost({ body: { ...NEWS, ...more }, actor: WANG });
    expect(answer).toMatchObject({ ok: false, status: 422, title });
    expect(site.written()).toEqual([]);
  });

  it('while hostile words are words like any others', async () => {
    const site = postedSite();
    const title = '<img src=x onerror=alert(1)> \u202Eabc';
    await put(site, { title, words: 'javascript:alert(1)\n**x** [y](z)' });
    expect(await site.titles()).toEqual([title]);
  });
});
