// Corrections of the ledger: one person asks, another decides, and what the scales said stays.
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../gateway/api/desk.ts';
import { correctedDayOf } from '../../gateway/domain/correction.ts';
import type { Happening } from '../../gateway/domain/happening.ts';
import { createStanding } from '../../gateway/domain/standing.ts';
import { minutes } from '../../gateway/domain/time.ts';
import { siteDays } from '../../gateway/domain/day.ts';
import type { LogRecord } from '../../gateway/domain/record.ts';
import { createCommands } from '../../gateway/flow/commands.ts';
import type { PlacedCorrection } from '../../gateway/flow/weights/ledger-commands.ts';
import { createStep } from '../../gateway/flow/step.ts';
import { sumOfDay } from '../../gateway/domain/ledger-sum.ts';
import { createLedgerBook } from '../../gateway/project/ledger-keeping.ts';
import { ledgerRows } from '../../gateway/review/ledger.ts';
import type { Kilograms } from '../../gateway/domain/quantity.ts';
import type { Log } from '../../gateway/store/log.ts';
import { NOTHING_SAVED } from '../fakes/folded-site.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { COMPOUND, SMALL_SITE } from '../fakes/small-site.ts';

const li = { by: 'li', role: 'manager' };
const zhao = { by: 'zhao', role: 'reviewer' };
const DAY = '2026-11-02';
const FIVE_OFF = {
  day: DAY,
  station: 'k1',
  stream: 'wet',
  basis: 'deposited',
  kg: -5,
  reason: '桶上放了一把椅子',
};

function books() {
  const clock = handClock('2026-11-02T10:00:00+08:00');
  const standing = createStanding(NOTHING_SAVED);
  const step = createStep(SMALL_SITE, standing);
  const records: LogRecord[] = [];
  const append: Log['append'] = async (entries) => {
    for (const entry of entries) {
      const record: LogRecord = { ...entry, sequence: records.length + 1 };
      records.push(record);
      step.fold(record);
    }
    return records.length;
  };
  const parts = { log: { append }, standing, clock, settled: () => Promise.resolve() };
  const commands = createCommands(parts);
  const event = { kind: 'deposit', asset: 'k1-wet', by: 'weight', kg: 30 as Kilograms } as const;
  createLedgerBook(COMPOUND, standing).count({ ...event, at: clock.now() }, clock.now());
  const kept: Happening[] = [];
  return {
    clock,
    kept: () => {
      kept.push(...standing.takeChanges().happenings);
      return kept;
    },
    ask: (body: Record<string, unknown> = {}, more = {}) =>
      commands.askCorrection(COMPOUND, {
        action: 'correct',
        actor: li,
        body: { ...FIVE_OFF, ...body },
        ...more,
      }),
    decide: (id: string, action: 'approve' | 'refuse', actor = zhao) =>
      commands.decideCorrection(id, { action, actor, body: {} }),
    rows: () =>
      ledgerRows({
        by: 'day',
        sums: [...standing.ledger.all()].map(([, day]) => sumOfDay(day)),
        totals: [],
        calendar: siteDays(COMPOUND.place),
      }),
    written: () => records.length,
  };
}

const valueOf = (answer: Answer<PlacedCorrection>): PlacedCorrection => {
  if (!answer.ok) throw new Error(answer.detail);
  return answer.value;
};
const statusOf = (answer: Answer<unknown>): number => (answer.ok ? 200 : answer.status);

describe('a correction', () => {
  it('waits for a second person, and is seen to wait', async () => {
    const it = books();
    expect(valueOf(await it.ask())).toMatchObject({ state: 'pending', by: 'li', kg: -5 });
    expect(it.rows()).toMatchObject([{ kg: 30, pending: 1 }]);
    expect(it.rows()[0]).not.toHaveProperty('correctedKg');
  });

  it('counts once another has approved it, beside what the scale said', async () => {
    const it = books();
    const { id } = valueOf(await it.ask());
    it.clock.moveBy(minutes(5));
    expect(valueOf(await it.decide(id, 'approve'))).toMatchObject({
      state: 'approved',
      decidedBy: 'zhao',
    });
    expect(it.rows()).toMatchObject([{ kg: 30, correctedKg: -5 }]);
    expect(it.rows()[0]).not.toHaveProperty('pending');
  });

  it('changes nothing where it is refused', async () => {
    const it = books();
    const { id } = valueOf(await it.ask());
    await it.decide(id, 'refuse');
    expect(it.rows()[0]).not.toHaveProperty('correctedKg');
    expect(it.rows()[0]).not.toHaveProperty('pending');
  });

  it('is not approved by the one who asked for it', async () => {
    const it = books();
    const { id } = valueOf(await it.ask());
    expect(statusOf(await it.decide(id, 'approve', li))).toBe(403);
    expect(it.rows()[0]).not.toHaveProperty('correctedKg');
  });

  it('is decided once: the second decision is told who was first', async () => {
    const it = books();
    const { id } = valueOf(await it.ask());
    await it.decide(id, 'refuse');
    expect(await it.decide(id, 'approve', { by: 'admin', role: 'admin' })).toMatchObject({
      status: 409,
      detail: 'zhao has refused it',
    });
  });

  it('is kept for ever as a happening of its day and station', async () => {
    const it = books();
    const { id } = valueOf(await it.ask());
    await it.decide(id, 'approve');
    expect(it.kept().at(-1)).toMatchObject({
      kind: 'correction',
      id,
      day: DAY,
      place: 'k1',
      body: { state: 'approved', by: 'li', decidedBy: 'zhao', reason: '桶上放了一把椅子' },
    });
  });

  it('is asked for once, however often the same attempt is sent', async () => {
    const it = books();
    const first = valueOf(await it.ask({}, { key: 'a' }));
    expect(valueOf(await it.ask({}, { key: 'a' })).id).toBe(first.id);
    expect(it.written()).toBe(1);
  });

  it('can put right a day on which nothing was heard', async () => {
    const it = books();
    const { id } = valueOf(await it.ask({ day: '2026-10-30', kg: 12, basis: 'collected' }));
    await it.decide(id, 'approve');
    const day = it.rows().filter(({ period }) => period === '2026-10-30');
    expect(day).toMatchObject([
      { basis: 'deposited', kg: 0, completeness: 0 },
      { basis: 'collected', kg: 0, correctedKg: 12 },
    ]);
  });

  it.each([
    [{ day: '2026-11-03' }, 422, 'a day to come'],
    [{ day: '2025-10-20' }, 422, 'a day of the year before last'],
    [{ day: '2026-02-30' }, 422, 'no day at all'],
    [{ station: 'k9' }, 404, 'a station that is none'],
    [{ stream: 'dry' }, 404, 'a stream without bins'],
    [{ kg: 0 }, 422, 'nothing'],
    [{ kg: Number.NaN }, 422, 'no number'],
    [{ kg: 1e9 }, 422, 'a slip of the finger'],
    [{ kg: -30.1 }, 422, 'more than was there'],
    [{ reason: '  ' }, 422, 'no reason'],
    [{ basis: 'imagined' }, 422, 'a basis that is none'],
  ])('%j is refused with %i: %s', async (body, status, _what) => {
    const it = books();
    expect(statusOf(await it.ask(body))).toBe(status);
    expect(it.written()).toBe(0);
  });

  it('is refused where its reason is a book', async () => {
    expect(statusOf(await books().ask({ reason: '理'.repeat(65_000) }))).toBe(422);
  });

  it('two that together would leave less than nothing are not both approved', async () => {
    const it = books();
    const first = valueOf(await it.ask({ kg: -20 }));
    const second = valueOf(await it.ask({ kg: -20 }));
    await it.decide(first.id, 'approve');
    expect(statusOf(await it.decide(second.id, 'approve'))).toBe(422);
    expect(it.rows()).toMatchObject([{ correctedKg: -20, pending: 1 }]);
  });
});

it('a correction’s id says its day, also of a station whose id holds dots', () => {
  expect(correctedDayOf('2026-11-02.wet.k.1.3')).toEqual({
    day: '2026-11-02',
    stream: 'wet',
    station: 'k.1',
  });
  for (const id of ['', 'x', '2026-11-02.wet', '2026-13-02.wet.k1.1', '2026-11-02.mud.k1.1'])
    expect(correctedDayOf(id)).toBeUndefined();
});
