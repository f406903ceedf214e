// Time passes: residents come, water runs, the crew goes round. No clock is read here: the moment
// to live until is handed in, and so is chance, so that a day can be lived again in a second.
import { crewPasses } from './crew.ts';
import { HOUR, MINUTE } from './moment.ts';
import type { Random } from './random.ts';
import { residentsCome } from './residents.ts';
import { waterLitresPerHour } from './rhythm.ts';
import type { World } from './world.ts';

/** Lets the world live until `to`; a moment in its past changes nothing. */
export function advance(world: World, to: number, random: Random): World {
  let here = world;
  while (here.now < to) here = live(here, Math.min(to, here.now + MINUTE), random);
  return here;
}

/** At most a minute, so that residents and crew take turns. */
function live(world: World, to: number, random: Random): World {
  const visited = residentsCome(world, to, random);
  const watered = waterRuns(visited, to, random);
  return crewPasses({ ...watered, now: to });
}

function waterRuns(world: World, to: number, random: Random): World {
  const perHour = waterLitresPerHour((world.now + to) / 2, world.site.place);
  const wobble = Math.max(0, 1 + 0.2 * random.normal());
  const litres = (perHour * wobble * (to - world.now)) / HOUR;
  const metersL = Object.fromEntries(
    Object.entries(world.metersL).map(([id, dial]) => [id, dial + litres]),
  );
  return { ...world, metersL };
}
