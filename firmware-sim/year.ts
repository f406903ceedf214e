// How much rubbish a day of the year brings, as a multiple of an ordinary one: the week, the melons of
// summer, and the Spring Festival, when half the compound is away. Shapes only; chance is not here.
import type { Stream } from './site.ts';

/** Sunday first, as Date has it. People are at home and cook at the weekend. */
const WEEK = [1.14, 0.98, 0.94, 0.95, 0.96, 0.99, 1.1] as const;

/** The first day of the lunar year, as the state calendar has it. */
const SPRING_FESTIVALS: readonly string[] = [
  '2023-01-22',
  '2024-02-10',
  '2025-01-29',
  '2026-02-17',
  '2027-02-06',
  '2028-01-26',
  '2029-02-13',
  '2030-02-03',
];

/** Watermelon weighs; in winter people order parcels. */
const SUMMER: Readonly<Record<Stream, number>> = {
  wet: 0.22,
  dry: -0.04,
  recyclable: -0.06,
  hazardous: 0,
};

/** What the compound grew or saved in a year: more separated, less thrown together. */
const TREND: Readonly<Record<Stream, number>> = {
  wet: 0.03,
  dry: -0.05,
  recyclable: 0.08,
  hazardous: 0,
};

/** @param day 2026-11-22 */
export function loadOfDay(day: string, stream: Stream): number {
  const at = Date.parse(`${day}T00:00:00Z`);
  const week = WEEK[new Date(at).getUTCDay()] ?? 1;
  const season = 1 + SUMMER[stream] * Math.cos((2 * Math.PI * (at - MIDSUMMER)) / YEAR);
  const trend = 1 + TREND[stream] * ((at - TREND_FROM) / YEAR);
  return week * season * trend * festivalDip(at, stream);
}

const DAY = 86_400_000;
const YEAR = 365.25 * DAY;
const MIDSUMMER = Date.parse('2026-07-25T00:00:00Z');
const TREND_FROM = Date.parse('2026-05-01T00:00:00Z');

/** Clearing out, then leaving; the eve is cooked for those who stay; a fortnight until all are back. */
function festivalDip(at: number, stream: Stream): number {
  const distances = SPRING_FESTIVALS.map((day) => (at - Date.parse(`${day}T00:00:00Z`)) / DAY);
  const distance = distances.find((days) => days >= -12 && days <= 18);
  if (distance === undefined) return 1;
  const low = stream === 'wet' ? 0.52 : 0.44;
  const high = stream === 'dry' ? 1.18 : 1.08;
  if (distance < -6) return 1 + ((high - 1) * (12 + distance)) / 6;
  if (distance < 1) return high + ((low - high) * (6 + distance)) / 7;
  return distance < 7 ? low : low + ((1 - low) * (distance - 7)) / 11;
}
