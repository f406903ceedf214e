// When the sun rises and sets over the compound.
import { getTimes } from 'suncalc';
import type { Place } from './asset.ts';
import { instant, type Instant } from './time.ts';

/** The sun's day around a moment; beyond the polar circles it may not rise or not set. */
export type SunDay =
  | { readonly kind: 'both'; readonly sunrise: Instant; readonly sunset: Instant }
  | { readonly kind: 'always-up' }
  | { readonly kind: 'always-down' };

/** The solar day (midnight to midnight by the sun) that holds `moment`; refraction included. */
export function sunDay(place: Place, moment: Instant): SunDay {
  const times = getTimes(new Date(moment), place.latitude, place.longitude);
  if (times.sunrise && times.sunset) {
    return {
      kind: 'both',
      sunrise: instant(times.sunrise.getTime()),
      sunset: instant(times.sunset.getTime()),
    };
  }
  return { kind: times.alwaysUp ? 'always-up' : 'always-down' };
}
