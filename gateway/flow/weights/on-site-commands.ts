// What may be said and done at a place: whoever empties says that they did, and takes it back within
// minutes; whoever keeps the hardware weighs, swaps, takes out and puts back.
import type { Answer } from '../../api/desk.ts';
import type { Asset, Compound } from '../../domain/asset.ts';
import { asItStands, isInService, newContainer, type Container } from '../../domain/container.ts';
import { attemptOf } from '../../project/on-site.ts';
import { mayUntap } from '../../domain/on-site.ts';
import type { Standing } from '../../domain/standing.ts';
import type { Instant } from '../../domain/time.ts';
import {
  accept,
  refuse,
  writeCommand,
  type Ask,
  type CommandParts,
  type Refusal,
} from '../command.ts';

type Named = Pick<Compound, 'assets'> & { readonly id: string };

export async function onSiteAction(
  parts: CommandParts,
  { id, assets }: Named,
  ask: Ask,
): Promise<Answer<Container>> {
  const asset = assets.get(id);
  if (asset?.kind !== 'bin' && asset?.kind !== 'scale')
    return refuse(404, 'No such bin', `there is no bin and no scale ${id}`);
  const { standing, clock } = parts;
  const now = clock.now();
  const current = (): Container => standing.containers.get(id) ?? newContainer(id, now);
  if (ask.key !== undefined) {
    const attempt = attemptOf({ by: ask.actor.by, action: ask.action }, ask.key);
    if (current().keys?.includes(attempt)) return accept(current());
  }
  const refusal = refusalOf(standing, asset, { ask, now });
  if (refusal) return refusal;
  await writeCommand(parts, { on: 'asset', id, ...ask });
  return accept(current());
}

interface Asked {
  readonly ask: Ask;
  readonly now: Instant;
}

function refusalOf(standing: Standing, asset: Asset, { ask, now }: Asked): Refusal | undefined {
  const { id } = asset;
  const known = standing.containers.get(id);
  switch (ask.action) {
    case 'collected':
      if (asset.kind !== 'bin') return notABin(id);
      return isInService(known) ? undefined : outOfService(id);
    case 'not-collected': {
      const { collection } = known ?? {};
      const tapped = collection?.witnesses?.includes('tap') ? collection.at : undefined;
      if (mayUntap(tapped, now)) return undefined;
      return refuse(
        409,
        'Nothing to take back',
        `nobody said in the last minutes that ${id} was emptied`,
      );
    }
    case 'swap':
      return asset.kind === 'bin' ? undefined : notABin(id);
    case 'tare':
      return ask.body['tareKg'] === undefined ? notAtRest(standing, asset, known) : undefined;
    case 'take-out':
      return isInService(known) ? undefined : outOfService(id);
    case 'put-back':
      return isInService(known)
        ? refuse(409, 'Is in service', `${id} is in service already`)
        : undefined;
    default:
      return undefined;
  }
}

const notABin = (id: string): Refusal => refuse(422, 'Not a bin', `${id} is a scale, not a bin`);
const outOfService = (id: string): Refusal =>
  refuse(409, 'Out of service', `${id} is out of service`);

/** Only a weight that rests says what an empty container weighs. */
function notAtRest(
  { weights }: Standing,
  asset: Asset,
  known: Container | undefined,
): Refusal | undefined {
  const weight = weights.get(asset.id);
  const { tareKg } = asItStands(asset, known) as { readonly tareKg?: number };
  if (tareKg === undefined)
    return refuse(422, 'No tare to go by', `${asset.id} has no tare yet: say its tareKg`);
  if (weight?.baseKg === undefined || weight.moving || weight.away)
    return refuse(
      409,
      'Not at rest',
      `the scale of ${asset.id} is not at rest: wait, or say its tareKg`,
    );
  return undefined;
}
