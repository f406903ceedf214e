// The cleaners: a round after each drop-off window, and a walk to any bin that has stood full.
import { tareInWeek, weekOf } from './jostle.ts';
import { hourOfDay, HOUR, MINUTE, SECOND } from './moment.ts';
import { WINDOWS } from './rhythm.ts';
import type { BinTruth, World } from './world.ts';
import { binOf, emptyBin, levelOf, withBin } from './world.ts';

/** How long a bin stands full before somebody comes. */
export const PATIENCE = 5 * MINUTE;
/** A round begins half an hour after the window closes and takes what is worth the lifting. */
const ROUND_AFTER_HOURS = 0.5;
const WORTH_LIFTING = 0.3;

/** From lifting it to setting it down again. */
const AWAY = 40 * SECOND;

/** What the crew does in the minute that ends now. */
export function crewPasses(world: World): World {
  if (world.crew === 'off') return world;
  const round = isRound(world);
  return Object.values(world.bins)
    .filter((bin) => !bin.neglected && (stoodFull(world, bin) || (round && isWorthLifting(bin))))
    .reduce((after, bin) => carryOff(after, bin.id), world);
}

/** It is gone for a minute, and once a week what is put down is another container. */
function carryOff(world: World, id: string): World {
  const emptied = emptyBin(world, id);
  const bin = binOf(emptied, id);
  const week = weekOf(id, world.now);
  const painted = world.site.bins.find((one) => one.id === id)?.tareKg ?? bin.tareKg;
  const isOther = bin.week !== undefined && bin.week !== week;
  const tareKg = isOther ? tareInWeek(id, week, painted) : bin.tareKg;
  return withBin(emptied, { ...bin, week, tareKg, awayUntil: world.now + AWAY });
}

function isRound(world: World): boolean {
  const hour = hourOfDay(world.now, world.site.place.utcOffsetHours);
  const sinceRound = (to: number) => (hour - to - ROUND_AFTER_HOURS) * HOUR;
  return WINDOWS.some(({ to }) => sinceRound(to) >= 0 && sinceRound(to) < MINUTE);
}

const isWorthLifting = (bin: BinTruth): boolean => levelOf(bin) >= WORTH_LIFTING;

const stoodFull = (world: World, bin: BinTruth): boolean =>
  bin.fullSince !== null && world.now - bin.fullSince >= PATIENCE;
