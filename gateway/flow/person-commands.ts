// What is done to the book of people: added, changed, disabled, enabled. Nobody is ever taken out of
// it, for history names them. Promise: there is always an active admin once there was one.
import type { Actor, Answer } from '../api/desk.ts';
import { mayBeName, mayGrant, type Person, type PersonRole } from '../domain/person.ts';
import type { Reach } from '../domain/reach.ts';
import type { Standing } from '../domain/standing.ts';
import { accept, refuse, writeCommand, type CommandParts, type Refusal } from './command.ts';

export type PersonAsk = { readonly actor: Actor } & (
  | { readonly action: 'first' | 'add' | 'change'; readonly person: Person }
  | { readonly action: 'disable' | 'enable'; readonly id: string }
  | { readonly action: 'reach'; readonly id: string; readonly reach: readonly Reach[] }
);

export async function personAction(parts: CommandParts, ask: PersonAsk): Promise<Answer<Person>> {
  const { standing } = parts;
  const id = 'person' in ask ? ask.person.id : ask.id;
  const known = standing.people.get(id);
  const next = nextOf(ask, known);
  if (!next) return refuse(404, 'No such person', `there is nobody by the name ${id}`);
  const refusal = refusalOf(standing, ask, { known, next });
  if (refusal) return refusal;
  const { actor } = ask;
  await (next.state === 'disabled'
    ? writeCommand(parts, { on: 'person', id, action: 'disable', actor, body: {} })
    : writeCommand(parts, { on: 'person', id, action: 'put', actor, body: { ...next } }));
  return accept(standing.people.get(id) ?? next);
}

/** Who they would be then; undefined where there is nobody to change. */
function nextOf(ask: PersonAsk, known: Person | undefined): Person | undefined {
  switch (ask.action) {
    case 'first':
    case 'add':
      return { ...ask.person, state: 'active' };
    case 'change':
      return (
        known && {
          ...ask.person,
          ...(known.reach && { reach: known.reach }),
          state: known.state,
        }
      );
    case 'reach':
      return known && { ...known, reach: ask.reach };
    case 'disable':
      return known && { ...known, state: 'disabled' };
    case 'enable':
      return known && { ...known, state: 'active' };
  }
}

interface Change {
  readonly known: Person | undefined;
  readonly next: Person;
}

function refusalOf(standing: Standing, ask: PersonAsk, change: Change): Refusal | undefined {
  const { known, next } = change;
  if (ask.action === 'first' && [...standing.people.all()].length > 0)
    return refuse(409, 'Not the first', 'there is an administrator already; sign in');
  if (!known && next.role !== 'admin' && [...standing.people.all()].length === 0)
    return refuse(422, 'An admin first', 'the first person has to be an admin');
  if (!mayBeName(next.id, next.role))
    return refuse(422, 'Not a name', `${next.id} is what history calls somebody else`);
  if (ask.action === 'add' && known)
    return refuse(409, 'There is one', `${next.id} is taken, by ${known.name}`);
  return (
    rightRefusal(ask, change) ?? aboveRefusal(standing, next) ?? lastAdminRefusal(standing, change)
  );
}

/** A manager keeps the rosters: whose teams, buildings and hours; who anybody is, an admin says. */
function rightRefusal({ action, actor }: PersonAsk, { known, next }: Change): Refusal | undefined {
  if (action === 'first' || actor.role === 'admin') return undefined;
  if (action === 'reach' && actor.by === next.id) return undefined;
  const isRosterOnly =
    action === 'reach' ||
    (action === 'change' && known?.name === next.name && known.role === next.role);
  return isRosterOnly && mayGrant(actor.role as PersonRole, next.role)
    ? undefined
    : refuse(403, 'Not yours to do', `this of ${next.id} is for an admin to change`);
}

function aboveRefusal({ people }: Standing, { id, above }: Person): Refusal | undefined {
  const seen = new Set([id]);
  for (let up = above; up !== undefined; up = people.get(up)?.above) {
    if (!people.get(up)) return refuse(422, 'Nobody there', `there is nobody by the name ${up}`);
    if (seen.has(up)) return refuse(422, 'Round and round', `${up} would be above themselves`);
    seen.add(up);
  }
  return undefined;
}

function lastAdminRefusal(standing: Standing, { known, next }: Change): Refusal | undefined {
  const isAdmin = (person: Person | undefined): boolean =>
    person?.role === 'admin' && person.state === 'active';
  if (!isAdmin(known) || isAdmin(next)) return undefined;
  const others = [...standing.people.all()].filter(([id, one]) => id !== next.id && isAdmin(one));
  return others.length > 0
    ? undefined
    : refuse(409, 'The last one', `${next.id} is the only admin; make another one first`);
}
