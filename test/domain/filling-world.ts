// A compound of residents with habits: the truth that a bin's sensor sees, and nobody else. Seeded, so
// that a month is the same month each time.
import { wallClock } from '../../gateway/domain/local-time.ts';
import { instant, later, minutes, type Instant } from '../../gateway/domain/time.ts';

/** Small and good enough for residents; the same numbers for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const EVERY = minutes(10);
export const LIMIT = 0.9;

export interface Moment {
  readonly at: Instant;
  /** What the sensor says. */
  readonly fill: number;
  /** What is so. */
  readonly truth: number;
}

interface Habits {
  readonly seed: number;
  readonly days: number;
  /** Of the bin, on an ordinary day. */
  readonly perDay: number;
  /** The crew comes at this hour, and empties what is more than half full. */
  readonly crewAt: number;
}

const FROM = instant(Date.parse('2026-03-02T00:00:00+08:00'));

/** Two peaks on weekdays, one long late one at the weekend, little at night; market day on Saturday. */
function weightOf(weekday: string, hour: number): number {
  const isWeekend = weekday === 'sat' || weekday === 'sun';
  const peaks: readonly (readonly [number, number])[] = isWeekend
    ? [
        [10, 1.6],
        [19, 1.2],
      ]
    : [
        [7.5, 1.5],
        [18.5, 2],
      ];
  const sum = peaks.reduce(
    (all, [at, high]) => all + high * Math.exp(-(((hour - at) / 1.3) ** 2)),
    0,
  );
  return (0.03 + sum) * (weekday === 'sat' ? 1.5 : 1);
}

export function filledBin({ seed, days, perDay, crewAt }: Habits): Moment[] {
  const chance = seeded(seed);
  const wall = wallClock('Asia/Shanghai');
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
  const bag = 0.012;
  const steps = (days * 24 * 60) / 10;
  let truth = 0.2;
  const moments: Moment[] = [];
  for (let step = 0; step < steps; step += 1) {
    const at = later(FROM, (step * EVERY) as typeof EVERY);
    const { weekday, minute } = wall(at);
    const expected = (perDay * weightOf(weekday, minute / 60)) / 6 / 7.5;
    for (let bags = expected / bag; bags > 0; bags -= 1)
      if (chance() < Math.min(1, bags)) truth += bag * (0.4 + 1.2 * chance());
    if (minute === crewAt * 60 && truth > 0.5) truth = 0.02 * chance();
    truth = Math.min(1, truth);
    moments.push({ at, truth, fill: Math.min(1, Math.max(0, truth + 0.008 * normal())) });
  }
  return moments;
}
