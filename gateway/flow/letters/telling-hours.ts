// Until when a reader is not to be disturbed with something: outside of their own hours with anything,
// in quiet hours with what is not grave, off duty with what is their team's and not theirs by name.
// Asked at every change, so each reader's calendar is made once and kept.
import { WEEKDAYS, type DailySpan, type Place } from '../../domain/asset.ts';
import type { Severity } from '../../domain/alarm.ts';
import { openingHours, type OpenAt } from '../../domain/opening-hours.ts';
import type { Person } from '../../domain/person.ts';
import type { Reader } from '../../domain/reader.ts';
import type { Hours } from '../../domain/rule.ts';
import type { Instant } from '../../domain/time.ts';
import type { Concern, People } from './telling-concern.ts';

export interface Hold {
  readonly reason: 'quiet';
  /** The first moment at which it may be sent. */
  readonly until: Instant;
}

export interface Calendars {
  /** Undefined where it may be sent now. */
  holdOn(what: Disturbance, now: Instant): Hold | undefined;
}

export interface Disturbance {
  readonly reader: Reader;
  readonly severity: Severity;
  readonly concern: Concern;
}

/** Held for one thing after the other: a night, a holiday, a shift. More of them come to no end. */
const MOST_HOLDS = 40;

export function createCalendars(
  place: Pick<Place, 'zone' | 'holidays'>,
  people: People,
): Calendars {
  const known = new Map<string, OpenAt>();
  function calendarOf(hours: Hours): OpenAt {
    const key = JSON.stringify(hours);
    const open = known.get(key) ?? openingHours(hours, place);
    known.set(key, open);
    return open;
  }
  function freeAt(what: Disturbance, moment: Instant): Instant {
    const { reader, severity, concern } = what;
    const own = reader.hours && calendarOf(reader.hours)(moment);
    if (own && !own.isOpen) return own.until;
    const duty = concern === 'duty' ? dutyOf(reader, people) : undefined;
    const shift = duty && calendarOf(onDays(duty))(moment);
    if (shift && !shift.isOpen) return shift.until;
    const { fromMinute, toMinute } = reader.quiet;
    if (severity === 'high' || fromMinute === toMinute) return moment;
    const quiet = calendarOf(onDays([{ days: WEEKDAYS, fromMinute, toMinute }]))(moment);
    return quiet.isOpen ? quiet.until : moment;
  }
  return {
    holdOn(what, now) {
      let until = now;
      for (let holds = 0; holds < MOST_HOLDS; holds++) {
        const free = freeAt(what, until);
        if (free === until) break;
        until = free;
      }
      return until === now ? undefined : { reason: 'quiet', until };
    },
  };
}

const onDays = (spans: readonly DailySpan[]): Hours => ({ spans, holidays: 'as-weekdays' });

function dutyOf({ who }: Reader, people: People): readonly DailySpan[] | undefined {
  const person: Person | undefined = who.kind === 'person' ? people.get(who.person) : undefined;
  return person && person.duty.length > 0 ? person.duty : undefined;
}
