// Today's drop-off windows (投放时段) of a station, and whether one is open now. A window whose end
// lies before its beginning reaches over midnight and belongs to the day on which it begins.
import type { SiteView } from '../../gateway/api/schemas.ts';
import type { LocalTime } from '../shared/site-time.ts';

type Station = SiteView['stations'][number];

export interface TodaysWindow {
  readonly from: string;
  readonly to: string;
  readonly isOpen: boolean;
}

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

const minuteOf = (clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
};

const dayBefore = (weekday: string): string =>
  WEEKDAYS[(WEEKDAYS.indexOf(weekday) + 6) % 7] ?? weekday;

export function todaysWindows(windows: Station['windows'], local: LocalTime): TodaysWindow[] {
  const today = windows
    .filter((window) => window.days.includes(local.weekday))
    .map(({ from, to }) => ({ from, to, isOpen: isOpenToday(from, to, local.minute) }));
  const overnight = windows
    .filter((window) => window.days.includes(dayBefore(local.weekday)))
    .filter(({ from, to }) => minuteOf(to) < minuteOf(from) && local.minute < minuteOf(to))
    .map(({ from, to }) => ({ from, to, isOpen: true }));
  const shown = overnight.filter(
    (late) => !today.some((window) => window.from === late.from && window.to === late.to),
  );
  const merged = today.map((window) => ({
    ...window,
    isOpen: window.isOpen || overnight.some((late) => late.from === window.from),
  }));
  return [...shown, ...merged].sort((one, other) => minuteOf(one.from) - minuteOf(other.from));
}

function isOpenToday(from: string, to: string, minute: number): boolean {
  const [start, end] = [minuteOf(from), minuteOf(to)];
  return end < start ? minute >= start : minute >= start && minute < end;
}
