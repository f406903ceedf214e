// Dates as the ledger names them: 2026-11-22, the site's own day. A date is a name and no moment, so
// its arithmetic is done at noon UTC of nowhere; what day it is now, the site's zone says.
const DAY = 86_400_000;

const momentOf = (day: string): number => Date.parse(`${day}T12:00:00Z`);
const dayOf = (moment: number): string => new Date(moment).toISOString().slice(0, 10);

export function isDay(text: string | null): text is string {
  if (text === null || !/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const moment = momentOf(text);
  return !Number.isNaN(moment) && dayOf(moment) === text;
}

export const addDays = (day: string, count: number): string => dayOf(momentOf(day) + count * DAY);

/** Both ends belong to it. */
export const daysIn = (from: string, to: string): number =>
  Math.round((momentOf(to) - momentOf(from)) / DAY) + 1;

export const daysFrom = (from: string, to: string): string[] =>
  Array.from({ length: Math.max(0, daysIn(from, to)) }, (_, index) => addDays(from, index));

/** 0 is Monday. */
export const weekdayOf = (day: string): number => (new Date(momentOf(day)).getUTCDay() + 6) % 7;

export const mondayOf = (day: string): string => addDays(day, -weekdayOf(day));

export const firstOfMonth = (day: string): string => `${day.slice(0, 7)}-01`;

export function lastOfMonth(day: string): string {
  const first = new Date(momentOf(firstOfMonth(day)));
  return dayOf(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0, 12));
}
