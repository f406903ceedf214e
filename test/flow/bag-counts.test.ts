// Bags found dumped: one count for each person, place and day of the site.
import { describe, expect, it } from 'vitest';
import { hours, minutes } from '../../gateway/domain/time.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { given, LI, PATROLLED_SITE, statusOf, walkedSite, ZHAO } from '../fakes/walked-site.ts';

function site(start = '2026-11-02T07:00:00+08:00', startsAtMinute = 0) {
  const clock = handClock(start);
  const { compound } = PATROLLED_SITE;
  const place = { ...compound.place, dayStartsAtMinute: startsAtMinute };
  const walked = walkedSite({ ...PATROLLED_SITE, compound: { ...compound, place } }, clock);
  return {
    ...walked,
    clock,
    count: (
      place: string,
      bags: number,
      more: { key?: string; actor?: typeof LI; note?: string } = {},
    ) => {
      const { note, ...ask } = more;
      const body = { place, bags, ...(note !== undefined && { note }) };
      return walked.desk().countBags({ actor: LI, body, ...ask });
    },
    sums: async (query = {}) => {
      const { days, bags } = given(await walked.desk().bagCounts(query));
      return [...days.map((row) => `${row.day} ${row.place} ${row.bags}`), bags];
    },
  };
}

describe('bags that are counted', () => {
  it('add up by day and place, over those who counted', async () => {
    const { count, sums, clock } = site();
    given(await count('k1', 3));
    clock.moveBy(minutes(1));
    given(await count('k1', 2, { actor: ZHAO }));
    clock.moveBy(minutes(1));
    given(await count('b3', 0));
    expect(await sums()).toEqual(['2026-11-02 b3 0', '2026-11-02 k1 5', 5]);
    expect(await sums({ place: 'k1' })).toEqual(['2026-11-02 k1 5', 5]);
  });

  it('take the place of what the same person had counted there that day; both are in the audit', async () => {
    const { count, sums, clock, takeAudit } = site();
    given(await count('k1', 30));
    clock.moveBy(minutes(1));
    given(await count('k1', 3, { note: '手滑' }));
    expect(await sums()).toEqual(['2026-11-02 k1 3', 3]);
    expect(takeAudit().map(({ action, id, detail }) => `${action} ${id} ${detail}`)).toEqual([
      'count-bags k1 {"asked":{"bags":30}}',
      'count-bags k1 {"asked":{"bags":3,"note":"手滑"}}',
    ]);
  });

  it.each([
    ['at midnight', '2026-11-02T23:59:59.999+08:00', 0, ['2026-11-03 k1 2', '2026-11-02 k1 1', 3]],
    [
      'at the hour of the site',
      '2026-11-03T04:59:59.999+08:00',
      300,
      ['2026-11-03 k1 2', '2026-11-02 k1 1', 3],
    ],
    ['and at no other', '2026-11-02T23:59:59.999+08:00', 300, ['2026-11-02 k1 2', 2]],
  ] as const)('belong to the site’s day, which ends %s', async (_what, start, minute, expected) => {
    const { count, sums, clock } = site(start, minute);
    given(await count('k1', 1));
    clock.moveBy(minutes(1));
    given(await count('k1', 2));
    expect(await sums()).toEqual(expected);
  });

  it('are asked for by days, the last fortnight where none are given', async () => {
    const { count, sums, clock } = site();
    given(await count('k1', 1));
    clock.moveBy(hours(24 * 14));
    given(await count('k1', 2));
    expect(await sums()).toEqual(['2026-11-16 k1 2', 2]);
    expect(await sums({ from: '2026-11-02', to: '2026-11-02' })).toEqual(['2026-11-02 k1 1', 1]);
  });

  it.each([
    [{ from: '2026-11-31' }],
    [{ to: 'today' }],
    [{ from: '2026-11-03', to: '2026-11-02' }],
  ])('are not asked for by %o', async (query) => {
    expect(statusOf(await site().desk().bagCounts(query))).toBe(422);
  });

  it('are counted once where a phone sends again', async () => {
    const { count, records } = site();
    given(await count('k1', 4, { key: 'a' }));
    expect(given(await count('k1', 4, { key: 'a' })).bags).toBe(4);
    expect(records).toHaveLength(1);
  });

  it('lie at a place that the site has', async () => {
    const { count } = site();
    expect(statusOf(await count('k9', 1))).toBe(422);
    expect(statusOf(await count('lamp-1', 1))).toBe(200);
  });
});
