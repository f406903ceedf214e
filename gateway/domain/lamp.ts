// When a lamp should be lit, and whether its draw says that it is.
import type { Lamp, Place } from './asset.ts';
import { isWithin, wallClock } from './local-time.ts';
import type { Watts } from './quantity.ts';
import { sunDay, type SunDay } from './sun.ts';
import { days, earlier, later, minutes, type Instant } from './time.ts';

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
  const today = sunDay(place, moment);
  if (today.kind !== 'both') return today.kind === 'always-down';
  const dusk = (day: SunDay): number =>
    day.kind === 'both' ? day.sunset + minutes(offsets.onOffsetMin) : -Infinity;
  const dawn = (day: SunDay): number =>
    day.kind === 'both' ? day.sunrise + minutes(offsets.offOffsetMin) : Infinity;
  // An offset may carry either end of a night over the sun's own midnight, so its two days are asked.
  if (moment < dawn(today) && moment >= dusk(sunDay(place, earlier(moment, days(1))))) return true;
  return moment >= dusk(today) && moment < dawn(sunDay(place, later(moment, days(1))));
}

/** @param litFrom share of the nominal watts at which the lamp counts as lit */
export const isLit = (lamp: Lamp, power: Watts, litFrom: number): boolean =>
  power >= lamp.nominalW * litFrom;
