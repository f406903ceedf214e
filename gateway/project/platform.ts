// One scale under several bins of a station. It knows how much and when, not which: a bin's own lid or
// fill sensor, where one moved at the same time, says whose it was. Until one does the event is the
// platform's, says so, and is in no stream's ledger.
//
// A bin that is lifted off takes its tare with it and brings it back: what is missing then was collected.
import type { Bin, Scale } from '../domain/asset.ts';
import type { WeighedEvent, WeightEvent } from '../domain/deposit.ts';
import type { Kilograms } from '../domain/quantity.ts';
import { between, later, minutes, type Instant } from '../domain/time.ts';
import { containerOf, keep, write, withFlags, type Scene } from './happened.ts';

/** The lightest container that a platform carries; nobody throws as much in at once. */
const CONTAINER_KG = 8;
const BACK_WITHIN = minutes(60);
const LID_WITHIN = minutes(1);
/** A fill sensor speaks a quarter of an hour later at most. */
const FILL_WITHIN = minutes(15);
/** A fill that moved so near a weight moved with it, whichever of the two was told first. */
const FILL_NEAR = minutes(2);
const LATELY = 8;

export function told(scene: Scene, scale: Scale, event: WeightEvent): void {
  const known = containerOf(scene, scale.id, event.at);
  const { lifted, ...rest } = known;
  const { containers } = scene.standing;
  if (event.kind !== 'deposit' && event.kg >= CONTAINER_KG && !event.takesBack) {
    containers.put(scale.id, { ...known, lifted: { at: event.at, kg: event.kg } });
    return;
  }
  const isBack = lifted && between(lifted.at, event.at) <= BACK_WITHIN;
  if (event.kind === 'deposit' && isBack && event.kg >= CONTAINER_KG) {
    containers.put(scale.id, rest);
    const kg = (lifted.kg - event.kg) as Kilograms;
    const { flags: _flags, ...plain } = event;
    if (kg > 0.5) attributed(scene, scale, { ...plain, kind: 'collection', kg });
    return;
  }
  attributed(scene, scale, event);
}

function attributed(scene: Scene, scale: Scale, event: WeighedEvent): void {
  const on = binsOn(scene, scale);
  const opened = on.filter((bin) => hasMovedLid(scene, bin, event.at));
  const owners = opened.length > 0 ? opened : on.filter((bin) => hasMovedFill(scene, bin, event));
  if (owners.length === 1) return give(scene, owners[0]!, event);
  const open = withFlags(event, ['unattributed']);
  keep(scene, open);
  const known = containerOf(scene, scale.id, event.at);
  const lately = [...(known.lately ?? []), open].slice(-LATELY);
  scene.standing.containers.put(scale.id, { ...known, lately });
}

/** Those without a scale of their own. */
const binsOn = ({ compound, standing }: Scene, { station }: Pick<Scale, 'station'>): Bin[] =>
  [...compound.assets.values()]
    .filter((asset) => asset.kind === 'bin')
    .filter((bin) => bin.station === station && standing.weights.get(bin.id) === undefined);

function hasMovedLid({ standing }: Scene, { id }: Bin, at: Instant): boolean {
  const { lid } = standing.assets.get(id)?.latest ?? {};
  return lid !== undefined && Math.abs(lid.changedAt - at) <= LID_WITHIN;
}

/** Heard before the weight came to rest. */
function hasMovedFill({ standing }: Scene, { id }: Bin, { kind, at }: WeighedEvent): boolean {
  const { roseAt, emptied } = standing.fillLevels.get(id) ?? {};
  const moved = kind === 'deposit' ? roseAt : kind === 'collection' ? emptied?.at : undefined;
  return moved !== undefined && Math.abs(moved - at) <= FILL_NEAR;
}

function give(scene: Scene, bin: Bin, event: WeighedEvent): void {
  const isOpen = event.flags?.includes('unattributed') === true;
  const flags = (event.flags ?? []).filter((flag) => flag !== 'unattributed');
  const own = { ...event, asset: bin.id, flags: [...flags, 'attributed' as const] };
  if (event.kind !== 'collection') {
    // Under the platform's id: what was told of it before is this.
    return write(scene, { ...own, platform: event.platform ?? event.asset }, event.at);
  }
  // The bin's own fill may have told of it already: joined under the bin's id, and the other is none.
  if (isOpen) keep(scene, withFlags(event, ['undone']));
  write(scene, own, event.at);
}

/**
 * This bin's fill rose: the last that was put on its platform, and that nobody has, was put in it. Where
 * a neighbour's rose as near to it, nobody knows whose it was.
 */
export function ownedTo(scene: Scene, bin: Bin, now: Instant): void {
  claim(scene, bin, (event, neighbours) => {
    const isIn = event.kind === 'deposit' && event.at <= now && now <= later(event.at, FILL_WITHIN);
    return isIn && !neighbours.some((one) => hasMovedFill(scene, one, event));
  });
}

/** Its fill says that it was emptied then: what its platform lost at that time was in it. */
export function emptiedTo(scene: Scene, bin: Bin, at: Instant): void {
  claim(scene, bin, (event, neighbours) => {
    const isIt = event.kind === 'collection' && Math.abs(event.at - at) <= FILL_NEAR;
    return isIt && !neighbours.some((one) => hasMovedFill(scene, one, event));
  });
}

type Claims = (event: WeighedEvent, neighbours: readonly Bin[]) => boolean;

function claim(scene: Scene, bin: Bin, claims: Claims): void {
  for (const scale of scene.compound.assets.values()) {
    if (scale.kind !== 'scale' || scale.station !== bin.station) continue;
    const known = scene.standing.containers.get(scale.id);
    const neighbours = binsOn(scene, scale).filter(({ id }) => id !== bin.id);
    const found = known?.lately?.findLast((event) => claims(event, neighbours));
    if (!known || !found) continue;
    const lately = known.lately?.filter((one) => one !== found) ?? [];
    scene.standing.containers.put(scale.id, { ...known, lately });
    give(scene, bin, found);
  }
}
