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
  const sunOn = rememberedSun(place);
  return (lamp, moment) => {
    switch (lamp.hours.by) {
      case 'always':
        return true;
      case 'timetable': {
        const at = wallTime(moment);
        return lamp.hours.spans.some((span) => isWithin(span, at));
      }
      case 'sun':
        return isDarkOutside(sunOn, lamp.hours, moment);
    }
  };
}

/** The sun moves for nobody: what it was asked within one minute it answers once. */
function rememberedSun(place: Place): (moment: Instant) => SunDay {
  const known = new Map<number, SunDay>();
  return (moment) => {
    const minute = Math.floor(moment / minutes(1));
    const before = known.get(minute);
    if (before) return before;
    if (known.size === REMEMBERED) known.clear();
    const day = sunDay(place, moment);
    known.set(minute, day);
    return day;
  };
}

/** Yesterday, today and tomorrow of a few minutes. */
const REMEMBERED = 12;

function isDarkOutside(
  sunOn: (moment: Instant) => SunDay,
  offsets: { readonly onOffsetMin: number; readonly offOffsetMin: number },
  moment: Instant,
): boolean {
  const today = sunOn(moment);
  if (today.kind !== 'both') return today.kind === 'always-down';
  const dusk = (day: SunDay): number =>
    day.kind === 'both' ? day.sunset + minutes(offsets.onOffsetMin) : -Infinity;
  const dawn = (day: SunDay): number =>
    day.kind === 'both' ? day.sunrise + minutes(offsets.offOffsetMin) : Infinity;
  // An offset may carry either end of a night over the sun's own midnight, so its two days are asked.
  if (moment < dawn(today) && moment >= dusk(sunOn(earlier(moment, days(1))))) return true;
  return moment >= dusk(today) && moment < dawn(sunOn(later(moment, days(1))));
}

/** @param litFrom share of the nominal watts at which the lamp counts as lit */
export const isLit = (lamp: Lamp, power: Watts, litFrom: number): boolean =>
  power >= lamp.nominalW * litFrom;
