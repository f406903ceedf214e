// What the holder of a secret link sees and may do, from the first word to the last star and after.
import { describe, expect, it } from 'vitest';
import { forStaff } from './reported.ts';
import { cameraPhoto } from '../fakes/sent-photos.ts';
import { reportingSite, valueOf, type ReportingSite } from '../fakes/reporting-site.ts';

const DUMPED = { spot: 'k1', category: 'dumping', words: '有人偷倒' } as const;

const follow = async (site: ReportingSite, secret: string) =>
  valueOf(await site.desk().follow(secret));

/** Answered, cleared away, inspected, looked back on. */
async function walk(site: ReportingSite, ticket = 'T1'): Promise<void> {
  await site.does('engineer', 'answer', ticket, { team: 'cleaners', note: '马上安排' });
  await site.does('cleaner', 'take', ticket);
  await site.does('cleaner', 'rectify', ticket, { note: '已清走' });
  await site.does('committee', 'inspect', ticket, { result: 'pass' });
  site.moveTo(new Date(site.clock.now() + 7 * 86_400_000).toISOString());
  await site.does('reviewer', 'look-back', ticket, { result: 'pass' });
}

describe('the follow link', () => {
  it('shows each step when it is reached, and what staff said', async () => {
    const site = reportingSite();
    const { secret } = await site.tells(DUMPED);
    const steps = async () => (await follow(site, secret)).steps.map(({ step }) => step);
    expect(await steps()).toEqual(['received']);
    await site.does('engineer', 'answer', 'T1', { team: 'cleaners', note: '马上安排' });
    expect(await steps()).toEqual(['received', 'assigned']);
    await site.does('cleaner', 'take', 'T1');
    expect(await steps()).toEqual(['received', 'assigned', 'working']);
    await site.does('cleaner', 'comment', 'T1', { text: '又是五单元' });
    await site.does('cleaner', 'rectify', 'T1', { note: '已清走，有事打13800138000' });
    expect(await steps()).toEqual(['received', 'assigned', 'working', 'done']);
    const view = await follow(site, secret);
    expect(view.state).toBe('done');
    expect(view.answers.map(({ words }) => words)).toEqual(['马上安排', '已清走，有事打☎']);
    await site.does('committee', 'inspect', 'T1', { result: 'return', reason: '还有一袋' });
    expect(await steps()).toEqual(['received', 'assigned', 'working']);
  });

  it('opens nothing for any other secret', async () => {
    const site = reportingSite();
    const { secret } = await site.tells();
    for (const wrong of [
      '',
      'x',
      `${secret}x`,
      `${secret.startsWith('A') ? 'B' : 'A'}${secret.slice(1)}`,
      "' OR 1=1 --",
    ])
      expect(await site.desk().follow(wrong)).toMatchObject({ ok: false, status: 404 });
  });

  it('says why it was declined, and gives no points', async () => {
    const site = reportingSite();
    const { secret } = await site.tells();
    await site.does('engineer', 'decline', 'T1', { reason: '这盏灯归市政' });
    const view = await follow(site, secret);
    expect(view).toMatchObject({ state: 'declined', points: 0, mayRate: false, mayReopen: true });
    expect(view.answers.at(-1)?.words).toBe('这盏灯归市政');
  });

  it('opens for years', async () => {
    const site = reportingSite();
    const { secret } = await site.tells(DUMPED);
    await walk(site);
    valueOf(await site.desk().rateReport(secret, { stars: 5 }));
    site.moveTo('2029-01-01T00:00:00+08:00');
    site.restart();
    const view = await follow(site, secret);
    expect(view).toMatchObject({ state: 'closed', stars: 5, points: 2, mayAdd: false });
    expect(view).toMatchObject({ mayRate: false, mayReopen: false });
  });
});

describe('an idea', () => {
  it('is answered in words, which ends it; there is nothing to mend', async () => {
    const site = reportingSite();
    const { secret } = await site.tells({ kind: 'suggestion', words: '加一盏灯吧' });
    const ticket = site.ticket('T1');
    expect(ticket).toMatchObject({ suggestion: true, severity: 'low', team: 'managers' });
    await site.does('engineer', 'take', 'T1');
    await expect(site.does('engineer', 'rectify', 'T1', { note: 'x' })).rejects.toThrow('422');
    await expect(site.does('manager', 'answer', 'T1', { team: 'managers' })).rejects.toThrow('422');
    const body = { team: 'managers', note: '明年春天加' };
    expect(await site.does('manager', 'answer', 'T1', body)).toMatchObject({ state: 'closed' });
    const view = await follow(site, secret);
    expect(view).toMatchObject({ kind: 'suggestion', state: 'closed', mayRate: true });
    expect(view.points).toBeUndefined();
    expect(view.steps.map(({ step }) => step)).toEqual(['received', 'assigned', 'working', 'done']);
    expect(valueOf(await site.desk().rateReport(secret, { stars: 4 })).stars).toBe(4);
  });
});

describe('rating', () => {
  it('closes the loop, and who was right has points', async () => {
    const site = reportingSite();
    const { secret } = await site.tells(DUMPED);
    expect(await site.desk().rateReport(secret, { stars: 5 })).toMatchObject({ status: 422 });
    await walk(site);
    expect((await follow(site, secret)).points).toBeUndefined();
    const view = valueOf(await site.desk().rateReport(secret, { stars: 5, note: '谢谢' }));
    expect(view).toMatchObject({ state: 'closed', stars: 5, points: 2, mayRate: false });
    expect(site.ticket('T1')).toMatchObject({ state: 'closed', stars: 5 });
    expect(site.ticket('T1')?.history.at(-1)).toMatchObject({ action: 'rate', reason: '5★ 谢谢' });
  });

  it('of a grave matter earns five', async () => {
    const site = reportingSite();
    const { secret } = await site.tells({ spot: 'b3', category: 'manhole' });
    await walk(site);
    expect(valueOf(await site.desk().rateReport(secret, { stars: 5 })).points).toBe(5);
  });

  it('is everybody’s who told of it; the first word is the raiser’s', async () => {
    const site = reportingSite();
    const raiser = await site.tells(DUMPED);
    const neighbour = await site.tells(DUMPED);
    await walk(site);
    const theirs = valueOf(await site.desk().rateReport(neighbour.secret, { stars: 2 }));
    expect(theirs).toMatchObject({ state: 'done', stars: 2, neighbours: 1 });
    expect(site.ticket('T1')?.stars).toBeUndefined();
    valueOf(await site.desk().rateReport(raiser.secret, { stars: 4 }));
    expect(site.ticket('T1')).toMatchObject({ state: 'closed', stars: 4 });
    expect((await follow(site, neighbour.secret)).points).toBe(2);
  });

  it('twice the same is once; another is refused', async () => {
    const site = reportingSite();
    const { secret } = await site.tells(DUMPED);
    await walk(site);
    for (const stars of [3, 3]) valueOf(await site.desk().rateReport(secret, { stars }));
    expect(await site.desk().rateReport(secret, { stars: 5 })).toMatchObject({ status: 422 });
    for (const stars of [0, 6, 2.5, Number.NaN])
      expect(await site.desk().rateReport(secret, { stars })).toMatchObject({ status: 422 });
  });

  it('that it is not mended opens it again, with its reason, and twice at most', async () => {
    const site = reportingSite();
    const { secret } = await site.tells(DUMPED);
    await walk(site);
    const again = { stars: 1, reopen: true };
    expect(await site.desk().rateReport(secret, again)).toMatchObject({ status: 422 });
    for (const returns of [1, 2]) {
      const view = valueOf(await site.desk().rateReport(secret, { ...again, note: '又堆了' }));
      expect(view).toMatchObject({ state: 'open' });
      expect(view.stars).toBeUndefined();
      expect(site.ticket('T1')).toMatchObject({ state: 'answered', returns });
      await site.does('cleaner', 'rectify', 'T1', { note: '又清走了' });
    }
    const third = await site.desk().rateReport(secret, { ...again, note: '还有' });
    expect(third).toMatchObject({ status: 422 });
  });

  it('opens again for a day after the end, and takes the points back', async () => {
    const site = reportingSite();
    const { secret } = await site.tells(DUMPED);
    await walk(site);
    valueOf(await site.desk().rateReport(secret, { stars: 5 }));
    site.moveTo(new Date(site.clock.now() + 23 * 3_600_000).toISOString());
    const again = { stars: 1, reopen: true, note: '又来了' };
    const view = valueOf(await site.desk().rateReport(secret, again));
    expect(view).toMatchObject({ state: 'open', stars: 5 });
    expect(view.points).toBeUndefined();
  });
});

describe('adding to it', () => {
  it('reaches the ticket and the follow page, with photos made anew', async () => {
    const site = reportingSite();
    const { secret } = await site.tells({ photos: [await cameraPhoto()] });
    const photos = [await cameraPhoto()];
    const view = valueOf(await site.desk().addToReport(secret, { words: '更暗了', photos }));
    expect(view.photos.own).toHaveLength(2);
    expect(view.words).toBe('灯不亮\n\n更暗了');
    expect(site.ticket('T1')?.history.at(-1)).toMatchObject({
      action: 'comment',
      role: 'resident',
    });
    const own = valueOf(await site.desk().reportPhoto(secret, view.photos.own[0] ?? ''));
    expect(Buffer.from(own).toString('latin1')).not.toMatch(/Secret Camera|Exif/);
    const other = await site.tells({ spot: 'lamp-2' });
    const theirs = await site.desk().reportPhoto(other.secret, view.photos.own[0] ?? '');
    expect(theirs).toMatchObject({ status: 404 });
  });

  it('lets a ticket go on that waited for the resident, and none that waits for parts', async () => {
    const site = reportingSite();
    const { secret } = await site.tells(DUMPED);
    await site.does('engineer', 'answer', 'T1', { team: 'cleaners' });
    const waits = () => site.ticket('T1')?.waiting;
    await site.does('cleaner', 'wait', 'T1', { for: 'resident', note: '哪个单元？' });
    expect([waits(), (await follow(site, secret)).state]).toEqual(['resident', 'waiting']);
    await site.desk().addToReport(secret, { words: '五单元门口', photos: [] });
    expect([waits(), (await follow(site, secret)).state]).toEqual([undefined, 'open']);
    expect(
      site
        .ticket('T1')
        ?.history.slice(-2)
        .map(({ action, role }) => [action, role]),
    ).toEqual([
      ['comment', 'resident'],
      ['resume', 'resident'],
    ]);
    await site.does('cleaner', 'wait', 'T1', { for: 'parts' });
    await site.desk().addToReport(secret, { words: '还在', photos: [] });
    expect(waits()).toBe('parts');
  });

  it('twice in a double tap is once, and ten times is enough', async () => {
    const site = reportingSite();
    const { secret } = await site.tells();
    const add = (words: string) => site.desk().addToReport(secret, { words, photos: [] });
    await Promise.all([add('a'), add('a')]);
    expect((await follow(site, secret)).words).toBe('灯不亮\n\na');
    for (const words of 'bcdefghij') valueOf(await add(words));
    expect((await follow(site, secret)).mayAdd).toBe(false);
    expect(await add('k')).toMatchObject({ status: 422 });
    expect(await add('')).toMatchObject({ status: 422 });
  });

  it('that is no photo leaves nothing behind', async () => {
    const site = reportingSite();
    const photos = [Buffer.from('GIF89a')];
    const told = { spot: 'k1', category: 'dumping', kind: 'fault', by: 'page' } as const;
    expect(await site.desk().report({ ...told, words: 'x', photos })).toMatchObject({
      status: 422,
    });
    expect([...site.standing().reports.all()]).toEqual([]);
    expect(site.ticket('T1')).toBeUndefined();
  });
});

describe('the telephone number', () => {
  const PHONE = '13800138000';
  const told = { ...DUMPED, phone: PHONE, words: `打我${PHONE}` };

  it('is for whoever may work on it, and nobody else', async () => {
    const site = reportingSite();
    const { secret } = await site.tells(told);
    const seenBy = (role: string) => JSON.stringify(forStaff(site, 'T1', role));
    for (const role of ['cleaner', 'steward', 'engineer', 'manager'])
      expect(seenBy(role)).toContain(PHONE);
    for (const role of ['committee', 'reviewer', 'admin', 'volunteer'])
      expect(seenBy(role)).not.toContain(PHONE);
    const neighbour = await site.tells(DUMPED);
    expect(JSON.stringify(await follow(site, neighbour.secret))).not.toContain(PHONE);
    expect(JSON.stringify(await follow(site, secret))).not.toContain(`"phone"`);
    expect(JSON.stringify([site.audit, site.ticket('T1')])).not.toContain(PHONE);
  });

  it('is forgotten 90 days after its ticket ended, and not before', async () => {
    const site = reportingSite();
    const { secret } = await site.tells(told);
    await site.does('engineer', 'decline', 'T1', { reason: '不是我们的' });
    const kept = async () =>
      JSON.stringify([
        [...site.standing().reports.all()],
        await site.kept.happenings({ kind: 'report', limit: 9 }),
      ]);
    site.moveTo('2027-01-31T09:59:00+08:00');
    expect(await kept()).toContain(PHONE);
    site.restart();
    site.moveTo('2027-01-31T10:00:00+08:00');
    expect(await kept()).not.toContain(PHONE);
    expect([...site.standing().reports.all()]).toEqual([]);
    expect((await follow(site, secret)).words).toBe('打我☎');
  });
});

describe('a restart at any point', () => {
  it('makes no difference to anything', async () => {
    const story = async (isRestarted: (step: number) => boolean) => {
      const site = reportingSite();
      let count = 0;
      const then = () => {
        count += 1;
        if (isRestarted(count)) site.restart();
      };
      site.hears('lamp-1', 'power', 29);
      const one = await site.tells(DUMPED);
      then();
      await site.tells(DUMPED);
      then();
      await site.tells();
      then();
      await site.does('engineer', 'answer', 'T1', { team: 'cleaners' });
      then();
      valueOf(await site.desk().addToReport(one.secret, { words: '快点', photos: [] }));
      then();
      await site.does('cleaner', 'rectify', 'T1', { note: '好' });
      then();
      const again = { stars: 1, note: '没好', reopen: true };
      valueOf(await site.desk().rateReport(one.secret, again));
      then();
      await site.does('engineer', 'decline', 'T2', { reason: '没坏' });
      then();
      site.moveTo('2027-06-01T10:00:00+08:00');
      then();
      const reports = (await site.kept.happenings({ kind: 'report', limit: 9 })).map(
        ({ id: _id, body: { secretDigest: _digest, ...body }, ...rest }) => ({ ...rest, body }),
      );
      const tickets = ['T1', 'T2', 'T3'].map((id) => {
        const ticket = site.ticket(id);
        return [ticket?.state, ticket?.returns, ticket?.history.map(({ action }) => action)];
      });
      return { count, reports, tickets };
    };
    const whole = await story(() => false);
    expect(whole.reports).toHaveLength(3);
    for (let at = 1; at <= whole.count; at += 1)
      expect(await story((step) => step === at)).toEqual(whole);
    expect(await story(() => true)).toEqual(whole);
  });
});
