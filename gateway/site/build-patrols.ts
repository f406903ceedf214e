// The site file's `patrols` → routes whose places are known, each with its kind, name and questions.
import type { Asset, Compound } from '../domain/asset.ts';
import {
  USUAL_CATEGORY,
  type LookItem,
  type Patrol,
  type PatrolPlace,
  type PatrolPlaceKind,
} from '../domain/patrol.ts';
import type { Building } from '../domain/work.ts';
import { durationOf } from './option.ts';
import type { PatrolForm } from './schema-patrols.ts';

interface Places {
  readonly compound: Compound;
  readonly buildings: readonly Building[];
}
type PlaceForm = PatrolForm['places'][number];

export const patrolsFrom = (
  forms: readonly PatrolForm[],
  places: Places,
): ReadonlyMap<string, Patrol> => new Map(forms.map((form) => [form.id, patrolFrom(form, places)]));

const patrolFrom = ({ id, name, team, every, places }: PatrolForm, known: Places): Patrol => ({
  id,
  name,
  ...(team !== undefined && { team }),
  ...(every !== undefined && { every: durationOf(every) }),
  places: places.map((place) => placeFrom(place, known)),
});

function placeFrom({ at, name, look }: PlaceForm, known: Places): PatrolPlace {
  const thing = thingAt(known, at);
  return { at, kind: thing.kind, name: name ?? thing.name, look: look.map(lookFor(thing.kind)) };
}

const lookFor =
  (kind: PatrolPlaceKind) =>
  (item: PlaceForm['look'][number]): LookItem => {
    const { ask, category = USUAL_CATEGORY[kind] } =
      typeof item === 'string' ? { ask: item } : item;
    return { ask, category };
  };

interface Thing {
  readonly kind: PatrolPlaceKind;
  readonly name: string;
}

/** In the order in which a label's code is looked up, so that the code leads to the same thing. */
function thingAt({ compound, buildings }: Places, id: string): Thing {
  const station = compound.stations.get(id);
  if (station) return { kind: 'station', name: station.name };
  const asset = compound.assets.get(id);
  if (asset && isPatrolled(asset)) return { kind: asset.kind, name: asset.name };
  const name = buildings.find((building) => building.id === id)?.name ?? id;
  return { kind: 'building', name };
}

const isPatrolled = (
  asset: Asset,
): asset is Extract<Asset, { kind: 'lamp' | 'meter' | 'circuit' }> =>
  asset.kind === 'lamp' || asset.kind === 'meter' || asset.kind === 'circuit';
