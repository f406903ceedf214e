// What a lamp's controller measures at the foot of its post. A backup cell keeps it talking when
// the circuit is dead: then it still says what it was told to do, and that nothing arrives.
import { rounded } from './bin.ts';
import type { Random } from './random.ts';
import type { LampTruth, World } from './world.ts';
import { isCalledFor, isLit } from './world.ts';

const MAINS_V = 229.5;
const POWER_FACTOR = 0.95;

export interface LampReport {
  /** What its relay is told, 0 or 1; not whether it shines. */
  readonly on: number;
  readonly power: number;
  readonly voltage: number;
  readonly current: number;
  /** Milliamperes that went another way than back: damp cable, a few years old. */
  readonly leak: number;
}

export function seenLamp(world: World, lamp: LampTruth, random: Random): LampReport {
  const live = world.circuits[lamp.circuit] === true;
  const voltage = live ? MAINS_V + 0.8 * random.normal() : 0;
  const power = isLit(world, lamp) ? lamp.nominalW * (1 + 0.01 * random.normal()) : 0;
  return {
    on: isCalledFor(world, lamp) ? 1 : 0,
    power: rounded(power, 1),
    voltage: rounded(voltage, 1),
    current: rounded(live ? power / voltage / POWER_FACTOR : 0, 3),
    leak: rounded(live ? Math.max(0, 0.9 + 0.2 * random.normal()) : 0, 1),
  };
}
