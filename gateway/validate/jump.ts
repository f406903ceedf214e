// Changes that no healthy sensor's world can make. A jumped reading is kept but not believed; the
// next one that bears it out is, because meters are replaced, batteries changed, and bins do burn.
// Quantities that may truly change at once (a bag thrown in, a lamp switched) have no limit here.
import { QUANTITIES } from '../domain/quantity.ts';
import type { Quantity } from '../domain/quantity.ts';
import { between } from '../domain/time.ts';
import type { Point, Trace } from './trace.ts';

/** How far a value may move: by `step` at any time, or by `perMinute` where that allows more. */
interface Reach {
  readonly step: number;
  readonly perMinute: number;
}

interface JumpLimit {
  readonly rise: Reach;
  readonly fall: Reach;
}

const ANY: Reach = { step: Infinity, perMinute: Infinity };
const NONE: Reach = { step: 0, perMinute: 0 };

const LIMITS: { readonly [Q in Quantity]?: JumpLimit } = {
  // A housed probe follows air, water or even fire slowly; a loose wire, or a DS18B20 that lost
  // its power and says 85 °C, does not. Within seconds, resolution and draughts make up 2 °C.
  temperature: { rise: { step: 2, perMinute: 30 }, fall: { step: 2, perMinute: 30 } },
  // A battery changed by hand gains half its charge at once; cold alone can take a fifth away.
  batteryLevel: { rise: { step: 0.5, perMinute: 0 }, fall: { step: 0.2, perMinute: 0.05 } },
  // A meter counts up, and no faster than the widest pipe lets water through.
  volume: { rise: { step: 100, perMinute: QUANTITIES.flow.most / 60 }, fall: NONE },
  energy: { rise: ANY, fall: NONE },
};

export const hasJumps = (quantity: Quantity): boolean => LIMITS[quantity] !== undefined;

/** Whether `point` cannot follow what was believed and is not borne out by a jump before it. */
export function isJump(quantity: Quantity, trace: Trace, point: Point): boolean {
  const limit = LIMITS[quantity];
  if (!limit || canFollow(limit, trace.believed, point)) return false;
  return !trace.suspect || !bearsOut(limit, trace, { suspect: trace.suspect, point });
}

function canFollow(limit: JumpLimit, from: Point, to: Point): boolean {
  const change = to.value - from.value;
  const reach = change < 0 ? limit.fall : limit.rise;
  const elapsedMin = between(from.observedAt, to.observedAt) / 60_000;
  const byRate = elapsedMin === 0 ? 0 : reach.perMinute * elapsedMin;
  return Math.abs(change) <= Math.max(reach.step, byRate);
}

/**
 * The second reading agrees with the jump before it, or goes on the same way: a bin on fire never
 * holds still for two readings. A counter that falls twice bears out nothing.
 */
function bearsOut(
  limit: JumpLimit,
  { believed }: Trace,
  { suspect, point }: { readonly suspect: Point; readonly point: Point },
): boolean {
  // The same message told twice is not a second witness.
  if (point.observedAt <= suspect.observedAt) return false;
  if (canFollow(limit, suspect, point)) return true;
  const [first, second] = [suspect.value - believed.value, point.value - suspect.value];
  const reach = second < 0 ? limit.fall : limit.rise;
  return reach !== NONE && Math.sign(first) === Math.sign(second);
}
