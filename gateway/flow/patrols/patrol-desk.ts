// The routes of the site with how their rounds stand, and everything else that is asked of patrols.
import type { PatrolsDesk } from '../../api/desk.ts';
import type { PatrolView } from '../../api/schemas.ts';
import { siteDays, type SiteDays } from '../../domain/day.ts';
import type { Patrol } from '../../domain/patrol.ts';
import { keptRound, type Round } from '../../domain/round.ts';
import { later, type Clock, type Instant } from '../../domain/time.ts';
import { DEFAULT_WORK, type WorkSettings } from '../../domain/work.ts';
import type { Books } from '../../store/log.ts';
import { createBagCountDesk } from './bag-count-desk.ts';
import type { Commands } from '../commands.ts';
import { createProblemDesk } from './problem-desk.ts';
import { createRoundDesk } from './round-desk.ts';
import { roundHead, type NameOf } from './round-view.ts';
import type { ViewScene } from '../views.ts';

export interface PatrolDeskParts {
  readonly scene: Pick<ViewScene, 'compound' | 'standing'>;
  readonly books: Pick<Books, 'happenings' | 'happening' | 'ticketsBy'>;
  readonly commands: Pick<Commands, 'startRound' | 'roundAction' | 'countBags'>;
  readonly clock: Clock;
  readonly work?: WorkSettings;
  readonly patrols?: ReadonlyMap<string, Patrol>;
}

export interface PatrolScene extends PatrolDeskParts {
  readonly patrols: ReadonlyMap<string, Patrol>;
  readonly work: WorkSettings;
  readonly days: SiteDays;
  readonly nameOf: NameOf;
  readonly placeName: NameOf;
}

export function createPatrolDesk(parts: PatrolDeskParts): PatrolsDesk {
  const { scene, patrols = new Map(), work = DEFAULT_WORK } = parts;
  const { compound, standing } = scene;
  const names = placeNames({ ...parts, patrols, work });
  const all: PatrolScene = {
    ...parts,
    patrols,
    work,
    days: siteDays(compound.place),
    nameOf: (person) => standing.people.get(person)?.name ?? person,
    placeName: (place) => names.get(place) ?? place,
  };
  return {
    ...createRoundDesk({ ...all, standing }),
    ...createProblemDesk(all),
    patrols: () => Promise.all([...patrols.values()].map((patrol) => patrolView(all, patrol))),
    ...createBagCountDesk(all, names),
  };
}

/** Where bags may be counted: stations, buildings and whatever else a route leads past. */
function placeNames({
  scene,
  patrols,
  work,
}: Pick<PatrolScene, 'scene' | 'patrols' | 'work'>): ReadonlyMap<string, string> {
  const named = (things: Iterable<{ readonly id: string; readonly name: string }>) =>
    [...things].map(({ id, name }): [string, string] => [id, name]);
  const onRoutes = [...patrols.values()].flatMap(({ places }) =>
    places.map(({ at, name }): [string, string] => [at, name]),
  );
  const { stations } = scene.compound;
  return new Map([...onRoutes, ...named(work.buildings.values()), ...named(stations.values())]);
}

async function patrolView(all: PatrolScene, patrol: Patrol): Promise<PatrolView> {
  const { scene, books, clock, nameOf } = all;
  const kept = await books.happenings({ kind: 'round', place: patrol.id, limit: LATELY });
  const over = kept.map(keptRound);
  const last = over[0];
  const underWay = [...scene.standing.rounds.all()].flatMap(([, round]) =>
    round.patrol === patrol.id ? [round] : [],
  );
  const { id, name, team, every, places } = patrol;
  return {
    id,
    name,
    ...(team !== undefined && { team }),
    ...(every !== undefined && { everyS: every / 1000 }),
    places: places.map(({ look, ...place }) => ({ ...place, look: [...look] })),
    ...dueOf(
      patrol,
      over.find(({ end }) => end === 'finished'),
      clock.now(),
    ),
    ...(last && { lastRound: roundHead(last, nameOf) }),
    underWay: underWay.map((round) => roundHead(round, nameOf)),
  };
}

/** Among so many the last that was walked to its end is looked for. */
const LATELY = 50;

function dueOf(
  { every }: Patrol,
  finished: Round | undefined,
  now: Instant,
): Pick<PatrolView, 'due' | 'dueAt'> {
  if (every === undefined) return { due: 'whenever' };
  if (!finished) return { due: 'never' };
  const dueAt = later(finished.startedAt, every);
  return { due: now > dueAt ? 'overdue' : 'in-time', dueAt: new Date(dueAt).toISOString() };
}
