// The compound's day: when people bring rubbish and when they draw water.
// Shapes only; chance is added by those who ask.
import { DAY, HOUR, hourOfDay, SECOND } from './moment.ts';
import type { Place } from './site.ts';

/** Drop-off windows, in local hours. */
export const WINDOWS = [
  { from: 7, to: 9 },
  { from: 18, to: 20 },
] as const;

/** Of a household's visits a day, those in a window; the rest come when they like. */
const VISITS_IN_WINDOWS = 0.88;
/** Visits an hour and household outside the windows, by day and by night. */
const STRAY_BY_DAY = 0.011;
const STRAY_BY_NIGHT = 0.0005;

/** A bin's lid and a queue: no station serves people faster than this. */
export const SHORTEST_GAP = 15 * SECOND;

/**
 * People an hour, in the whole compound. `pace` multiplies them; above 1 the compound does not
 * sleep either, so that a demonstration at three in the morning has something to show.
 */
export function visitsPerHour(at: number, place: Place, pace: number): number {
  const hour = hourOfDay(at, place.utcOffsetHours);
  const awake = pace > 1 || (hour >= 6 && hour < 23);
  const stray = awake ? STRAY_BY_DAY : STRAY_BY_NIGHT;
  return pace * place.households * (stray + windowRush(hour));
}

/** Visits an hour and household: a smooth swell that is nothing at a window's edges. */
function windowRush(hour: number): number {
  const window = WINDOWS.find(({ from, to }) => hour >= from && hour < to);
  if (!window) return 0;
  const hours = window.to - window.from;
  const mean = VISITS_IN_WINDOWS / WINDOWS.length / hours;
  return mean * (1 - Math.cos((2 * Math.PI * (hour - window.from)) / hours));
}

/** Litres an hour and household, by the local hour: breakfast, supper, baths, and hardly a night. */
const WATER = [
  1.2, 0.8, 0.6, 0.6, 0.8, 3, 12, 22, 18, 12, 11, 14, 15, 11, 9, 9, 12, 18, 24, 26, 24, 18, 9, 3,
] as const;
const WATER_OF_A_DAY = WATER.reduce((sum, litres) => sum + litres, 0);

export function waterLitresPerHour(at: number, place: Place): number {
  const hour = hourOfDay(at, place.utcOffsetHours);
  const [before, after] = [WATER[Math.floor(hour)] ?? 0, WATER[Math.floor(hour + 1) % 24] ?? 0];
  return place.households * (before + (after - before) * (hour % 1));
}

/** Litres from the local midnight of `since` until `at`, as the rhythm alone has it. */
export function waterSince(since: string, at: number, place: Place): number {
  const midnight = Date.parse(`${since}T00:00:00Z`) - place.utcOffsetHours * HOUR;
  const days = Math.floor((at - midnight) / DAY);
  let litres = days * WATER_OF_A_DAY * place.households;
  for (let hour = midnight + days * DAY; hour < at; hour += HOUR) {
    const end = Math.min(hour + HOUR, at);
    litres += (waterLitresPerHour((hour + end) / 2, place) * (end - hour)) / HOUR;
  }
  return Math.max(0, litres);
}
