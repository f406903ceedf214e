// What becomes of what residents tell: it opens a ticket or joins one, follows it, and is never lost.
import { describe, expect, it } from 'vitest';
import type { Category } from '../../gateway/domain/ticket.ts';
import { reportingSite, valueOf, type ReportingSite } from '../fakes/reporting-site.ts';

const answered = { team: 'engineers', note: '今晚去看' };

describe('a report', () => {
  it('opens a ticket in the full route, with its place, its asset and a time', async () => {
    const site = reportingSite();
    const taken = await site.tells();
    expect(taken).toMatchObject({ number: 1, ticket: 'T1' });
    expect(taken.secret).toMatch(/^[\w-]{32}$/);
    const ticket = site.ticket('T1');
    expect(ticket).toMatchObject({
      route: 'full',
      asset: 'lamp-1',
      place: '1号庭院灯',
      title: '1号庭院灯 路灯故障',
      severity: 'medium',
      team: 'engineers',
      state: 'raised',
    });
    expect(taken.expectedAt).toBe(new Date(ticket?.dueAt ?? 0).toISOString());
    expect(ticket?.raisedBy).toMatch(/^resident:[0-9a-f]{16}$/);
  });

  it.each<[string, Category, string, string | undefined]>([
    ['k1', 'bin-full', '1号投放点', undefined],
    ['k1', 'dumping', '1号投放点', undefined],
    ['water-main', 'water-leak', '总表', 'water-main'],
    ['b3', 'lift', '3号楼', undefined],
  ])('from %s of %s stands at %s', async (spot, category, place, asset) => {
    const site = reportingSite();
    await site.tells({ spot, category });
    expect(site.ticket('T1')).toMatchObject({ place, category, state: 'raised' });
    expect(site.ticket('T1')?.asset).toBe(asset);
  });

  it('keeps a digest of its secret, and the secret nowhere', async () => {
    const site = reportingSite();
    const { secret } = await site.tells({ phone: '13800138000' });
    const all = JSON.stringify([site.records, [...site.standing().reports.all()]]);
    expect(all).not.toContain(secret);
    expect(JSON.stringify(site.audit)).not.toMatch(/138|secret|Digest/);
  });

  it('from a code that no label bears is refused', async () => {
    const desk = reportingSite().desk();
    const report = { category: 'lamp', kind: 'fault', words: 'x', photos: [], by: 'page' } as const;
    expect(await desk.report({ ...report, spot: 'lamp-99' })).toMatchObject({ status: 404 });
  });

  it.each([
    ['no words', ' \n', 422],
    ['4,000 letters', '长'.repeat(4000), 200],
    ['4,001 letters', '长'.repeat(4001), 422],
    ['65,000 letters', '长'.repeat(65_000), 422],
  ])('of %s is answered %d', async (_, words, status) => {
    const desk = reportingSite().desk();
    const told = {
      spot: 'k1',
      category: 'dumping',
      kind: 'fault',
      photos: [],
      by: 'page',
    } as const;
    const answer = await desk.report({ ...told, words });
    expect(answer.ok ? 200 : answer.status).toBe(status);
  });

  it('sent twice under one key is one report, with the same secret', async () => {
    const site = reportingSite();
    const [first, second] = await Promise.all([
      site.tells({ key: 'attempt-1' }),
      site.tells({ key: 'attempt-1' }),
    ]);
    expect(second).toEqual(first);
    expect([...site.standing().reports.all()]).toHaveLength(1);
  });

  it('sent again after a restart is not taken twice', async () => {
    const site = reportingSite();
    await site.tells({ key: 'attempt-1' });
    site.restart();
    await expect(site.tells({ key: 'attempt-1' })).rejects.toThrow('409');
    expect(site.ticket('T1')?.history).toHaveLength(1);
  });

  it('is kept as words, whatever is written into it', async () => {
    const site = reportingSite();
    const words = '<img src=x onerror=alert(1)> [a](javascript:alert(1)) \u202Etxt.exe';
    const { secret } = await site.tells({ words });
    expect(valueOf(await site.desk().follow(secret)).words).toBe(words);
  });
});

describe('the same from a neighbour', () => {
  const second = async (site: ReportingSite, more = {}) =>
    (await site.tells({ words: '还是黑的', ...more })).ticket;

  it('joins the ticket that is there, and does not move it', async () => {
    const site = reportingSite();
    await site.tells();
    const joined = await site.tells({ words: '还是黑的，电话13800138000' });
    expect(joined).toMatchObject({ number: 1, ticket: 'T1', joined: 1 });
    expect(await site.tells()).toMatchObject({ joined: 2 });
    const ticket = site.ticket('T1');
    expect(ticket?.state).toBe('raised');
    expect(ticket?.history[1]).toMatchObject({
      action: 'report',
      role: 'resident',
      from: 'raised',
      to: 'raised',
      reason: '还是黑的，电话☎',
    });
  });

  it('joins weeks later while nobody has mended it', async () => {
    const site = reportingSite();
    await site.tells();
    await site.does('engineer', 'answer', 'T1', answered);
    site.moveTo('2026-11-23T10:00:00+08:00');
    expect(await second(site)).toBe('T1');
  });

  it.each([
    [30, 'T1'],
    [31, 'T2'],
  ])('%d minutes after it was mended is %s', async (minutes, ticket) => {
    const site = reportingSite();
    await site.tells({ spot: 'k1', category: 'dumping' });
    await site.does('engineer', 'answer', 'T1', { ...answered, team: 'cleaners' });
    await site.does('cleaner', 'rectify', 'T1', { note: '已清走' });
    const at = Date.parse('2026-11-02T10:00:00+08:00') + minutes * 60_000;
    site.moveTo(new Date(at).toISOString());
    expect(await second(site, { spot: 'k1', category: 'dumping' })).toBe(ticket);
  });

  it.each([
    ['another category', { category: 'electricity' }],
    ['another lamp', { spot: 'lamp-2' }],
    ['an idea', { kind: 'suggestion' }],
  ] as const)('of %s opens its own', async (_, more) => {
    const site = reportingSite();
    await site.tells();
    expect(await second(site, more)).toBe('T2');
  });

  it('is never known to be the same where it is merely “other”', async () => {
    const site = reportingSite();
    await site.tells({ spot: 'b3', category: 'other' });
    expect(await second(site, { spot: 'b3', category: 'other' })).toBe('T2');
  });

  it('opens its own after a refusal', async () => {
    const site = reportingSite();
    await site.tells();
    await site.does('engineer', 'decline', 'T1', { reason: '无此灯' });
    expect(await second(site)).toBe('T2');
  });

  it('joins what the bin’s own sensor raised at that station', async () => {
    const site = reportingSite();
    site.hears('k1-wet', 'fill', 0.95);
    site.moveTo('2026-11-02T10:11:00+08:00');
    expect(site.ticket('T1')).toMatchObject({ category: 'bin-full', asset: 'k1-wet' });
    site.hears('k1-wet', 'fill', 0.96);
    const taken = await site.tells({ spot: 'k1', category: 'bin-full' });
    expect(taken).toMatchObject({ ticket: 'T1', joined: 0 });
    expect(taken.sensor).toEqual({
      says: 'fullest-bin',
      name: '湿垃圾桶',
      quantity: 'fill',
      value: 0.96,
      ageS: 0,
    });
  });

  it('follows a ticket into the one that it was merged into', async () => {
    const site = reportingSite();
    const one = await site.tells();
    const two = await site.tells({ spot: 'lamp-2' });
    await site.does('engineer', 'merge', 'T2', { into: 'T1', reason: '同一回路' });
    await site.does('engineer', 'answer', 'T1', answered);
    const [first, merged] = await Promise.all([
      site.desk().follow(one.secret),
      site.desk().follow(two.secret),
    ]);
    expect(valueOf(first)).toMatchObject({ number: 1, state: 'open' });
    expect(valueOf(merged)).toMatchObject({ number: 2, state: 'open', place: '2号庭院灯' });
    expect(await second(site, { spot: 'lamp-2' })).toBe('T1');
  });
});

describe('what the sensor says beside it', () => {
  const LIT = 29;

  it('speaks against it: the sensor is checked as well, once', async () => {
    const site = reportingSite();
    site.hears('lamp-1', 'power', LIT);
    site.clock.moveBy(12_000 as never);
    const taken = await site.tells();
    expect(taken.sensor).toEqual({
      says: 'lit',
      name: '1号庭院灯',
      quantity: 'power',
      value: 29,
      ageS: 12,
    });
    expect(site.ticket('T2')).toMatchObject({
      category: 'sensor',
      asset: 'lamp-1',
      team: 'engineers',
      raisedBy: 'gateway',
      route: 'short',
    });
    expect(site.ticket('T1')?.history.at(-1)?.reason).toBe(
      '传感器：1号庭院灯亮着，29 W，12 秒前；与报修不符，传感器也要检查：T2',
    );
    expect(site.ticket('T2')?.history[0]?.reason).toContain('T1');
    site.hears('lamp-1', 'power', LIT);
    await site.tells();
    expect(site.ticket('T3')).toBeUndefined();
  });

  it.each([
    ['dark as reported', 0.4],
    ['weak', 12],
  ])('is for it where the lamp is %s', async (_, watts) => {
    const site = reportingSite();
    site.hears('lamp-1', 'power', watts);
    expect((await site.tells()).sensor).toMatchObject({ says: 'dark', value: watts });
    expect(site.ticket('T1')?.history.at(-1)?.reason).toContain('1号庭院灯未亮');
    expect(site.ticket('T2')).toBeUndefined();
  });

  it('is nothing where the sensor is silent, or the report is of something else', async () => {
    const site = reportingSite();
    site.hears('lamp-1', 'power', LIT);
    expect((await site.tells({ category: 'electricity' })).sensor).toBeUndefined();
    site.clock.moveBy((6 * 60_000) as never);
    expect((await site.tells()).sensor).toBeUndefined();
    expect(site.ticket('T3')).toBeUndefined();
  });

  it('asks nothing of the sensor where it is an idea', async () => {
    const site = reportingSite();
    site.hears('lamp-1', 'power', LIT);
    expect((await site.tells({ kind: 'suggestion' })).sensor).toBeUndefined();
  });
});
