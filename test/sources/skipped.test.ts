import { expect, it } from 'vitest';
import { milliseconds, seconds } from '../../gateway/domain/time.ts';
import { createSkippedTeller } from '../../gateway/sources/skipped.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { handIntake } from '../fakes/hand-intake.ts';
import { keptLog } from '../fakes/kept-log.ts';

function world() {
  const clock = handClock('2026-11-20T08:00:00Z');
  const intake = handIntake();
  let total = 0;
  const teller = createSkippedTeller('bins-line', () => total, { intake, clock, log: keptLog() });
  return {
    clock,
    teller,
    skip(count: number): void {
      total += count;
      teller.look();
    },
    told: () => intake.losses.map(({ count }) => count),
    losses: intake.losses,
  };
}

it('skipped bytes are said once a second, however many chunks they came in', () => {
  const { clock, skip, told, losses } = world();
  for (let chunk = 0; chunk < 100; chunk += 1) skip(64);
  clock.moveBy(milliseconds(999));
  expect(told()).toEqual([]);
  clock.moveBy(milliseconds(1));
  expect(losses).toEqual([{ source: 'bins-line', reason: 'skipped', count: 6400 }]);
  clock.moveBy(seconds(60));
  expect(told()).toEqual([6400]);
  skip(1);
  clock.moveBy(seconds(1));
  expect(told()).toEqual([6400, 1]);
});

it('where nothing is skipped nothing is said, and no timer runs', () => {
  const { clock, skip, teller, told } = world();
  skip(0);
  clock.moveBy(seconds(2));
  teller.finish();
  expect(told()).toEqual([]);
});

it('what is left at the end is said at the end, once', () => {
  const { clock, skip, teller, told } = world();
  skip(7);
  teller.finish();
  clock.moveBy(seconds(2));
  expect(told()).toEqual([7]);
});
