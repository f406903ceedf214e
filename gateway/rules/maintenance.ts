// What is suppressed by design: a bin out of service, a lamp whose pole is being painted, a circuit
// with its lamps. Suppress alerting, never monitoring; suppress what is new, never the end of what was.
import type { AssetId, Compound } from '../domain/asset.ts';
import { isUnderWay } from '../domain/maintenance.ts';
import type { Standing } from '../domain/standing.ts';
import type { Pair } from './rule-book.ts';

/** What stands in a watch's `explainedBy` where no bigger alarm but people's work explains it. */
export const MAINTENANCE = 'maintenance';

type Known = Pick<Standing, 'maintenance'>;

/** Why people are at work on it, or on the circuit that it hangs on. */
export function workOn(
  { maintenance }: Known,
  { assets }: Compound,
  id: AssetId,
): string | undefined {
  const asset = assets.get(id);
  const ids = asset?.kind === 'lamp' ? [id, asset.circuit] : [id];
  const found = ids.map((each) => maintenance.get(each)).find(isUnderWay);
  return found?.reason;
}

/** The same for a rule's subject; a device is out of service with all that it speaks of. */
export function workOnSubject(known: Known, compound: Compound, pair: Pair): string | undefined {
  if (pair.rule.on === 'source') return undefined;
  if (pair.rule.on !== 'device') return workOn(known, compound, pair.subject);
  const assets = [...(compound.devices.get(pair.subject)?.assets.values() ?? [])];
  const reasons = assets.map((asset) => workOn(known, compound, asset));
  return reasons.includes(undefined) ? undefined : reasons[0];
}
