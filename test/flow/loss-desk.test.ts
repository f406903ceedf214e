// The loss ledger as it is asked for, over the store in memory.
import { describe, expect, it } from 'vitest';
import type { IntakeDaysQuery, LossesQuery } from '../../gateway/api/desk.ts';
import type { IntakeChanges } from '../../gateway/domain/intake-book.ts';
import type { LossRow } from '../../gateway/domain/loss.ts';
import { instant, minutes } from '../../gateway/domain/time.ts';
import { createDayEnd } from '../../gateway/flow/losses/loss-day-end.ts';
import { createLossDesk } from '../../gateway/flow/losses/loss-desk.ts';
import { lineOf } from '../../gateway/flow/losses/loss-line.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { memoryLosses } from '../fakes/memory-losses.ts';
import { COMPOUND } from '../fakes/small-site.ts';

const DAY = '2026-11-22';
const noon = Date.parse(`${DAY}T12:00:00+08:00`);
const of = { day: DAY, source: 'bins-line', device: 'k1' };

const gap = (change: Partial<LossRow> = {}): LossRow => ({
  ...of,
  id: 'k1 42',
  reason: 'gap',
  from: instant(noon),
  to: instant(noon + 1000),
  count: 10,
  firstSeq: 42,
  lastSeq: 51,
  ...change,
});

const KEPT: IntakeChanges = {
  counts: [
    { ...of, frames: 100, readings: 200 },
    { ...of, source: 'broker', device: 'lamp-1', frames: 50, readings: 50 },
    { ...of, device: '', frames: 5, readings: 0 },
    { ...of, day: '2026-11-21', frames: 9, readings: 9 },
  ],
  reasons: [
    { ...of, device: '', kind: 'rejected', reason: 'checksum', count: 5 },
    { ...of, kind: 'lost', reason: 'gap', count: 10 },
    { ...of, source: 'broker', device: 'lamp-1', kind: 'lost', reason: 'shed', count: 2 },
    { ...of, kind: 'noted', reason: 'overflow', count: 4 },
    { ...of, kind: 'noted', reason: 'silence', count: 30 },
  ],
  losses: [
    gap(),
    gap({ id: 'k1 silent', reason: 'silence', count: 30, to: instant(noon + 2000) }),
    gap({ id: 'old', day: '2026-11-21', to: instant(noon - 86_400_000) }),
  ],
};

function desk(now = `${DAY}T20:00:00+08:00`) {
  const books = memoryLosses();
  books.save(KEPT);
  const clock = handClock(now);
  return { books, clock, ...createLossDesk({ place: COMPOUND.place, books, clock }) };
}

async function daysFor(query: IntakeDaysQuery) {
  const answer = await desk().days(query);
  return answer.ok ? answer.value : answer.detail;
}

async function lossesFor(query: LossesQuery) {
  const answer = await desk().losses(query);
  return answer.ok ? answer.value.losses.map(({ id }) => id) : answer.detail;
}

describe('a day of the loss ledger', () => {
  it('is today where nothing is asked for, in one sentence', async () => {
    expect(await daysFor({})).toMatchObject([
      {
        day: DAY,
        isOver: false,
        line: `${DAY}: 161 heard, 155 stored, 5 rejected (5 checksum), 12 lost: 10 gap (k1 42…51), 2 shed; 30 awaited in vain (k1)`,
      },
    ]);
  });

  it('adds up its sources and devices: heard is what was stored and what was given up', async () => {
    const [day] = (await daysFor({ day: DAY })) as Exclude<
      Awaited<ReturnType<typeof daysFor>>,
      string
    >;
    expect(day).toMatchObject({ heard: 161, stored: 155, readings: 250, lostInAll: 12 });
    expect(day?.sources.map(({ id, heard, stored }) => [id, heard, stored])).toEqual([
      ['bins-line', 109, 105],
      ['broker', 52, 50],
    ]);
    expect(day?.devices).toMatchObject([
      { id: 'k1', source: 'bins-line', heard: 104, stored: 100, lost: { gap: 10 } },
      { id: 'lamp-1', source: 'broker', heard: 52, stored: 50, lost: { shed: 2 } },
    ]);
  });

  it('is one of several, also where nothing was heard, without its devices', async () => {
    const days = await daysFor({ from: '2026-11-20', to: '2026-11-22' });
    expect(days).toMatchObject([
      { day: '2026-11-20', line: '2026-11-20: 0 heard, 0 stored, 0 lost', isOver: true },
      { day: '2026-11-21', stored: 9, devices: [] },
      { day: DAY, stored: 155, devices: [] },
    ]);
  });

  it.each([
    [{ day: 'yesterday' }, '"yesterday" is no date (2026-11-22)'],
    [{ from: '2026-11-22', to: '2026-11-20' }, 'from 2026-11-22 lies after to 2026-11-20'],
    [{ from: '2020-01-01', to: '2026-11-20' }, 'more than 400 days'],
  ])('is not %j', async (query, words) => {
    expect(await daysFor(query)).toBe(words);
  });
});

describe('the losses', () => {
  it('are told newest first, of the days and moments that are asked for', async () => {
    expect(await lossesFor({})).toEqual(['k1 silent', 'k1 42', 'old']);
    expect(await lossesFor({ from: DAY, to: DAY })).toEqual(['k1 silent', 'k1 42']);
    expect(await lossesFor({ to: '2026-11-21' })).toEqual(['old']);
    expect(await lossesFor({ from: `${DAY}T12:00:02+08:00` })).toEqual(['k1 silent']);
    expect(await lossesFor({ reason: 'gap', device: 'k1', source: 'bins-line' })).toEqual([
      'k1 42',
      'old',
    ]);
    expect(await lossesFor({ from: 'soon' })).toBe('from is no date and no instant with its zone');
  });

  it('say where the next page begins, and nothing on the last', async () => {
    const { losses } = desk();
    const page = async (offset: number) => {
      const answer = await losses({ limit: 2, offset });
      return answer.ok && [answer.value.losses.length, answer.value.next];
    };
    expect([await page(0), await page(2)]).toEqual([
      [2, 2],
      [1, undefined],
    ]);
  });
});

describe('the sentence of a day', () => {
  const quiet = { day: DAY, heard: 17_280, stored: 17_280, rejected: {}, lost: {}, noted: {} };
  const gaps = { ...quiet, lost: { gap: 9 }, lostInAll: 9 };

  it('says plainly that nothing was lost', () => {
    expect(lineOf({ ...quiet, lostInAll: 0, losses: [] })).toBe(
      '2026-11-22: 17,280 heard, 17,280 stored, 0 lost',
    );
  });

  it.each([
    [[gap({ lastSeq: 42, count: 1 })], 'k1 42'],
    [[gap({ count: 9 })], 'k1 9 of 42…51'],
    [[gap({ firstSeq: 65_534, lastSeq: 2, count: 5 })], 'k1 65534…2'],
    [[gap({ why: 'gateway-off' })], 'k1 42…51 while the gateway was off'],
    [[gap({ why: 'source-down' })], 'k1 42…51 while the line was down'],
    [
      ['k1', 'k2', 'k3', 'k4', 'k5'].map((device) => gap({ device })),
      'k1 42…51, k2 42…51, k3 42…51 and 2 more',
    ],
  ])('names the first of its gaps: %#', (losses, words) => {
    expect(lineOf({ ...gaps, losses })).toBe(
      `2026-11-22: 17,280 heard, 17,280 stored, 9 lost: 9 gap (${words})`,
    );
  });
});

it('a day that is over is said once, in one line, a minute later', async () => {
  const { days, clock } = desk('2026-11-22T23:58:00+08:00');
  const said: string[] = [];
  const logger = {
    info: (_facts: object, words: string) => void said.push(`info ${words}`),
    warn: (_facts: object, words: string) => void said.push(`warn ${words}`),
  };
  const onFault = (fault: unknown): void => void said.push(String(fault));
  const dayEnd = createDayEnd({ place: COMPOUND.place, clock, days, logger, onFault });
  dayEnd.start();
  const pass = async (count: number): Promise<void> => {
    clock.moveBy(minutes(count));
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  await pass(2.9);
  expect(said).toEqual([]);
  await pass(0.1);
  expect(said).toEqual([expect.stringMatching(/^warn 2026-11-22: 161 heard, .* 12 lost/)]);
  await pass(24 * 60);
  expect(said.slice(1)).toEqual(['info 2026-11-23: 0 heard, 0 stored, 0 lost']);
  dayEnd.stop();
  await pass(48 * 60);
  expect(said).toHaveLength(2);
});
