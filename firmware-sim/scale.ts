// What the load cells under a bin say: container and rubbish together, as they stand.
// Good to about 50 g from one look to the next. The cells also creep with the day's warmth, some
// tens of grams to and fro, which no averaging removes and no resident threw in. Wind and people push.
import { rounded } from './bin.ts';
import { DAY } from './moment.ts';
import { pushOn } from './jostle.ts';
import type { Random } from './random.ts';
import type { BinTruth } from './world.ts';

const NOISE_KG = 0.05;
const CREEP_KG = 0.04;

/** Kilograms, in steps of 10 g. The crew has the container in its hands until it stands again. */
export function seenGross(bin: BinTruth, at: number, random: Random): number {
  const isAway = bin.awayUntil !== undefined && at < bin.awayUntil;
  const stands = isAway ? 0 : bin.tareKg + bin.netKg + pushOn(bin.id, at);
  return rounded(stands + creep(bin.id, at) + NOISE_KG * random.normal(), 2);
}

/** Each scale stands in its own light and so creeps at its own hour. */
function creep(id: string, at: number): number {
  const shade = Buffer.from(id).reduce((sum, byte) => sum + byte, 0) % 24;
  return CREEP_KG * Math.sin(2 * Math.PI * (at / DAY + shade / 24));
}
