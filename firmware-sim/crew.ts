// The cleaners: a round after each drop-off window, and a walk to any bin that has stood full.
import { hourOfDay, HOUR, MINUTE } from './moment.ts';
import { WINDOWS } from './rhythm.ts';
import type { BinTruth, World } from './world.ts';
import { emptyBin, levelOf } from './world.ts';

/** How long a bin stands full before somebody comes. */
export const PATIENCE = 5 * MINUTE;
/** A round begins half an hour after the window closes and takes what is worth the lifting. */
const ROUND_AFTER_HOURS = 0.5;
const WORTH_LIFTING = 0.3;

/** What the crew does in the minute that ends now. */
export function crewPasses(world: World): World {
  if (world.crew === 'off') return world;
  const round = isRound(world);
  return Object.values(world.bins)
    .filter((bin) => !bin.neglected && (stoodFull(world, bin) || (round && isWorthLifting(bin))))
    .reduce((after, bin) => emptyBin(after, bin.id), world);
}

function isRound(world: World): boolean {
  const hour = hourOfDay(world.now, world.site.place.utcOffsetHours);
  const sinceRound = (to: number) => (hour - to - ROUND_AFTER_HOURS) * HOUR;
  return WINDOWS.some(({ to }) => sinceRound(to) >= 0 && sinceRound(to) < MINUTE);
}

const isWorthLifting = (bin: BinTruth): boolean => levelOf(bin) >= WORTH_LIFTING;

const stoodFull = (world: World, bin: BinTruth): boolean =>
  bin.fullSince !== null && world.now - bin.fullSince >= PATIENCE;
