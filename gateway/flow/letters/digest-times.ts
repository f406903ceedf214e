// When a digest is due, and for which day. A day's digest goes out at its hour of the wall clock, or
// whenever the gateway is back after that; a week's on Monday, or later in that week. Pure.
import { Temporal } from 'temporal-polyfill';
import { addDays, type LocalDay } from '../../domain/day.ts';
import type { DigestKind, NoticeSettings } from '../../domain/reader.ts';
import { instant, type Instant } from '../../domain/time.ts';

export interface DigestTime {
  /** The day, or the Monday, that the digest is called by. */
  readonly day: LocalDay;
  /** What it tells of, both included. */
  readonly from: LocalDay;
  readonly to: LocalDay;
  /** Whether its hour has come. */
  readonly isDue: boolean;
  /** When to look again: at its hour, or at the next one's. */
  readonly nextAt: Instant;
}

type Hours = Pick<NoticeSettings, 'dailyAtMinute' | 'weeklyAtMinute'>;

export function digestTime(
  kind: DigestKind,
  hours: Hours,
  at: { zone: string; now: Instant },
): DigestTime {
  const { zone, now } = at;
  const today = Temporal.Instant.fromEpochMilliseconds(Math.floor(now))
    .toZonedDateTimeISO(zone)
    .toPlainDate();
  const isDaily = kind === 'daily';
  const first = isDaily ? today : today.subtract({ days: today.dayOfWeek - 1 });
  const minute = isDaily ? hours.dailyAtMinute : hours.weeklyAtMinute;
  const momentOn = (date: Temporal.PlainDate): Instant =>
    instant(
      date.toZonedDateTime({
        timeZone: zone,
        plainTime: Temporal.PlainTime.from({ hour: 0 }).add({ minutes: minute }),
      }).epochMilliseconds,
    );
  const dueAt = momentOn(first);
  const length = isDaily ? 1 : 7;
  const day = first.toString();
  return {
    day,
    from: addDays(day, -length),
    to: addDays(day, -1),
    isDue: dueAt <= now,
    nextAt: dueAt > now ? dueAt : momentOn(first.add({ days: length })),
  };
}
