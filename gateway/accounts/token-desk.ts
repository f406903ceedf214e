// The list of what opens, ending one of it, keys for programs, and letting a station's screen in.
// A key is its maker's hand: it is gone with them, and never reaches further than they do.
import type { AccountsDesk, Actor, Answer } from '../api/desk.ts';
import type { NewKeyView, TokenView } from '../api/schemas.ts';
import type { AccessToken } from '../domain/credential.ts';
import { mayGrant, type PersonRole } from '../domain/person.ts';
import { instant, type Instant } from '../domain/time.ts';
import type { Scene } from './account-desk.ts';
import type { Pairing } from './pairing.ts';
import { accept, refuse } from './refusals.ts';

type TokenDesk = Pick<
  AccountsDesk,
  'tokens' | 'endToken' | 'makeKey' | 'displayCode' | 'pairDisplay' | 'pairing'
>;

export function createTokenDesk(scene: Scene, pairing: Pairing): TokenDesk {
  const { book } = scene;
  return {
    tokens({ of, actor }) {
      if (of === 'all' && actor.role !== 'admin')
        return refuse(403, 'Only one’s own', 'The tokens of everybody are for an admin to see.');
      const list = of === 'all' ? book.all() : book.ofPerson(actor.by);
      return accept(list.map((token) => viewOf(token, actor)));
    },
    async endToken({ id, actor }) {
      const token = book.byId(id);
      // Not 403: that there is one is nobody else's business.
      if (!token || !isTheirs(token, actor))
        return refuse(404, 'No such token', `There is no token ${id} of yours.`);
      await book.end([id]);
      const { kind, name, person } = token;
      await scene.note({ action: 'end-token', id: person, actor, body: { ended: id, kind, name } });
      return accept(viewOf(token, actor));
    },
    makeKey: ({ body, actor }) => makeKey(scene, body, actor),
    ...displays(scene, pairing),
  };
}

const isTheirs = ({ kind, person }: AccessToken, { by, role }: Actor): boolean =>
  person === by || role === 'admin' || (kind === 'display' && role === 'manager');

async function makeKey(
  { book, people, clock, note }: Scene,
  { name, role: wanted, endsAt: until }: Parameters<TokenDesk['makeKey']>[0]['body'],
  actor: Actor,
): Promise<Answer<NewKeyView>> {
  const isSignedIn = actor.token !== undefined && book.byId(actor.token)?.kind === 'session';
  const maker = people.get(actor.by);
  if (!isSignedIn || !maker)
    return refuse(403, 'Not with a key', 'A key is made by a person who has signed in.');
  const role = wanted ?? (actor.role as PersonRole);
  if (!mayGrant(maker.role, role))
    return refuse(403, 'Out of reach', `A ${maker.role} cannot make a key for the role ${role}.`);
  const endsAt = until === undefined ? undefined : instant(Date.parse(until));
  if (endsAt !== undefined && !(endsAt > clock.now()))
    return refuse(422, 'It would have ended', 'The key would end in the past.');
  const facts = { kind: 'key', name, person: maker.id, role } as const;
  const { token, kept } = await book.issue({ ...facts, ...(endsAt !== undefined && { endsAt }) });
  const view = viewOf(kept, actor);
  const body = {
    made: kept.id,
    name,
    role,
    ...(view.endsAt !== undefined && { endsAt: view.endsAt }),
  };
  await note({ action: 'key', id: maker.id, actor, body });
  return accept({ ...view, key: token });
}

function displays(
  scene: Scene,
  pairing: Pairing,
): Pick<TokenDesk, 'displayCode' | 'pairDisplay' | 'pairing'> {
  return {
    displayCode({ address }) {
      const asked = pairing.ask(address);
      if (!asked) return refuse(503, 'Too many screens', 'Too many screens wait to be let in.');
      return accept({ ...asked, endsAt: iso(asked.endsAt) });
    },
    async pairDisplay({ code, station, name = station, actor }) {
      if (!scene.stations.has(station))
        return refuse(422, 'No such station', `The site file has no station ${station}.`);
      if (!pairing.isWaiting(code))
        return refuse(404, 'No such screen', 'No screen waits with these digits; look again.');
      const facts = { kind: 'display', name, person: actor.by, station } as const;
      const { token, kept } = await scene.book.issue(facts);
      if (!pairing.letIn(code, token)) {
        await scene.book.end([kept.id]);
        return refuse(404, 'No such screen', 'Its digits have just run out.');
      }
      const body = { made: kept.id, station, name };
      await scene.note({ action: 'pair-display', id: actor.by, actor, body });
      return accept(viewOf(kept, actor));
    },
    pairing(ticket) {
      const found = pairing.fetch(ticket);
      if (found === 'waiting') return accept({ state: 'waiting' });
      const kept = found === 'unknown' ? undefined : scene.book.find(found.token);
      const actor = kept && scene.actorOf(kept);
      if (found === 'unknown' || !actor)
        return refuse(404, 'Asked too late', 'Ask for a new code: this one ran out.');
      const entered = { token: found.token, session: scene.sessionOf(actor) };
      return accept({ state: 'paired', entered });
    },
  };
}

function viewOf(token: AccessToken, actor: Actor): TokenView {
  const { id, kind, name, person, role, station, madeAt, usedAt, endsAt } = token;
  return {
    id,
    kind,
    name,
    person,
    ...(role !== undefined && { role }),
    ...(station !== undefined && { station }),
    madeAt: iso(madeAt),
    usedAt: iso(usedAt),
    ...(endsAt !== undefined && { endsAt: iso(endsAt) }),
    isThis: id === actor.token,
  };
}

const iso = (moment: Instant): string => new Date(moment).toISOString();
