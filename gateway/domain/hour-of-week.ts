// Which hour of the site's week a moment lies in, Monday 00:00 first. Asked once an hour for each bin, and
// always of whole hours, so that the few that were asked last answer nearly all.
import { WEEKDAYS } from './asset.ts';
import { wallClock } from './local-time.ts';
import type { Instant } from './time.ts';

/** The hours of some weeks. */
const REMEMBERED = 1000;

export function hoursOfWeek(zone: string): (at: Instant) => number {
  const wall = wallClock(zone);
  const known = new Map<Instant, number>();
  return (at) => {
    const before = known.get(at);
    if (before !== undefined) return before;
    const { weekday, minute } = wall(at);
    const hour = WEEKDAYS.indexOf(weekday) * 24 + Math.floor(minute / 60);
    if (known.size >= REMEMBERED) known.clear();
    known.set(at, hour);
    return hour;
  };
}
