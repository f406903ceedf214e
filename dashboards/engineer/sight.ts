// What every view of the engineer's desk is given to show: words, formats, the moment, names, and who
// is looking and what their role may ask for.
import type { SiteView } from '../../gateway/api/schemas.ts';
import { formatIn } from '../shared/format.ts';
import { words } from '../shared/language.ts';
import type { Live } from '../shared/live.ts';
import { signedIn } from '../shared/session.ts';
import type { Standing } from '../shared/standing.ts';
import { nameIn } from './names.ts';
import type { Tongue } from './tongue.ts';

export interface Sight extends Tongue {
  readonly zone: string;
  readonly reachable: 'yes' | 'no';
  readonly standing: Standing;
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
    standing: signedIn.value,
    stationOf: (id) => site?.stations.find((station) => station.id === id)?.name,
    nameOf: nameIn(site, live.assets.value),
  };
}

type Looking = Pick<Sight, 'standing'>;

/** Whether the role of whoever is here may ask for the operation at all. */
export const mayDo = ({ standing }: Looking, operation: string): boolean =>
  standing.state === 'in' && standing.who.may.includes(operation);

export function whoIn({ standing }: Looking): { readonly id?: string; readonly role: string } {
  if (standing.state !== 'in' && standing.state !== 'ended') return { role: 'nobody' };
  const { id, role, state } = standing.who;
  return state === 'person' && id !== undefined ? { id, role } : { role };
}
