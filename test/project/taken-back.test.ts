// What is out again, or never was, is out of every sum of its own day: whatever is told in whatever order,
// a day's ledger is what the books hold of that day. Seeded, the same each time.
import { describe, expect, it } from 'vitest';
import type { Compound } from '../../gateway/domain/asset.ts';
import { bookedKg, eventIn, isCounted, type WeighedEvent } from '../../gateway/domain/deposit.ts';
import type { Happening } from '../../gateway/domain/happening.ts';
import type { LedgerDay } from '../../gateway/domain/ledger.ts';
import type { Kilograms } from '../../gateway/domain/quantity.ts';
import { createStanding } from '../../gateway/domain/standing.ts';
import { heardLevel } from '../../gateway/domain/rhythm.ts';
import { SUSPICIONS } from '../../gateway/domain/suspect.ts';
import {
  earlier,
  instant,
  later,
  minutes,
  seconds,
  type Instant,
} from '../../gateway/domain/time.ts';
import { createScene, unsay, write } from '../../gateway/project/happened.ts';
import { NOTHING_SAVED } from '../fakes/folded-site.ts';
import { COMPOUND } from '../fakes/small-site.ts';
import { seeded, type Random } from './random-numbers.ts';

const BIN = 'k1-wet';
const START = instant(Date.parse('2026-11-02T21:00:00+08:00'));
const ALL = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Its evening window ends at 20:00, so what comes is off hours, and soon at night. */
const yard = (): Compound => ({
  ...COMPOUND,
  place: { ...COMPOUND.place, densityKgPerL: { wet: 0.37 } },
  stations: new Map([
    [
      'k1',
      {
        id: 'k1',
        name: '1号投放点',
        windows: [{ days: ALL, fromMinute: 7 * 60, toMinute: 9 * 60 }],
      },
    ],
  ]),
});

function books(isWeighed = true) {
  const standing = createStanding(NOTHING_SAVED);
  const scene = createScene(yard(), standing);
  if (isWeighed) standing.weights.put(BIN, { at: START, baseKg: 0 });
  const said = { asset: BIN, quantity: 'fill' as const, level: 0, at: START };
  standing.rhythms.put(
    BIN,
    heardLevel(undefined, said, () => 0),
  );
  const kept = new Map<string, Happening>();
  return {
    standing,
    tells: (event: Omit<WeighedEvent, 'asset'>, now: Instant) =>
      write(scene, { asset: BIN, ...event }, now),
    unsays: (by: 'tap' | 'fill', now: Instant) => unsay(scene, BIN, { by, now }),
    all(): Happening[] {
      for (const one of standing.takeChanges().happenings) kept.set(`${one.kind} ${one.id}`, one);
      return [...kept.values()];
    },
    days: (): LedgerDay[] => [...standing.ledger.all()].map(([, day]) => day),
  };
}

type Books = ReturnType<typeof books>;
const kg = (value: number): Kilograms => value as Kilograms;
const sum = (numbers: readonly number[]): number =>
  Math.round(numbers.reduce((a, b) => a + b, 0) * 1000) / 1000;

/** What a day's rows say, of both origins together. */
const saidOf = (days: readonly LedgerDay[]) => ({
  in: sum(days.map(({ depositedKg }) => depositedKg)),
  out: sum(days.map(({ collectedKg }) => collectedKg)),
  outL: sum(days.map(({ collectedL = 0 }) => collectedL)),
  deposits: sum(days.map(({ use }) => use?.deposits ?? 0)),
  offHoursKg: sum(days.map(({ use }) => use?.offHoursKg ?? 0)),
  suspects: sum(days.map(({ use }) => use?.suspects ?? 0)),
  suspectKg: sum(days.map(({ use }) => use?.suspectKg ?? 0)),
  cases: sum(days.map(({ use }) => use?.cases.length ?? 0)),
});

function heldIn(events: readonly WeighedEvent[]): ReturnType<typeof saidOf> {
  const sign = ({ kind }: WeighedEvent): number => (kind === 'withdrawal' ? -1 : 1);
  const collected = events.filter((one) => one.kind === 'collection' && isCounted(one));
  const others = events.filter(({ kind }) => kind !== 'collection');
  const counted = others.filter((one) => one.kind === 'deposit' && isCounted(one));
  const suspect = counted.filter(({ flags = [] }) => SUSPICIONS.some((why) => flags.includes(why)));
  const offHours = counted.filter(({ flags = [] }) => flags.includes('off-hours'));
  const kgOf = (list: readonly WeighedEvent[]): number => sum(list.map((one) => one.kg ?? 0));
  const estimated = ({ kg: weighed, litres = 0 }: WeighedEvent): number =>
    weighed ?? Math.round(litres * 0.37 * 1000) / 1000;
  return {
    in: sum(others.map((one) => sign(one) * bookedKg(one))),
    out: sum(collected.map(estimated)),
    outL: sum(collected.map(({ kg: weighed, litres = 0 }) => (weighed === undefined ? litres : 0))),
    deposits: counted.length,
    offHoursKg: kgOf(offHours),
    suspects: suspect.length,
    suspectKg: kgOf(suspect),
    cases: suspect.length,
  };
}

/** Days by their name: what the ledger says of them and what the books hold. */
function compared(it: Books): { said: unknown; held: unknown } {
  const happened = it.all();
  const days = [...new Set([...it.days(), ...happened].map(({ day }) => day))].sort();
  const of = <T extends { readonly day: string }>(list: readonly T[], day: string): T[] =>
    list.filter((one) => one.day === day);
  return {
    said: days.map((day) => [day, saidOf(of(it.days(), day))]),
    held: days.map((day) => [day, heldIn(of(happened, day).map(eventIn))]),
  };
}

/** A few minutes of a bin's life, and what its witnesses say of them. */
function lives(it: Books, random: Random, count: number): void {
  let now = START;
  let lately: { at: Instant; kg: number }[] = [];
  const amount = (): number => random.between(0.3, 30);
  const isTold = (): Instant => later(now, seconds(random.whole(0, 90)));
  const byChance: (() => void)[] = [
    () => {
      const one = { at: now, kg: amount() };
      lately.push(one);
      it.tells({ kind: 'deposit', by: 'weight', at: now, kg: kg(one.kg) }, isTold());
    },
    () => it.tells({ kind: 'withdrawal', by: 'weight', at: now, kg: kg(amount()) }, isTold()),
    () => {
      const out = lately.splice(-random.whole(1, 2));
      if (out.length === 0) return;
      const took = out.reduce((a, one) => a + one.kg, 0) + random.between(-0.1, 0.1);
      const takesBack = out.map(({ at }) => at);
      it.tells({ kind: 'withdrawal', by: 'weight', at: now, kg: kg(took), takesBack }, isTold());
    },
    () => {
      const one = lately.at(-1);
      if (!one) return;
      const less = one.kg * random.between(0.1, 0.9);
      one.kg -= less;
      const reduces = one.at;
      it.tells({ kind: 'withdrawal', by: 'weight', at: now, kg: kg(less), reduces }, isTold());
    },
    () => it.tells({ kind: 'collection', by: 'tap', at: now, person: 'chen' }, now),
    () => it.tells({ kind: 'collection', by: 'weight', at: now, kg: kg(amount()) }, isTold()),
    () =>
      it.tells(
        {
          kind: 'collection',
          by: 'fill',
          at: earlier(now, minutes(random.whole(0, 10))),
          estimated: true,
          litres: random.between(20, 200),
        },
        now,
      ),
    () => it.unsays('tap', now),
    () => it.unsays('fill', now),
    () => it.tells({ kind: 'deposit', by: 'weight', at: now, kg: kg(2), flags: ['put-back'] }, now),
    () => {
      // A backlog: it happened hours ago.
      const at = earlier(now, minutes(random.whole(60, 600)));
      it.tells({ kind: 'deposit', by: 'weight', at, kg: kg(amount()) }, now);
    },
  ];
  for (let index = 0; index < count; index += 1) {
    now = later(now, seconds(random.whole(30, 400)));
    lately = lately.filter(({ at }) => now - at < 300_000);
    byChance[random.whole(0, byChance.length - 1)]!();
  }
}

const SEEDS = Array.from({ length: 60 }, (_, index) => index + 1);

describe('a day of the ledger is what the books hold of it', () => {
  it.each([
    ['with a scale', true],
    ['with a level only', false],
  ])('whatever was told and taken back, of a bin %s', (_, isWeighed) => {
    for (const seed of SEEDS) {
      const it = books(isWeighed);
      lives(it, seeded(seed), 150);
      const { said, held } = compared(it);
      expect(said, `seed ${seed}`).toEqual(held);
    }
  });

  it('and a bin’s rhythm knows the hours of those collections that stand', () => {
    for (const seed of SEEDS) {
      const it = books(seed % 2 === 0);
      lives(it, seeded(seed), 60);
      const stand = it
        .all()
        .map(eventIn)
        .filter((one) => one.kind === 'collection' && isCounted(one));
      expect(it.standing.rhythms.get(BIN)?.collections, `seed ${seed}`).toEqual(
        stand.map(({ at }) => at).toSorted((a, b) => a - b),
      );
    }
  });
});

describe('what is taken back after midnight', () => {
  const eve = instant(Date.parse('2026-11-02T23:58:00+08:00'));
  const [midnight, morning] = [later(eve, minutes(2)), later(eve, minutes(5))];

  it('is off the day on which it came, and that day balances', () => {
    const it = books();
    it.tells({ kind: 'deposit', by: 'weight', at: eve, kg: kg(25) }, eve);
    const byBin = { [BIN]: { inKg: 25, outKg: 0, startKg: 0, endKg: 25 } };
    const [before] = it.days();
    it.standing.ledger.put(before!.id, { ...before!, byBin });
    const next = { ...before!, id: '2026-11-03 wet k1', day: '2026-11-03', depositedKg: 0 };
    const { use: _use, ...plain } = next;
    const stands = { [BIN]: { inKg: 0, outKg: 0, startKg: 25, endKg: 25 } };
    it.standing.ledger.put(next.id, { ...plain, byBin: stands });
    it.tells(
      { kind: 'withdrawal', by: 'weight', at: morning, kg: kg(25), takesBack: [eve] },
      later(midnight, minutes(4)),
    );
    expect(it.days()).toMatchObject([
      {
        day: '2026-11-02',
        depositedKg: 0,
        byBin: { [BIN]: { inKg: 0, startKg: 0, endKg: 0 } },
        use: { deposits: 0, offHours: 0, offHoursKg: 0, suspects: 0, suspectKg: 0, cases: [] },
      },
      { day: '2026-11-03', depositedKg: 0, byBin: { [BIN]: { inKg: 0, startKg: 0, endKg: 0 } } },
    ]);
  });

  it('a heap of which most is out again is a heap no more', () => {
    const it = books();
    it.tells({ kind: 'deposit', by: 'weight', at: START, kg: kg(27) }, START);
    const after = later(START, minutes(2));
    const less = {
      kind: 'withdrawal',
      by: 'weight',
      at: after,
      kg: kg(20),
      reduces: START,
    } as const;
    it.tells(less, after);
    expect(it.days()).toMatchObject([{ depositedKg: 7, use: { deposits: 1, suspects: 0 } }]);
    const [deposit] = it.all().map(eventIn);
    expect(deposit).toMatchObject({ kg: 7, flags: ['off-hours'] });
  });
});
