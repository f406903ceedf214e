// Where a bin's scale and its fill sensor meet: looks up what each event needs to be held against, and
// writes what is learned to the bin's container. The arithmetic is agreement.ts's.
import type { Agreement, Density } from '../domain/agreement.ts';
import type { Bin } from '../domain/asset.ts';
import type { Container } from '../domain/container.ts';
import type { WeighedEvent } from '../domain/deposit.ts';
import { cameByWeight, emptiedByWeight, heardLevelOf, restedAt, weighedOut } from './agreement.ts';
import type { Scene } from './happened.ts';

type Learned = Pick<Container, 'agreement'>;

/** @param said what this witness told; `event` is what all of them told together */
export function agreementAfter(scene: Scene, event: WeighedEvent, said: WeighedEvent): Learned {
  const bin = scene.compound.assets.get(event.asset);
  if (bin?.kind !== 'bin') return {};
  const before = scene.standing.containers.get(bin.id)?.agreement ?? {};
  const after =
    event.kind === 'collection'
      ? afterCollection(scene, bin, { before, event, said })
      : afterDeposit(scene, before, event);
  return Object.keys(after).length > 0 ? { agreement: after } : {};
}

interface Told {
  readonly before: Agreement;
  readonly event: WeighedEvent;
  readonly said: WeighedEvent;
}

function afterCollection(scene: Scene, bin: Bin, { before, event, said }: Told): Agreement {
  const heard = said.by === 'weight' ? weighed(scene, before, event) : before;
  if (event.kg === undefined || event.fillBefore === undefined) return seen(heard, said);
  if (bin.volumeL === undefined) return seen(heard, said);
  const stream = densitiesOf(scene, bin);
  return seen(weighedOut(heard, event, { volumeL: bin.volumeL, stream }), said);
}

function weighed({ standing }: Scene, before: Agreement, event: WeighedEvent): Agreement {
  const fill = standing.assets.get(event.asset)?.latest.fill;
  const isBelieved = fill !== undefined && fill.doubt === undefined;
  const emptied = emptiedByWeight(before, event, isBelieved ? fill.value : undefined);
  const { standsKg } = event;
  if (standsKg === undefined) return emptied;
  const { zeroKg = 0 } = standing.weights.get(event.asset) ?? {};
  return restedAt(emptied, event.at, zeroKg + standsKg);
}

/** A level that fell has eyes. */
function seen(after: Agreement, { by }: WeighedEvent): Agreement {
  const { unseen: _unseen, ...rest } = after;
  return by === 'fill' ? rest : after;
}

function afterDeposit({ standing }: Scene, before: Agreement, event: WeighedEvent): Agreement {
  const fill = standing.assets.get(event.asset)?.latest.fill;
  const noise = standing.fillLevels.get(event.asset)?.noise;
  if (fill === undefined || fill.doubt !== undefined || noise === undefined) return before;
  return cameByWeight(before, event, { fill: fill.value, noise });
}

function densitiesOf({ compound, standing }: Scene, { stream }: Bin): Density[] {
  const found: Density[] = [];
  for (const [id, { agreement }] of standing.containers.all()) {
    const asset = compound.assets.get(id);
    if (asset?.kind === 'bin' && asset.stream === stream)
      found.push(...(agreement?.densities ?? []));
  }
  return found;
}

/** A level that has come down since the scale said that the bin was emptied. */
export function hearAgreement({ standing: { containers } }: Scene, id: string, fill: number): void {
  const known = containers.get(id);
  if (!known?.agreement) return;
  const agreement = heardLevelOf(known.agreement, fill);
  if (agreement !== known.agreement) containers.put(id, { ...known, agreement });
}
