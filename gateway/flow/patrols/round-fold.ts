// What people's accepted commands make of rounds, and what time makes of one that nobody touches.
// Whether they are accepted, round-commands.ts has asked; what a change in between made impossible
// leaves the round as it is.
//
//   start ─▶ under way ── check-in, look ──▶ … ── finish | abandon ─▶ over, kept for good
//                └──────── untouched for 12 h ────── unfinished ────▶
import type { Compound } from '../../domain/asset.ts';
import { siteDays, type SiteDays } from '../../domain/day.ts';
import type { Patrol } from '../../domain/patrol.ts';
import type { CommandEntry, Recorded } from '../../domain/record.ts';
import {
  CHECKED_IN_BY,
  checkInAt,
  forgottenAt,
  placeOf,
  roundHappening,
  type CheckIn,
  type Look,
  type Round,
  type RoundEnd,
} from '../../domain/round.ts';
import type { Standing } from '../../domain/standing.ts';
import type { Instant } from '../../domain/time.ts';
import { countBags } from './place-fold.ts';
import { raiseOnRound, type RaisingParts } from './round-raising.ts';
import { digestOfAsk } from '../tickets/ticket-people.ts';

export interface Rounds {
  obey(command: Command): void;
  /** Bags found dumped at a place, on a round or beside one. */
  countBags(command: CommandEntry): void;
  /** Whether this key of the agenda was a round's, which then has been seen to. */
  due(key: string, at: Instant): boolean;
  /** Waits again for what the rounds of a saved standing wait for. */
  arm(): void;
}

export interface RoundSite {
  readonly compound: Compound;
  readonly patrols?: ReadonlyMap<string, Patrol>;
}

type Command = Recorded<CommandEntry>;
interface Scene extends RaisingParts {
  readonly site: RoundSite;
  readonly days: SiteDays;
}

const ROUND_KEY = 'round ';

export function createRounds(
  site: RoundSite,
  standing: Standing,
  ticketing: RaisingParts['ticketing'],
): Rounds {
  const { compound } = site;
  const scene: Scene = { site, standing, ticketing, compound, days: siteDays(compound.place) };
  return {
    obey(command) {
      if (command.action === 'start') return start(scene, command);
      const round = standing.rounds.get(command.id ?? '');
      if (round) putRound(scene, after(scene, round, command));
    },
    countBags: (command) => countBags(standing, scene.days, command),
    due(key, at) {
      if (!key.startsWith(ROUND_KEY)) return false;
      const round = standing.rounds.get(key.slice(ROUND_KEY.length));
      if (round) putRound(scene, { ...round, end: 'unfinished', endedAt: at });
      return true;
    },
    arm() {
      for (const [, round] of standing.rounds.all())
        standing.agenda.set(ROUND_KEY + round.id, forgottenAt(round));
    },
  };
}

function start(scene: Scene, command: Command): void {
  const { by, role, receivedAt: at, sequence, body } = command;
  const patrol = scene.site.patrols?.get(String(body['patrol']));
  if (!patrol || underWayOf(scene.standing, by)) return;
  putRound(scene, {
    id: `R${sequence}`,
    patrol: patrol.id,
    name: patrol.name,
    by,
    role,
    startedAt: at,
    touchedAt: at,
    places: patrol.places,
    checkIns: [],
    steps: stepOf(command),
  });
}

/** Nobody walks two rounds at once. */
export function underWayOf({ rounds }: Pick<Standing, 'rounds'>, by: string): Round | undefined {
  for (const [, round] of rounds.all()) if (round.by === by) return round;
  return undefined;
}

function after(scene: Scene, round: Round, command: Command): Round {
  const touched = {
    ...round,
    touchedAt: command.receivedAt,
    steps: [...round.steps, ...stepOf(command)],
  };
  switch (command.action) {
    case 'check-in':
      return { ...touched, checkIns: checkedIn(round, command) };
    case 'look':
      return { ...touched, checkIns: lookedAt(scene, round, command) };
    case 'finish':
      return over(touched, command, 'finished');
    case 'abandon':
      return over(touched, command, 'abandoned');
    default:
      return round;
  }
}

const stepOf = (command: CommandEntry): Round['steps'] =>
  command.key === undefined ? [] : [{ key: command.key, digest: digestOfAsk(command) }];

function over(round: Round, { receivedAt, body }: Command, end: RoundEnd): Round {
  const { note } = body;
  return { ...round, end, endedAt: receivedAt, ...(typeof note === 'string' && { note }) };
}

/** Come to again, the first time counts; only the label read at last says more than the hand before. */
function checkedIn(round: Round, { body, receivedAt }: Command): readonly CheckIn[] {
  const { place } = body;
  if (!placeOf(round, place)) return round.checkIns;
  const by = CHECKED_IN_BY.find((way) => way === body['by']) ?? 'hand';
  const before = checkInAt(round, place);
  if (before && (before.by === 'qr' || by === 'hand')) return round.checkIns;
  if (before) return replaced(round, { ...before, by });
  return [...round.checkIns, { place: String(place), at: receivedAt, by, looks: {} }];
}

const replaced = ({ checkIns }: Round, now: CheckIn): readonly CheckIn[] =>
  checkIns.map((checkIn) => (checkIn.place === now.place ? now : checkIn));

function lookedAt(scene: Scene, round: Round, command: Command): readonly CheckIn[] {
  const { body, receivedAt: at } = command;
  const place = placeOf(round, body['place']);
  const checkIn = checkInAt(round, body['place']);
  const index = Number(body['item']);
  const item = place?.look[index];
  if (!place || !checkIn || !item || checkIn.looks[index]?.verdict === 'bad') return round.checkIns;
  const verdict = body['verdict'] === 'bad' ? 'bad' : 'ok';
  const note = typeof body['note'] === 'string' ? body['note'] : undefined;
  const ticket =
    verdict === 'bad' ? raiseOnRound(scene, { place, item, note }, command) : undefined;
  const look: Look = {
    verdict,
    at,
    ...(note !== undefined && { note }),
    ...(ticket !== undefined && { ticket }),
  };
  return replaced(round, { ...checkIn, looks: { ...checkIn.looks, [index]: look } });
}

/** A round that is over leaves what is in mind and stays in the books. */
function putRound({ standing, days }: Scene, round: Round): void {
  const { rounds, agenda } = standing;
  if (round.end === undefined) {
    rounds.put(round.id, round);
    agenda.set(ROUND_KEY + round.id, forgottenAt(round));
    return;
  }
  rounds.drop(round.id);
  agenda.set(ROUND_KEY + round.id, undefined);
  standing.keep(roundHappening(round, days.at(round.startedAt).day));
}
