// When a lamp should be lit, and whether its draw says that it is.
import type { Lamp, Place } from './asset.ts';
import { isWithin, wallClock } from './local-time.ts';
import type { Watts } from './quantity.ts';
import { sunDay } from './sun.ts';
import { instant, minutes, type Instant } from './time.ts';

export type ShouldBeOn = (lamp: Lamp, moment: Instant) => boolean;

/** Knows the site's sun and clock; the same moment always gives the same answer. */
export function lampDuty(place: Place): ShouldBeOn {
  const wallTime = wallClock(place.zone);
  return (lamp, moment) => {
    switch (lamp.hours.by) {
      case 'always':
        return true;
      case 'timetable': {
        const at = wallTime(moment);
        return lamp.hours.spans.some((span) => isWithin(span, at));
      }
      case 'sun':
        return isDarkOutside(place, lamp.hours, moment);
    }
  };
}

function isDarkOutside(
  place: Place,
  offsets: { readonly onOffsetMin: number; readonly offOffsetMin: number },
  moment: Instant,
): boolean {
  const day = sunDay(place, moment);
  if (day.kind !== 'both') return day.kind === 'always-down';
  const off = instant(day.sunrise + minutes(offsets.offOffsetMin));
  const on = instant(day.sunset + minutes(offsets.onOffsetMin));
  return moment < off || moment >= on;
}

/** @param litFrom share of the nominal watts at which the lamp counts as lit */
export const isLit = (lamp: Lamp, power: Watts, litFrom: number): boolean =>
  power >= lamp.nominalW * litFrom;
