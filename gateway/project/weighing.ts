// Hears scales and fill sensors while the fold goes by, and tells what people did: what was thrown in,
// taken out, collected. Touches the standing's weights, fill levels and containers, and through
// happened.ts the ledger and the books.
import type { Bin, Compound, Scale } from '../domain/asset.ts';
import { asItStands, isInService } from '../domain/container.ts';
import type { WeightEvent } from '../domain/deposit.ts';
import type { Reading } from '../domain/reading.ts';
import type { CommandEntry, Recorded } from '../domain/record.ts';
import type { Standing } from '../domain/standing.ts';
import { hearAgreement } from './agreeing.ts';
import { hearFill, type Emptied } from './fill-fall.ts';
import { createScene, unsay, write, type Scene } from './happened.ts';
import { obeyOnSite } from './on-site.ts';
import { emptiedTo, ownedTo, told } from './platform.ts';
import { settle } from './settled-weight.ts';

export interface Weighing {
  /** Takes in a reading or what was derived from one; all but weights and fills pass without effect. */
  hear(reading: Reading): void;
  /** What a person did at the place. */
  obey(command: Recorded<CommandEntry>): void;
}

export function createWeighing(compound: Compound, standing: Standing): Weighing {
  const scene = createScene(compound, standing);
  return {
    hear: (reading) => hear(scene, reading),
    obey: (command) => obeyOnSite(scene, command),
  };
}

function hear(scene: Scene, reading: Reading): void {
  const { quantity } = reading;
  if (quantity !== 'net' && quantity !== 'gross' && quantity !== 'fill') return;
  const asset = scene.compound.assets.get(reading.asset);
  if (asset?.kind !== 'bin' && asset?.kind !== 'scale') return;
  if (!isInService(scene.standing.containers.get(asset.id))) return;
  if (asset.kind === 'scale') return hearPlatform(scene, asset, reading);
  if (quantity === 'fill') hearLevel(scene, asset, reading);
  else hearWeight(scene, asset, reading);
}

/**
 * A late weight proves that the bin was heard at that minute. What it weighed then is known already:
 * the weights that came before it have told the difference.
 */
function hearWeight(scene: Scene, bin: Bin, reading: Reading): void {
  if (reading.doubt === 'late') scene.book.heard(bin, reading);
  if (reading.doubt !== undefined || reading.quantity !== 'net') return;
  scene.book.heard(bin, reading);
  for (const event of settled(scene, bin, reading)) write(scene, event, reading.receivedAt);
}

function settled(
  { standing }: Scene,
  asset: Bin | Scale,
  { value, observedAt, device }: Reading,
): readonly WeightEvent[] {
  const { weights, containers } = standing;
  const { id } = asset;
  const { tareKg } = asItStands(asset, containers.get(id));
  const before = weights.get(id);
  const heard = { asset: id, kg: value, at: observedAt, device };
  const { state, events } = settle(before, tareKg === undefined ? heard : { ...heard, tareKg });
  if (state !== before) weights.put(id, state);
  return events;
}

function hearPlatform(scene: Scene, scale: Scale, reading: Reading): void {
  if (reading.doubt !== undefined || reading.quantity !== 'net') return;
  for (const event of settled(scene, scale, reading)) told(scene, scale, event);
}

function hearLevel(scene: Scene, bin: Bin, reading: Reading): void {
  if (reading.doubt !== undefined) return;
  const { fillLevels } = scene.standing;
  const before = fillLevels.get(bin.id);
  const point = { at: reading.observedAt, fill: reading.value };
  const { state, emptied, revoked } = hearFill(before, point);
  if (state !== before) fillLevels.put(bin.id, state);
  hearAgreement(scene, bin.id, reading.value);
  if (state.roseAt === point.at) ownedTo(scene, bin, reading.receivedAt);
  if (revoked !== undefined) unsay(scene, bin.id, { by: 'fill', now: reading.receivedAt });
  if (!emptied) return;
  writeEmptied(scene, bin, { emptied, reading });
  emptiedTo(scene, bin, emptied.at);
}

function writeEmptied(
  scene: Scene,
  bin: Bin,
  { emptied, reading }: { readonly emptied: Emptied; readonly reading: Reading },
): void {
  const { at, fillBefore, fillAfter, isAcrossGap } = emptied;
  const { volumeL: volume } = bin;
  const event = {
    kind: 'collection' as const,
    asset: bin.id,
    at,
    by: 'fill' as const,
    estimated: true as const,
    fillBefore,
    fillAfter,
    ...(volume !== undefined && { litres: (fillBefore - fillAfter) * volume }),
    device: reading.device,
    ...(isAcrossGap && { flags: ['across-gap' as const] }),
  };
  write(scene, event, reading.receivedAt);
}
