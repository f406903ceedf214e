// What the clock on the compound's wall shows at an instant.
import type { DailySpan, Weekday } from './asset.ts';
import type { Instant } from './time.ts';

export interface WallTime {
  /** 2026-11-22 */
  readonly date: string;
  readonly weekday: Weekday;
  /** Minutes since local midnight by the clock's face, 0…1439. */
  readonly minute: number;
}

/** Reads instants as wall time in one IANA zone; throws RangeError for a zone that is none. */
export function wallClock(zone: string): (moment: Instant) => WallTime {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (moment) => {
    const part = Object.fromEntries(
      format.formatToParts(moment).map((piece) => [piece.type, piece.value]),
    );
    return {
      date: `${part['year']}-${part['month']}-${part['day']}`,
      weekday: (part['weekday'] ?? 'mon').toLowerCase() as Weekday,
      minute: Number(part['hour']) * 60 + Number(part['minute']),
    };
  };
}

const BEFORE: Record<Weekday, Weekday> = {
  mon: 'sun',
  tue: 'mon',
  wed: 'tue',
  thu: 'wed',
  fri: 'thu',
  sat: 'fri',
  sun: 'sat',
};

/** A span's end is outside it. One that reaches over midnight belongs to the day it began on. */
export function isWithin(span: DailySpan, at: WallTime): boolean {
  const { fromMinute, toMinute, days } = span;
  if (fromMinute < toMinute) {
    return days.includes(at.weekday) && at.minute >= fromMinute && at.minute < toMinute;
  }
  if (at.minute >= fromMinute) return days.includes(at.weekday);
  return at.minute < toMinute && days.includes(BEFORE[at.weekday]);
}
