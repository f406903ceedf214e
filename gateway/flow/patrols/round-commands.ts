// What people do on a patrol: checked against the round as it stands, then written. A round belongs to
// whoever began it; a manager may end one that somebody left lying. A request sent again under its key
// is answered and not done again, so that a phone may send until it hears.
import type { Answer } from '../../api/desk.ts';
import type { Patrol } from '../../domain/patrol.ts';
import { checkInAt, placeOf, type Round } from '../../domain/round.ts';
import {
  accept,
  refuse,
  writeCommand,
  type Ask,
  type CommandParts,
  type Refusal,
} from '../command.ts';
import { underWayOf } from './round-fold.ts';
import { digestOfAsk } from '../tickets/ticket-people.ts';

/** The round's id; how it is then stands in the fold's state, or in the books once it is over. */
export async function startRound(
  parts: CommandParts & { readonly patrols: ReadonlyMap<string, Patrol> },
  ask: Ask,
): Promise<Answer<string>> {
  const patrol = String(ask.body['patrol']);
  if (!parts.patrols.has(patrol))
    return refuse(404, 'No such patrol', `the site file has no patrol ${patrol}`);
  const { by } = ask.actor;
  const before = underWayOf(parts.standing, by);
  if (before) {
    const isAgain = ask.key !== undefined && before.steps[0]?.key === ask.key;
    if (isAgain) return repeated(before, ask) ?? accept(before.id);
    return refuse(
      409,
      'One at a time',
      `${before.name} (${before.id}) is under way; finish it first`,
    );
  }
  await writeCommand(parts, { on: 'round', ...ask });
  const round = underWayOf(parts.standing, by);
  return round ? accept(round.id) : refuse(409, 'Not begun', 'the round was not begun; look again');
}

export async function roundAction(
  parts: CommandParts,
  id: string,
  ask: Ask,
): Promise<Answer<string>> {
  const round = parts.standing.rounds.get(id);
  if (!round) return refuse(409, 'It is over', `round ${id} is not under way`);
  const again = repeated(round, ask);
  if (again) return again;
  const refusal = roundRefusal(round, ask);
  if (refusal) return refusal;
  await writeCommand(parts, { on: 'round', id, ...ask });
  return accept(id);
}

/** The same key a second time: answered, or told apart from the request that had it. */
export function repeated(round: Round, ask: Ask): Answer<string> | undefined {
  const done = round.steps.find(({ key }) => key === ask.key);
  if (!done || ask.key === undefined) return undefined;
  if (done.digest === digestOfAsk(ask)) return accept(round.id);
  return refuse(
    422,
    'Another request had that key',
    `the Idempotency-Key was used for something else on round ${round.id}; make a new one`,
  );
}

function roundRefusal(round: Round, { action, actor, body }: Ask): Refusal | undefined {
  const mayEnd = action === 'abandon' && (actor.role === 'manager' || actor.role === 'admin');
  if (round.by !== actor.by && !mayEnd)
    return refuse(403, 'Not your round', `round ${round.id} is ${round.by}’s`);
  if (action === 'finish' && round.checkIns.length === 0)
    return refuse(422, 'Nothing was seen', 'no place was come to; abandon the round instead');
  if (action === 'check-in' || action === 'look') return placeRefusal(round, { action, body });
  return undefined;
}

function placeRefusal(round: Round, { action, body }: Pick<Ask, 'action' | 'body'>) {
  const place = placeOf(round, body['place']);
  if (!place)
    return refuse(
      422,
      'Not on this route',
      `${String(body['place'])} is no place of ${round.name}`,
    );
  if (action === 'check-in') return undefined;
  const checkIn = checkInAt(round, place.at);
  if (!checkIn)
    return refuse(422, 'Check in first', `nobody has checked in at ${place.name} on this round`);
  const index = Number(body['item']);
  if (!place.look[index])
    return refuse(422, 'No such question', `${place.name} has ${place.look.length} questions`);
  const before = checkIn.looks[index];
  return before?.verdict === 'bad' && body['verdict'] === 'ok'
    ? refuse(
        409,
        'It was raised',
        `that is in ticket ${before.ticket}; say there what became of it`,
      )
    : undefined;
}
