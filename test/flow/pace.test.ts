// A thousand lamps speak every second. Whoever shows them is told of each, a few at a time, so that
// what comes in meanwhile does not wait for that.
import { expect, it } from 'vitest';
import type { LiveEvent } from '../../gateway/api/schemas.ts';
import { milliseconds, seconds } from '../../gateway/domain/time.ts';
import { createPace } from '../../gateway/flow/pace.ts';
import { handClock } from '../fakes/hand-clock.ts';

const LAMPS = Array.from({ length: 1000 }, (_, lamp) => `l${lamp}`);

/** Showing one lamp takes so long. */
function street(msPerLamp: number) {
  const clock = handClock('2026-11-02T18:00:00+08:00');
  let worked = 0;
  const told: { readonly id: string; readonly after: number }[] = [];
  const portions: number[] = [];
  const begun = clock.now();
  const pace = createPace({
    every: seconds(1),
    clock,
    stopwatch: () => clock.now() - begun + worked,
    take: () => pace.gather(LAMPS.map((id) => ({ kind: 'asset', id }))),
    eventsFor(touched) {
      worked += touched.length * msPerLamp;
      portions.push(touched.length);
      return touched.map(({ id }) => ({ kind: 'asset', data: { id } }) as LiveEvent);
    },
  });
  pace.watch(({ data }) =>
    told.push({ id: (data as { id: string }).id, after: clock.now() - begun }),
  );
  const pass = (ms: number): void => {
    for (let step = 0; step < ms; step += 10) clock.moveBy(milliseconds(10));
  };
  return { pace, told, portions, pass };
}

it('tells of all of them once, never of more than fifty in one go', () => {
  const { pace, told, portions, pass } = street(0.1);
  pace.begin();
  pass(3500);
  expect(told.map(({ id }) => id).toSorted()).toEqual(LAMPS.toSorted());
  expect(Math.max(...portions)).toBe(50);
});

it('rests ten times as long as it worked, but is through with a round in two seconds', () => {
  const spanOf = (msPerLamp: number): number => {
    const { pace, told, pass } = street(msPerLamp);
    pace.begin();
    pass(5000);
    return (told.at(-1)?.after ?? 0) - (told[0]?.after ?? 0);
  };
  expect(spanOf(0.1)).toBeGreaterThanOrEqual(19 * 50);
  expect(spanOf(0.1)).toBeLessThan(1200);
  expect(spanOf(9)).toBeGreaterThan(1500);
  expect(spanOf(9)).toBeLessThanOrEqual(2000);
});

it('begins the next round a second after the last one began, where that leaves it a rest', () => {
  const { pace, told, pass } = street(0.001);
  pace.begin();
  pass(1500);
  pace.begin();
  pass(1500);
  expect(told).toHaveLength(2000);
  const [first, second] = [told[0], told[1000]];
  expect(second?.after).toBeGreaterThanOrEqual((first?.after ?? 0) + 1000);
});

it('tells of what changes in the middle of a round, though nothing changes after it', () => {
  const { pace, told, pass } = street(0.1);
  pace.begin();
  pass(1500);
  expect(told.length).toBeGreaterThan(50);
  expect(told.length).toBeLessThan(1000);
  pace.begin();
  pass(4000);
  expect(told).toHaveLength(2000);
});
