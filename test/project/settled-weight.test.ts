import { describe, expect, it } from 'vitest';
import type { WeightEvent } from '../../gateway/domain/deposit.ts';
import type { SettledWeight } from '../../gateway/domain/settled-weight.ts';
import { instant } from '../../gateway/domain/time.ts';
import { settle } from '../../gateway/project/settled-weight.ts';

const START = Date.UTC(2026, 10, 22);
type Told = readonly [second: number, kg: number];

function settled(told: readonly Told[]) {
  let state: SettledWeight | undefined;
  const events: (readonly [string, number, number])[] = [];
  for (const [second, kg] of told) {
    const weight = { asset: 'k1-wet', kg, at: instant(START + second * 1000) };
    const next: { state: SettledWeight; events: readonly WeightEvent[] } = settle(state, weight);
    state = next.state;
    for (const { kind, kg: moved, at } of next.events)
      events.push([kind, Math.round(moved * 100) / 100, (at - START) / 1000]);
  }
  return { events, base: state?.baseKg };
}

/** The same weight every ten seconds, both ends included. */
const rests = (from: number, to: number, kg: number): Told[] =>
  Array.from({ length: (to - from) / 10 + 1 }, (_, index) => [from + index * 10, kg]);

describe('a weight that comes to rest', () => {
  it('tells first what stands in the bin, which nobody has just thrown in', () => {
    expect(settled(rests(0, 60, 12))).toEqual({ events: [], base: 12 });
  });

  it('higher than before is a deposit, from when it began to rest', () => {
    expect(settled([...rests(0, 60, 12), ...rests(70, 100, 13.4)]).events).toEqual([
      ['deposit', 1.4, 70],
    ]);
  });

  it('needs its settling time: nothing a moment before, a deposit at it', () => {
    const before = [...rests(0, 60, 0), [70, 2], [80, 2]] as Told[];
    expect(settled([...before, [89, 2]]).events).toEqual([]);
    expect(settled([...before, [90, 2]]).events).toEqual([['deposit', 2, 70]]);
  });

  it('needs three readings, however far apart they are', () => {
    const sparse = [...rests(0, 60, 0), [120, 2], [180, 2]] as Told[];
    expect(settled(sparse).events).toEqual([]);
    expect(settled([...sparse, [240, 2]]).events).toEqual([['deposit', 2, 120]]);
  });

  it('after several bags in one go is one deposit of them all, from the first of them', () => {
    const told = [...rests(0, 60, 5), [65, 6], [70, 7.5], [75, 9], ...rests(80, 110, 9)] as Told[];
    expect(settled(told).events).toEqual([['deposit', 4, 65]]);
  });

  it('near tare is a collection', () => {
    expect(settled([...rests(0, 60, 40), ...rests(70, 100, 0.3)]).events).toEqual([
      ['collection', 39.7, 70],
    ]);
  });

  it('is a collection too where the container left its scale in between', () => {
    const told = [...rests(0, 60, 40), ...rests(70, 300, -14.2), ...rests(310, 340, 0.2)];
    expect(settled(told).events).toEqual([['collection', 39.8, 310]]);
  });

  it('is nothing at all where the full container was only moved', () => {
    const told = [...rests(0, 60, 40), ...rests(70, 300, -14.2), ...rests(310, 340, 40)];
    expect(settled(told).events).toEqual([]);
  });

  it('lower but far from empty is a withdrawal', () => {
    expect(settled([...rests(0, 60, 40), ...rests(70, 100, 36)]).events).toEqual([
      ['withdrawal', 4, 70],
    ]);
  });
});

describe('what is neither deposit nor collection', () => {
  it('a gust that passes', () => {
    expect(settled([...rests(0, 60, 5), [65, 7], [70, 5], ...rests(80, 120, 5)]).events).toEqual(
      [],
    );
  });

  it('a child that leans on an empty bin takes back what it seemed to bring', () => {
    const told = [...rests(0, 60, 0), ...rests(70, 120, 22), ...rests(130, 160, 0)];
    expect(settled(told).events).toEqual([
      ['deposit', 22, 70],
      ['withdrawal', 22, 130],
    ]);
  });

  it('the same fall an hour later is a collection', () => {
    const told = [...rests(0, 60, 0), ...rests(70, 3600, 22), ...rests(3610, 3640, 0)];
    expect(settled(told).events.map(([kind]) => kind)).toEqual(['deposit', 'collection']);
  });

  it('noise of a load cell, for a whole day', () => {
    let random = 7;
    const noise = (): number => {
      random = (random * 16_807) % 2_147_483_647;
      return (random / 2_147_483_647 - 0.5) * 0.18;
    };
    const told = Array.from({ length: 8640 }, (_, index): Told => [index * 10, 12 + noise()]);
    expect(settled(told).events).toEqual([]);
  });

  it('creep with the warmth of the day, which the base follows', () => {
    const day = Array.from({ length: 8640 }, (_, index): Told => {
      return [index * 10, 12 + 0.06 * Math.sin((2 * Math.PI * index) / 8640)];
    });
    expect(settled(day).events).toEqual([]);
  });

  it('a reading of the past, once the present is known', () => {
    expect(settled([...rests(0, 60, 5), [30, 50], [31, 50], [32, 50], [59, 50]]).base).toBe(5);
  });
});

it('bags too light to be seen are found with those that follow', () => {
  const told = [0, 0.06, 0.12, 0.18, 0.24, 0.3].flatMap((kg, index) =>
    rests(index * 60, index * 60 + 50, kg),
  );
  const sum = settled(told).events.reduce((kg, [, moved]) => kg + moved, 0);
  expect(sum).toBeGreaterThan(0.1);
});

it('deposits less withdrawals less collections are what stands in the bin', () => {
  const levels = [0, 1.4, 3, 2.2, 40, 0.3, 5, 5.6, 0.1, 2];
  const told = levels.flatMap((kg, index) => rests(index * 600, index * 600 + 50, kg));
  const { events, base } = settled(told);
  const balance = events.reduce(
    (kg, [kind, moved]) => kg + (kind === 'deposit' ? moved : -moved),
    0,
  );
  expect(balance).toBeCloseTo(base ?? 0, 1);
});
