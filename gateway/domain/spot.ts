// A spot is what a printed code stands on: a station, a lamp, a meter, a building. Its code is its id
// in the site file, so that a label can be made again and read aloud over the telephone.
import type { Compound } from './asset.ts';
import type { Building } from './work.ts';

export const SPOT_KINDS = ['station', 'lamp', 'meter', 'building'] as const;
export type SpotKind = (typeof SPOT_KINDS)[number];

export interface Spot {
  readonly code: string;
  readonly kind: SpotKind;
  /** As people call it. */
  readonly name: string;
}

interface Places {
  readonly compound: Pick<Compound, 'stations' | 'assets'>;
  readonly buildings: ReadonlyMap<string, Building>;
}

/** Undefined for a code that no label of this site bears. */
export function spotOf({ compound, buildings }: Places, code: string): Spot | undefined {
  const station = compound.stations.get(code);
  if (station) return { code, kind: 'station', name: station.name };
  const asset = compound.assets.get(code);
  if (asset?.kind === 'lamp' || asset?.kind === 'meter')
    return { code, kind: asset.kind, name: asset.name };
  const building = buildings.get(code);
  return building && { code, kind: 'building', name: building.name };
}

/** Every spot of the site, in the order of the site file. */
export const spotsOf = (places: Places): Spot[] =>
  [
    ...places.compound.stations.keys(),
    ...places.compound.assets.keys(),
    ...places.buildings.keys(),
  ].flatMap((code) => spotOf(places, code) ?? []);
