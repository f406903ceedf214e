// What every view of the engineer's desk is given to show: words, formats, the moment, names.
import type { SiteView } from '../../gateway/api/schemas.ts';
import { formatIn, type Format } from '../shared/format.ts';
import { words } from '../shared/language.ts';
import type { Live } from '../shared/live.ts';
import type { Words } from '../shared/words.ts';
import { nameIn } from './names.ts';

export interface Sight {
  readonly words: Words;
  readonly format: Format;
  readonly zone: string;
  /** By the gateway's clock. */
  readonly now: number;
  readonly reachable: 'yes' | 'no';
  readonly nameOf: (id: string) => string;
  /** A station's name, by its id. */
  readonly stationOf: (id: string | undefined) => string | undefined;
}

const zoneOf = (site: SiteView | undefined): string => site?.zone ?? 'Asia/Shanghai';

/** Reads the live store: only a top-level view may call it. */
export function sightOf(live: Live): Sight {
  const site = live.site.value;
  return {
    words: words.value,
    format: formatIn(zoneOf(site), words.value),
    zone: zoneOf(site),
    now: live.now.value,
    reachable: live.link.value.state === 'live' ? 'yes' : 'no',
    stationOf: (id) => site?.stations.find((station) => station.id === id)?.name,
    nameOf: nameIn(site, live.assets.value),
  };
}
