// Labels, as the sheets show them: each spot of the site with where its code leads.
import type { LabelsDesk } from '../../api/desk.ts';
import type { LabelView } from '../../api/schemas.ts';
import type { Compound } from '../../domain/asset.ts';
import { linkTo } from '../../domain/link.ts';
import type { AddressDoubt } from '../../domain/address-doubt.ts';
import { spotsOf, type Spot } from '../../domain/spot.ts';
import { DEFAULT_WORK, type WorkSettings } from '../../domain/work.ts';

interface LabelParts {
  readonly compound: Compound;
  readonly work?: WorkSettings;
  /** What speaks against the address that would be printed. */
  readonly reach: readonly AddressDoubt[];
}

export function createLabelDesk({ compound, work, reach }: LabelParts): LabelsDesk {
  const { buildings } = work ?? DEFAULT_WORK;
  const { name, contact } = compound.place;
  return {
    labels: () => ({
      site: name,
      ...(contact && { contact }),
      warnings: [...reach],
      labels: spotsOf({ compound, buildings }).map((spot) => labelOf(spot, compound, buildings)),
    }),
  };
}

/** Where the code on a spot leads. */
export const reportLink = (place: Compound['place'], code: string): string | undefined =>
  linkTo(place, `/r/${encodeURIComponent(code)}`);

function labelOf(spot: Spot, compound: Compound, buildings: WorkSettings['buildings']): LabelView {
  const link = reportLink(compound.place, spot.code);
  const around = aroundOf(spot.code, compound);
  const within =
    around === undefined ? undefined : (buildings.get(around) ?? compound.assets.get(around));
  return {
    ...spot,
    ...(link !== undefined && { link }),
    ...(within && { within: { id: within.id, name: within.name } }),
  };
}

function aroundOf(code: string, { stations, assets }: Compound): string | undefined {
  const asset = assets.get(code);
  return asset?.kind === 'lamp' ? asset.circuit : (asset?.building ?? stations.get(code)?.building);
}
