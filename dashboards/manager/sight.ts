// What every part of the review is given to show with: words, formats, and what day it is at the site.
import { formatIn, type Format } from '../shared/format.ts';
import { words } from '../shared/language.ts';
import type { Live } from '../shared/live.ts';
import { siteTimeIn } from '../shared/site-time.ts';
import type { Words } from '../shared/words.ts';
import { weekdayOf } from '../shared/calendar.ts';

export interface Sight {
  readonly words: Words;
  readonly format: Format;
  readonly zone: string;
  /** By the gateway's clock. */
  readonly now: number;
  readonly today: string;
  readonly stationOf: (id: string | undefined) => string;
}

/** Reads the live store: only the page itself may call it. */
export function sightOf(live: Live): Sight {
  const site = live.site.value;
  const zone = site?.zone ?? 'Asia/Shanghai';
  const now = live.now.value;
  const say = words.value;
  const names = new Map((site?.stations ?? []).map(({ id, name }) => [id, name]));
  return {
    words: say,
    format: formatIn(zone, say),
    zone,
    now,
    today: siteTimeIn(zone).at(now).date,
    stationOf: (id) => (id === undefined ? say.review.allStations : (names.get(id) ?? id)),
  };
}

/** What a bin is called; read by the pages that speak of single bins. */
export function binNames(live: Live): (id: string) => string {
  const assets = live.assets.value;
  return (id) => assets.get(id)?.name ?? id;
}

/** “11-22 周日”. */
export const dayName = (day: string, { review }: Words): string =>
  `${day.slice(5)} ${review.weekday[weekdayOf(day)] ?? ''}`;
