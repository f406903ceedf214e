// What stands behind a figure, asked as the API asks: a small site's fold, its books in memory.
import { expect, it } from 'vitest';
import { instant, minutes, type Instant } from '../../gateway/domain/time.ts';
import type { StandingChanges } from '../../gateway/domain/standing.ts';
import { createLedgerBookDesk } from '../../gateway/flow/weights/ledger-book-desk.ts';
import type { Books } from '../../gateway/store/log.ts';
import { foldedSite, reading, type Said } from '../fakes/folded-site.ts';
import { memoryLedger } from '../fakes/memory-ledger.ts';
import { BIN_FULL, COMPOUND } from '../fakes/small-site.ts';

const moment = (text: string): Instant => instant(Date.parse(`${text}+08:00`));

function weighs(kg: number, from: string, until: string): Said[] {
  const [begin, end] = [moment(from), moment(until)];
  return Array.from({ length: (end - begin) / 10_000 }, (_, index) => ({
    asset: 'k1-wet',
    quantity: 'gross',
    value: 14.2 + kg,
    at: instant(begin + index * 10_000),
  }));
}

function opened(site: ReturnType<typeof foldedSite>) {
  const { happenings }: StandingChanges = site.standing.takeChanges();
  const books = {
    happenings: async ({ kind, asset }: { kind: string; asset?: string }) =>
      happenings.filter((one) => one.kind === kind && (!asset || one.asset === asset)),
    intakeDays: async () => ({ counts: [], reasons: [] }),
    losses: async () => [],
  } as unknown as Books;
  return createLedgerBookDesk({
    scene: {
      compound: COMPOUND,
      rules: new Map([[BIN_FULL.id, BIN_FULL]]),
      standing: site.standing,
      shouldBeOn: () => false,
      deviceOf: new Map(),
    },
    books,
    ledger: memoryLedger(new Map(site.standing.ledger.all())),
    clock: { now: () => moment('2026-11-02T12:00'), after: () => () => undefined },
    commands: undefined as never,
  });
}

it('a figure opens its events, its bins and the spans in which they were silent', async () => {
  const site = foldedSite();
  const told = [
    ...weighs(3, '2026-11-02T08:00', '2026-11-02T09:00'),
    ...weighs(5, '2026-11-02T09:00', '2026-11-02T10:00'),
    ...weighs(5, '2026-11-02T11:00', '2026-11-02T12:00'),
  ];
  site.fold(...told.map(reading));
  const answer = await opened(site).ledgerDay({ day: '2026-11-02', station: 'k1', stream: 'wet' });
  if (!answer.ok) throw new Error(answer.detail);
  expect(answer.value).toMatchObject({
    depositedKg: 2,
    minutes: 1440,
    events: [{ kind: 'deposit', asset: 'k1-wet', kg: 2, by: 'weight' }],
    isCut: false,
    bins: [{ asset: 'k1-wet', inKg: 2, outKg: 0, startKg: 3, endKg: 5, isBalanced: true }],
  });
  const spans = answer.value.bins[0]?.silent.map(({ from, to }) => [
    from.slice(11, 16),
    to.slice(11, 16),
  ]);
  expect(spans).toEqual([
    ['16:00', '00:00'],
    ['02:01', '03:00'],
    ['04:01', '16:00'],
  ]);
});

it.each([
  [{ day: '2026-11-02', station: 'k9', stream: 'wet' }, 404],
  [{ day: '2026-11-02', station: 'k1', stream: 'mud' }, 404],
  [{ day: 'today', station: 'k1', stream: 'wet' }, 422],
])('%j is refused with %i', async (of, status) => {
  expect(await opened(foldedSite()).ledgerDay(of)).toMatchObject({ ok: false, status });
});

it('windows and the next bins are told of a site that is a day old', async () => {
  const site = foldedSite();
  const fills = Array.from({ length: 30 * 6 }, (_, index) => ({
    asset: 'k1-wet',
    quantity: 'fill' as const,
    value: 0.1 + index * 0.003,
    at: instant(moment('2026-11-01T06:00') + index * minutes(10)),
  }));
  site.fold(...fills.map(reading));
  const desk = opened(site);
  expect(desk.nextBins()).toMatchObject([
    { asset: 'k1-wet', station: 'k1', isFull: false, timeToFull: { reliability: 'low' } },
  ]);
  const windows = await desk.windows({ from: '2026-11-01', to: '2026-11-02' });
  expect(windows).toMatchObject({ ok: true });
});
