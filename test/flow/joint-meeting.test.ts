// What the joint meeting is told: by days, by side, with the figures that should be nought.
import { describe, expect, it } from 'vitest';
import type { Happening } from '../../gateway/domain/happening.ts';
import { hours, instant } from '../../gateway/domain/time.ts';
import { WEEKDAYS } from '../../gateway/domain/asset.ts';
import { command } from '../fakes/folded-site.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { given, LI, PATROLLED_SITE, statusOf, walkedSite } from '../fakes/walked-site.ts';

const at = (text: string) => instant(Date.parse(`${text}+08:00`));

function meeting() {
  const clock = handClock('2026-11-20T10:00:00+08:00');
  const { compound } = PATROLLED_SITE;
  const windows = [{ days: WEEKDAYS, fromMinute: 7 * 60, toMinute: 9 * 60 }];
  const stations = new Map([['k1', { id: 'k1', name: '1号投放点', windows }]]);
  const site = walkedSite({ ...PATROLLED_SITE, compound: { ...compound, stations } }, clock);
  const raise = (when: string, title: string) =>
    site.append([
      command({
        on: 'ticket',
        action: 'raise',
        at: at(when),
        body: { category: 'drain', title, building: 'b3' },
      }),
    ]);
  const step = (when: string, id: string, action: string, body: object = {}, role = 'manager') =>
    site.append([
      command({ on: 'ticket', id, action, at: at(when), body: { ...body }, role, by: role }),
    ]);
  return { site, clock, raise, step, ask: (span = {}) => site.desk().jointMeeting(span) };
}

const titles = (rows: readonly { readonly title: string }[]) => rows.map(({ title }) => title);

describe('the joint meeting', () => {
  it('goes through what is new, what lasts, and what came back more than once', async () => {
    const { raise, step, ask } = meeting();
    await raise('2026-11-01T08:00:00', '旧的');
    await raise('2026-11-02T08:00:00', '退了两次');
    for (const day of ['03', '04']) {
      if (day === '03') await step('2026-11-03T08:00:00', 'T2', 'take', {}, 'engineer');
      await step(`2026-11-${day}T09:00:00`, 'T2', 'rectify', { note: '好了' }, 'engineer');
      const back = { result: 'return', reason: '又坏了' };
      await step(`2026-11-${day}T10:00:00`, 'T2', 'inspect', back, 'committee');
    }
    await raise('2026-11-07T00:00:00', '新的');
    const { from, to, fresh, lasting, returned, overdue } = given(await ask());
    expect([from, to]).toEqual(['2026-11-07', '2026-11-20']);
    expect(titles(fresh)).toEqual(['新的']);
    expect(titles(lasting)).toEqual(['旧的', '退了两次']);
    expect(titles(returned)).toEqual(['退了两次']);
    expect(returned[0]).toMatchObject({ returns: 2, side: 'property' });
    expect(overdue).toMatchObject([{ team: 'engineers', side: 'property', numbers: [1, 2, 3] }]);
  });

  it('hears of what ended only where that was in its days', async () => {
    const { raise, step, ask } = meeting();
    await raise('2026-11-08T08:00:00', '谢绝');
    await step('2026-11-09T08:00:00', 'T1', 'decline', { reason: '不归物业' });
    const told = given(await ask());
    expect(told.fresh).toMatchObject([{ state: 'declined', endedBecause: '不归物业' }]);
    expect(told.lasting).toEqual([]);
    const later = given(await ask({ from: '2026-11-15', to: '2026-11-20' }));
    expect([later.fresh, later.lasting]).toEqual([[], []]);
  });

  it('hears of bags and of deposits outside the windows, by place', async () => {
    const { site, ask, clock } = meeting();
    given(await site.desk().countBags({ actor: LI, body: { place: 'k1', bags: 4 } }));
    given(await site.desk().countBags({ actor: LI, body: { place: 'b3', bags: 0 } }));
    const deposit = (id: string, when: string): Happening => ({
      kind: 'deposit',
      id,
      at: at(when),
      day: when.slice(0, 10),
      place: 'k1',
      asset: 'k1-wet',
      body: { kg: 1 },
    });
    const { standing } = site;
    standing().keep(deposit('early', '2026-11-19T06:59:59'));
    standing().keep(deposit('in time', '2026-11-19T07:00:00'));
    standing().keep(deposit('late', '2026-11-19T09:00:00'));
    standing().keep(deposit('long ago', '2026-10-19T09:00:00'));
    await site.wait();
    const { bags, offHours } = given(await ask());
    expect(bags).toEqual([{ place: 'k1', name: '1号投放点', bags: 4, side: 'property' }]);
    expect(offHours).toEqual([
      { place: 'k1', name: '1号投放点', deposits: 2, side: 'neighbourhood' },
    ]);
    clock.moveBy(hours(24 * 30));
    expect(given(await ask())).toMatchObject({ bags: [], offHours: [] });
  });

  it('hears suggestions, and never a telephone number', async () => {
    const { site, ask } = meeting();
    const report = (id: string, kind: string): Happening => ({
      kind: 'report',
      id,
      at: at('2026-11-19T06:59:59'),
      day: '2026-11-19',
      place: 'b3',
      body: { kind, place: '3号楼', words: '加一张长椅', ticket: 'T9', phone: '13800138000' },
    });
    site.standing().keep(report('a', 'suggestion'));
    site.standing().keep(report('b', 'fault'));
    await site.wait();
    const told = given(await ask());
    expect(told.suggestions).toMatchObject([{ place: '3号楼', words: '加一张长椅', ticket: 'T9' }]);
    expect(JSON.stringify(told)).not.toContain('13800138000');
  });

  it.each([{ from: '2026-13-01' }, { from: '2026-11-21' }, { to: '' }])(
    'is not asked for by %o',
    async (span) => {
      expect(statusOf(await meeting().ask(span))).toBe(422);
    },
  );
});
