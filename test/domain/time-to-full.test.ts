// When a bin is full, forecast from its own rhythm and, to compare, from its last slope.
import { describe, expect, it } from 'vitest';
import { hoursOfWeek } from '../../gateway/domain/hour-of-week.ts';
import { heardLevel, HOURS_OF_WEEK, type Rhythm } from '../../gateway/domain/rhythm.ts';
import { missedCollection, timeToFull } from '../../gateway/domain/time-to-full.ts';
import { days, hours, instant, type Instant } from '../../gateway/domain/time.ts';
import { filledBin, LIMIT, type Moment } from './filling-world.ts';

const hourOfWeek = hoursOfWeek('Asia/Shanghai');
const HOUR = hours(1);
const DAY = days(1);

/** Bins of a quick and a slow station, three seeds each. */
const BINS = [11, 12, 13].flatMap((seed) => [
  { seed, days: 70, perDay: 0.75, crewAt: 6 },
  { seed: seed + 100, days: 70, perDay: 0.3, crewAt: 14 },
]);

interface Asked {
  /** How far each was off, in hours. */
  readonly ours: number;
  readonly slope: number;
  readonly since: number;
  readonly isWithin: boolean;
  readonly reliability: string;
}

/** Straight on from the last hours; a fortnight where it does not rise. */
function straightOn(moments: readonly Moment[], index: number, from: number): Instant {
  const [here, before] = [moments[index]!, moments[Math.max(0, from)]!];
  const rate = (here.fill - before.fill) / (here.at - before.at || 1);
  const far = here.at + 3 * DAY;
  return instant(rate <= 0 ? far : Math.min(far, here.at + (LIMIT - here.fill) / rate));
}

function askedOf(moments: readonly Moment[]): Asked[] {
  const asked: Asked[] = [];
  let rhythm: Rhythm | undefined;
  let emptiedAt = 0;
  let before: number | undefined;
  moments.forEach(({ at, fill: level }, index) => {
    if (before !== undefined && before - level > 0.2) emptiedAt = index;
    rhythm = heardLevel(rhythm, { asset: 'b', quantity: 'fill', level, at, before }, hourOfWeek);
    before = level;
    if (index < 144 * 21 || index % 18 !== 7) return;
    const truth = whenFull(moments, index);
    const forecast = timeToFull(rhythm, { level, limit: LIMIT, now: at, hourOfWeek });
    if (truth === undefined || level >= LIMIT || forecast?.at === undefined) return;
    const off = (moment: Instant): number => Math.abs(moment - truth) / HOUR;
    asked.push({
      ours: off(forecast.at),
      slope: off(straightOn(moments, index, index - 18)),
      since: off(straightOn(moments, index, emptiedAt)),
      isWithin: truth >= (forecast.fromAt ?? 0) && truth <= (forecast.toAt ?? Infinity),
      reliability: forecast.reliability,
    });
  });
  return asked;
}

/** Undefined where the crew comes first: nobody knows when it would have been. */
function whenFull(moments: readonly Moment[], index: number): Instant | undefined {
  let level = moments[index]!.truth;
  if (level >= LIMIT) return undefined;
  for (let next = index + 1; next < moments.length; next += 1) {
    const { truth, at } = moments[next]!;
    if (truth < level - 0.2) return undefined;
    if (truth >= LIMIT) return at;
    level = truth;
  }
  return undefined;
}

const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length;

describe('the moment at which a bin is full', () => {
  it('is told more closely by its rhythm than by its last slope, over months of six bins', () => {
    const all = BINS.flatMap((bin) => askedOf(filledBin(bin)));
    const ours = mean(all.map((one) => one.ours));
    const slope = mean(all.map((one) => one.slope));
    const since = mean(all.map((one) => one.since));
    const within = all.filter((one) => one.isWithin).length / all.length;
    console.info(
      `time to full, mean error over ${all.length} forecasts: rhythm ${ours.toFixed(2)} h, last slope ${slope.toFixed(2)} h, straight on since emptied ${since.toFixed(2)} h; inside its span ${(100 * within).toFixed(0)} %`,
    );
    const words = Map.groupBy(all, (one) => one.reliability);
    for (const [word, some] of words)
      console.info(
        `  ${word}: ${some.length}, mean error ${mean(some.map((one) => one.ours)).toFixed(2)} h`,
      );
    expect(all.length).toBeGreaterThan(300);
    expect(ours).toBeLessThan(0.6 * slope);
    expect(ours).toBeLessThan(since);
    expect(within).toBeGreaterThan(0.7);
  });
});

const MONDAY = instant(Date.parse('2026-03-02T00:00:00+08:00'));
const hourAfter = (count: number): Instant => instant(MONDAY + count * HOUR);

/** Hears one level an hour. */
function heard(levels: readonly number[], from = 0): Rhythm {
  let rhythm: Rhythm | undefined;
  levels.forEach((level, index) => {
    const before = levels[index - 1];
    const at = hourAfter(from + index);
    rhythm = heardLevel(rhythm, { asset: 'b', quantity: 'fill', level, at, before }, hourOfWeek);
  });
  if (!rhythm) throw new Error('nothing was heard');
  return rhythm;
}

/** A bin that gains a hundredth each hour and is emptied when it is full. */
const steady = (count: number): number[] =>
  Array.from({ length: count }, (_, index) => 0.01 * (index % 85));

describe('a bin’s rhythm', () => {
  it('says nothing in its first day', () => {
    const rhythm = heard(steady(24));
    expect(timeToFull(rhythm, { level: 0.5, limit: 0.9, now: hourAfter(24), hourOfWeek })).toBe(
      undefined,
    );
  });

  it('tells a steady bin to the hour', () => {
    const rhythm = heard(steady(24 * 21));
    const now = hourAfter(24 * 21);
    const told = timeToFull(rhythm, { level: 0.5, limit: 0.9, now, hourOfWeek });
    const away = ((told?.at ?? 0) - now) / HOUR;
    expect(Math.abs(away - 40)).toBeLessThan(1.5);
    expect(told?.reliability).toBe('high');
  });

  it('is less sure of a bin that fills by chance than of a steady one', () => {
    const wild = Array.from({ length: 24 * 21 }, (_, index) => {
      const day = Math.floor(index / 24);
      return [0.1, 0.85, 0.3, 0.7, 0.15, 0.8][(day * 7 + (index % 24) * 5) % 6]!;
    });
    const now = hourAfter(24 * 21);
    const told = timeToFull(heard(wild), { level: 0.5, limit: 0.9, now, hourOfWeek });
    expect(told?.reliability).toBe('low');
  });

  it('is full now where it is full', () => {
    const now = hourAfter(24 * 21);
    const told = timeToFull(heard(steady(24 * 21)), { level: 0.95, limit: 0.9, now, hourOfWeek });
    expect(told).toMatchObject({ at: now, fromAt: now, toAt: now });
  });

  it('names no moment for a bin that nobody uses', () => {
    const rhythm = heard(Array.from({ length: 24 * 7 }, () => 0.2));
    const told = timeToFull(rhythm, { level: 0.2, limit: 0.9, now: hourAfter(170), hourOfWeek });
    expect(told?.at).toBeUndefined();
  });

  it('learns nothing from a silence of more than some hours, and forgets nothing either', () => {
    const before = heard(steady(48));
    const at = hourAfter(48 + 20);
    const after = heardLevel(before, { asset: 'b', quantity: 'fill', level: 0.8, at }, hourOfWeek);
    expect(after.hours).toBe(before.hours);
    expect(after.cells).toEqual(before.cells);
  });

  it('is the same whether or not it was saved in between', () => {
    const levels = steady(24 * 9);
    let saved: Rhythm | undefined;
    levels.forEach((level, index) => {
      const said = { asset: 'b', quantity: 'fill', level, at: hourAfter(index) } as const;
      const next = heardLevel(saved, { ...said, before: levels[index - 1] }, hourOfWeek);
      saved = JSON.parse(JSON.stringify(next)) as Rhythm;
    });
    expect(saved).toEqual(heard(levels));
    expect(saved?.cells).toHaveLength(HOURS_OF_WEEK);
  });

  it('takes no notice of a level that is older than the hour it knows', () => {
    const rhythm = heard(steady(48));
    const late = { asset: 'b', quantity: 'fill', level: 0.1, at: hourAfter(20) } as const;
    expect(heardLevel(rhythm, late, hourOfWeek)).toBe(rhythm);
  });
});

describe('a collection that did not come', () => {
  /** Emptied each day at nine, on Sundays not; five weeks of it. */
  const times = Array.from({ length: 35 }, (_, day) => hourAfter(day * 24 + 9)).filter(
    (_, day) => day % 7 !== 6,
  );
  const on = (day: number, hour: number) => ({
    now: hourAfter(day * 24 + hour),
    today: { start: hourAfter(day * 24) },
  });

  it.each([
    [10.9, false],
    [11, false],
    [11.1, true],
    [20, true],
  ])('is missed two hours after it usually comes: at %d, %s', (hour, isMissed) => {
    expect(missedCollection(times, on(35, hour)) !== undefined).toBe(isMissed);
  });

  it('says when it usually comes', () => {
    expect(missedCollection(times, on(35, 14))).toEqual({ expectedBy: hourAfter(35 * 24 + 9) });
  });

  it('clears itself once it is found', () => {
    expect(missedCollection([...times, hourAfter(35 * 24 + 13)], on(35, 14))).toBeUndefined();
  });

  it('is not missed on a weekday on which the crew never comes', () => {
    expect(missedCollection(times, on(41, 20))).toBeUndefined();
  });

  it('is not missed by a bin whose habit nobody knows yet', () => {
    expect(missedCollection(times.slice(-10), on(35, 20))).toBeUndefined();
    expect(missedCollection([], on(35, 20))).toBeUndefined();
  });

  it('is missed the second time of a day as well, where the crew comes twice', () => {
    const twice = times.flatMap((at) => [at, instant(at + 10 * HOUR)]);
    const morning = [...twice, hourAfter(35 * 24 + 9)];
    expect(missedCollection(morning, on(35, 20))).toBeUndefined();
    expect(missedCollection(morning, on(35, 21.5))).toEqual({
      expectedBy: hourAfter(35 * 24 + 19),
    });
  });
});
