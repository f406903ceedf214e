// What a bin's ultrasonic sensor sees, looking down from under the lid.
// Good to about 5 mm; now and then an echo is lost (9999) or is its own ringing (0).
import { DAY } from './moment.ts';
import type { Random } from './random.ts';
import type { BinTruth } from './world.ts';
import { levelOf } from './world.ts';

const NOISE_MM = 5;
const BAD_ECHO_SHARE = 0.002;
export const LOST_ECHO = 9999;
export const OWN_RINGING = 0;

/** Millimetres from the sensor's face to the rubbish, whole. */
export function seenDistance(bin: BinTruth, random: Random): number {
  if (random.chance(BAD_ECHO_SHARE)) return random.chance(0.5) ? LOST_ECHO : OWN_RINGING;
  return Math.max(1, Math.round(trueDistance(bin) + NOISE_MM * random.normal()));
}

export const trueDistance = (bin: BinTruth): number =>
  bin.emptyMm - levelOf(bin) * (bin.emptyMm - bin.fullMm);

/** Volts of its lithium cell: nearly flat for years, a little less in the cold of the night. */
export function batteryVolts(at: number, random: Random): number {
  const cold = 0.02 * Math.cos((2 * Math.PI * at) / DAY);
  return rounded(3.58 - cold + 0.004 * random.normal(), 2);
}

export const rounded = (value: number, decimals: number): number => Number(value.toFixed(decimals));
