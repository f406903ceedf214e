// What pushes on a bin that nobody throws anything into: gusts that last seconds, somebody who leans on
// it for a minute or two, and once a week another container, whose tare is not what is painted on it.
// Promise: it depends on the bin and the moment alone, so that a day lived again is jostled the same.
import { DAY, HOUR, MINUTE, SECOND } from './moment.ts';
import { randomFrom, type Random } from './random.ts';

const GUST_KG = 0.5;
const GUSTS_A_DAY = 100;
const LEAN_SLOT = 10 * MINUTE;
const LEANS_A_DAY = 3;
/** Containers of one make differ by about this much. */
const TARES_APART_KG = 0.6;

/** Kilograms on top of what stands there; below 0 where it is lifted. */
export const pushOn = (bin: string, at: number): number => gustOn(bin, at) + leanOn(bin, at);

function gustOn(bin: string, at: number): number {
  const { random, since } = slotOf(bin, at, MINUTE);
  if (!random.chance((GUSTS_A_DAY * MINUTE) / DAY)) return 0;
  const from = random.between(0, 50 * SECOND);
  const lasts = random.between(2 * SECOND, 8 * SECOND);
  const most = random.between(-GUST_KG, GUST_KG);
  if (since < from || since > from + lasts) return 0;
  return most * Math.sin((Math.PI * (since - from)) / lasts);
}

function leanOn(bin: string, at: number): number {
  const { random, since } = slotOf(`lean ${bin}`, at, LEAN_SLOT);
  if (!random.chance((LEANS_A_DAY * LEAN_SLOT) / DAY)) return 0;
  const from = random.between(0, 7 * MINUTE);
  const lasts = random.between(4 * SECOND, 150 * SECOND);
  const kg = random.between(2, 30);
  const sways = random.between(0.05, 0.6);
  if (since < from || since > from + lasts) return 0;
  return kg + sways * Math.sin(since / 700);
}

/** Each bin's week begins at an hour of its own, so that not all are another's on one morning. */
export const weekOf = (bin: string, at: number): number =>
  Math.floor((at + (numberOf(bin) % 168) * HOUR) / (7 * DAY));

/** Of the container that stands there in its week. */
export function tareInWeek(bin: string, week: number, painted: number): number {
  const random = shuffled(numberOf(bin) * 7919 + week);
  return Math.max(painted / 2, painted + TARES_APART_KG * random.normal());
}

function slotOf(name: string, at: number, span: number): { random: Random; since: number } {
  const slot = Math.floor(at / span);
  return { random: shuffled(numberOf(name) * 1_000_003 + slot), since: at - slot * span };
}

/** The generator needs a few draws before neighbouring seeds part ways. */
function shuffled(seed: number): Random {
  const random = randomFrom(seed);
  for (let draw = 0; draw < 4; draw += 1) random.uniform();
  return random;
}

const numberOf = (name: string): number =>
  Buffer.from(name).reduce((sum, byte) => (sum * 31 + byte) % 1_000_003, 7);
