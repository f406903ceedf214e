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
  const bins = binsOn(scene, scale).filter((bin) => hasMovedLid(scene, bin, event.at));
  if (bins.length === 1) return give(scene, bins[0]!, event);
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

function give(scene: Scene, bin: Bin, event: WeighedEvent): void {
  const flags = (event.flags ?? []).filter((flag) => flag !== 'unattributed');
  write(
    scene,
    {
      ...event,
      asset: bin.id,
      platform: event.platform ?? event.asset,
      flags: [...flags, 'attributed'],
    },
    event.at,
  );
}

/** This bin's fill rose: the last that was put on its platform, and that nobody has, was put in it. */
export function ownedTo(scene: Scene, bin: Bin, now: Instant): void {
  for (const scale of scene.compound.assets.values()) {
    if (scale.kind !== 'scale' || scale.station !== bin.station) continue;
    const known = scene.standing.containers.get(scale.id);
    const found = known?.lately?.findLast(
      ({ kind, at }) => kind === 'deposit' && at <= now && now <= later(at, FILL_WITHIN),
    );
    if (!known || !found) continue;
    const lately = known.lately?.filter((one) => one !== found) ?? [];
    scene.standing.containers.put(scale.id, { ...known, lately });
    give(scene, bin, found);
  }
}
