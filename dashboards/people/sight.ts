// What the pages about people are given to show with: words, formats, the moment, who is here.
import type { SiteView } from '../../gateway/api/schemas.ts';
import { formatIn, type Format } from '../shared/format.ts';
import { words } from '../shared/language.ts';
import type { Live } from '../shared/live.ts';
import { signedIn } from '../shared/session.ts';
import type { Standing } from '../shared/standing.ts';
import type { Words } from '../shared/words.ts';

export interface Sight {
  readonly words: Words;
  readonly format: Format;
  /** By the gateway's clock. */
  readonly now: number;
  readonly stations: SiteView['stations'];
  readonly standing: Standing;
}

/** Reads the live store: only a top-level view may call it. */
export function sightOf(live: Live): Sight {
  const site = live.site.value;
  return {
    words: words.value,
    format: formatIn(site?.zone ?? 'Asia/Shanghai', words.value),
    now: live.now.value,
    stations: site?.stations ?? [],
    standing: signedIn.value,
  };
}

/** Whether the role of whoever is here may ask for the operation at all. */
export const mayDo = ({ standing }: Sight, operation: string): boolean =>
  standing.state === 'in' && standing.who.may.includes(operation);

export const stationName = ({ stations }: Sight, id: string | undefined): string =>
  stations.find((station) => station.id === id)?.name ?? id ?? '';

/** “38分钟前 · 10:42” of a moment of the API. */
export const sinceText = ({ format, now }: Sight, at: string): string =>
  format.since(Date.parse(at), now);
