// People at work on an asset: what is about it is watched, and nobody is told of it, until they say that
// they are done or the time that they gave is over.
import type { Answer } from '../api/desk.ts';
import type { Compound } from '../domain/asset.ts';
import { isUnderWay, type Maintenance } from '../domain/maintenance.ts';
import { days, later } from '../domain/time.ts';
import { accept, refuse, writeCommand, type Ask, type CommandParts } from './command.ts';

/** Longer than this it is no work but a bin that should be taken out of the site file. */
const LONGEST = days(30);

type Asset = Pick<Compound, 'assets'> & { readonly id: string };

/** `maintain` {reason, until?} and `release`. */
export async function assetAction(
  parts: CommandParts,
  { id, assets }: Asset,
  ask: Ask,
): Promise<Answer<Maintenance>> {
  if (!assets.has(id)) return refuse(404, 'No such asset', `there is no asset ${id}`);
  const before = parts.standing.maintenance.get(id);
  const now = parts.clock.now();
  const { until } = ask.body;
  if (ask.action === 'release' && !isUnderWay(before))
    return refuse(409, 'Nobody is at work', `nobody has said that they are at work on ${id}`);
  if (until !== undefined && Number(until) <= now)
    return refuse(422, 'Not now', 'the work would end in the past');
  if (until !== undefined && Number(until) > later(now, LONGEST))
    return refuse(422, 'Too long', 'work may be announced for 30 days at most');
  await writeCommand(parts, { on: 'asset', id, ...ask });
  const after = parts.standing.maintenance.get(id);
  return after
    ? accept(after)
    : refuse(409, 'Changed meanwhile', `asset ${id} has changed; look again`);
}
