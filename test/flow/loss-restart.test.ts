// The loss ledger is neither forgotten nor doubled by a restart: what is saved before any records of
// a log, and loaded again, ends in the same counts and the same rows.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Entry, LogRecord } from '../../gateway/domain/record.ts';
import { createStanding } from '../../gateway/domain/standing.ts';
import { instant, later, minutes, seconds, type Instant } from '../../gateway/domain/time.ts';
import { createStep } from '../../gateway/flow/step.ts';
import { frameOf, refused } from '../fakes/counted-site.ts';
import { line, numbered, started, tick } from '../fakes/folded-site.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { clock, SMALL_SITE } from '../fakes/small-site.ts';

const SITE = { ...SMALL_SITE, rules: [] };

type Happening = (at: Instant) => Entry;

const device = fc.constantFrom('lamp-1', 'lamp-2');
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(device, fc.constantFrom(0, 1, 2, 3, 4, 9, 10, 65_534, 65_535)).map(
      ([id, seq]): Happening =>
        (at) =>
          frameOf(id, at, seq),
    ),
  },
  {
    weight: 2,
    arbitrary: device.map(
      (id): Happening =>
        (at) =>
          frameOf(id, at),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Happening>((at) => refused('checksum', at)) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('shed' as const, 'skipped' as const)
      .map((reason): Happening => (at) => ({
        kind: 'loss',
        source: 'lights-line',
        reason,
        from: at,
        to: at,
        count: 2,
        receivedAt: at,
      })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('up' as const, 'down' as const).map(
      (state): Happening =>
        (at) =>
          line('lights-line', state, at),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Happening>(started) },
  { weight: 1, arbitrary: fc.constant<Happening>(tick) },
);

const pause = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(0, 1000, 59_000) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 8 * 3_600_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: -3_600_000, max: 0 }) },
);

const aLog = fc.array(fc.tuple(pause, happening), { maxLength: 60 }).map((steps): LogRecord[] => {
  let at = clock('20:00');
  const entries = steps.map(([wait, happen]) => {
    at = instant(at + wait);
    return happen(at);
  });
  return numbered([started(clock('19:59')), ...entries]);
});

async function booksOf(records: readonly LogRecord[], cuts: ReadonlySet<number>) {
  const store = memoryStore();
  let standing = createStanding(await store.step.load());
  let step = createStep(SITE, standing);
  const save = (cursor: number): Promise<void> =>
    store.step.save({ cursor, derived: [], ...standing.takeChanges() });
  for (const [index, record] of records.entries()) {
    if (cuts.has(index)) {
      await save(index);
      standing = createStanding(await store.step.load());
      step = createStep(SITE, standing);
    }
    step.fold(record);
  }
  await save(records.length);
  const everything = { from: instant(-9e15), to: instant(9e15), limit: 1e6, offset: 0 };
  const { counts, reasons } = await store.books.intakeDays('0000-01-01', '9999-12-31');
  const inOrder = (rows: readonly object[]): string[] =>
    rows.map((row) => JSON.stringify(row)).sort();
  return {
    counts: inOrder(counts),
    reasons: inOrder(reasons),
    losses: await store.books.losses(everything),
  };
}

it('is the same however often it is saved and loaded', async () => {
  const someCuts = fc.array(fc.nat({ max: 60 }), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(aLog, someCuts, async (records, cuts) => {
      const whole = await booksOf(records, new Set());
      expect(await booksOf(records, new Set(cuts))).toEqual(whole);
      expect(await booksOf(records, new Set(records.keys()))).toEqual(whole);
    }),
    { numRuns: 150 },
  );
});

it('has a row for every message that it counts as lost, and no row without one', async () => {
  await fc.assert(
    fc.asyncProperty(aLog, async (records) => {
      const { losses, reasons } = await booksOf(records, new Set());
      const rows = losses.reduce((sum, { count }) => sum + count, 0);
      const counted = reasons
        .map((row) => JSON.parse(row) as { kind: string; count: number })
        .filter(({ kind }) => kind !== 'rejected')
        .reduce((sum, { count }) => sum + count, 0);
      expect(counted).toBe(rows);
    }),
    { numRuns: 150 },
  );
});

it('goes on with yesterday’s gap after a restart: the late number still fills it', async () => {
  const eve = later(clock('23:59'), seconds(30));
  const records = numbered([
    started(clock('23:00')),
    frameOf('lamp-1', clock('23:59'), 1),
    frameOf('lamp-1', eve, 4),
    started(later(eve, minutes(10))),
    frameOf('lamp-1', later(eve, minutes(11)), 2),
    frameOf('lamp-1', later(eve, minutes(11)), 5),
  ]);
  const { losses } = await booksOf(records, new Set([3, 4]));
  expect(losses.filter(({ reason }) => reason === 'gap')).toMatchObject([
    { day: '2026-11-02', firstSeq: 3, lastSeq: 3, count: 1 },
  ]);
});
