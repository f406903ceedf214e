import { siteTimeIn } from './site-time.ts';

export type Theme = 'light' | 'dark';

interface Sky {
  readonly zone: string;
  readonly sunset?: string | undefined;
  readonly sunrise?: string | undefined;
}

const SIX = 6 * 60;
const EIGHTEEN = 18 * 60;

/**
 * Compared by the hour of the site's day, not by the date: whether `sunset` is today's or
 * tomorrow's moves it by a minute or two, and a screen may not flip for that.
 */
export function themeOfSky(sky: Sky, now: number): Theme {
  const time = siteTimeIn(sky.zone);
  const minuteOf = (moment: string | undefined, otherwise: number) =>
    moment === undefined ? otherwise : time.at(Date.parse(moment)).minute;
  const { minute } = time.at(now);
  const isDay = minute >= minuteOf(sky.sunrise, SIX) && minute < minuteOf(sky.sunset, EIGHTEEN);
  return isDay ? 'light' : 'dark';
}
