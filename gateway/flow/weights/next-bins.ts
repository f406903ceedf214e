// Which bin next, by when: for the cleaner's round. The full ones first, then those whose collection did
// not come, then by the moment at which they will be full.
import type { NextBinView } from '../../api/schemas.ts';
import type { Bin } from '../../domain/asset.ts';
import { isInService } from '../../domain/container.ts';
import { fullLimits } from '../../domain/full-limit.ts';
import type { Instant } from '../../domain/time.ts';
import { fillingView } from './filling-view.ts';
import type { ViewScene } from '../views.ts';

export function nextBins(scene: ViewScene, now: Instant): NextBinView[] {
  const bins = [...scene.compound.assets.values()].filter((asset) => asset.kind === 'bin');
  return bins
    .flatMap((bin) => nextBin(scene, bin, now) ?? [])
    .sort((a, b) => rank(a) - rank(b) || compared(dueOf(a), dueOf(b)) || b.level - a.level);
}

const rank = ({ isFull, missedCollection: missed }: NextBinView): number =>
  isFull ? 0 : missed ? 1 : 2;
const dueOf = ({ timeToFull: due }: NextBinView): string => due?.at ?? '9999';
const compared = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Undefined for a bin whose level nobody knows, and for one that was taken out. */
function nextBin(scene: ViewScene, bin: Bin, now: Instant): NextBinView | undefined {
  const { standing } = scene;
  const rhythm = standing.rhythms.get(bin.id);
  if (!isInService(standing.containers.get(bin.id))) return undefined;
  const limit = rhythm && fullLimits(scene.rules.values(), bin)[rhythm.quantity];
  const latest = rhythm && standing.assets.get(bin.id)?.latest[rhythm.quantity];
  if (!rhythm || limit === undefined || !latest) return undefined;
  const { id, name, station, stream } = bin;
  return {
    asset: id,
    name,
    station,
    stream,
    level: Math.round(Math.min(1, Math.max(0, latest.value / limit)) * 1000) / 1000,
    isFull: latest.value >= limit,
    ...fillingView(scene, bin, now),
  };
}
