// The first person, signing in and out, and passwords. A session's token is new at each entry: one
// that was planted before is worth nothing. Whatever was wrong, the answer and the work are the same.
import type { AccountsDesk, Actor, Answer, Entered, Shown } from '../api/desk.ts';
import type { Person, PersonId } from '../domain/person.ts';
import type { Scene } from './account-desk.ts';
import { LOCKS_OUT_AT } from './lock-out.ts';
import { whyWeak } from './weak-passwords.ts';
import { personView } from './person-view.ts';
import { accept, busy, nobodyBy, refuse, tooSoon, weak, wrong, type Refusal } from './refusals.ts';

type SignInDesk = Pick<AccountsDesk, 'firstPerson' | 'signIn' | 'signOut' | 'setPassword'>;

export function createSignIn(scene: Scene): SignInDesk {
  return {
    firstPerson: (ask) => firstPerson(scene, ask),
    signIn: (ask) => signIn(scene, ask),
    async signOut({ token }) {
      const kept = token === undefined ? undefined : scene.book.byId(token);
      if (kept?.kind !== 'session') return;
      const { person: id } = kept;
      const actor = scene.actorOf(kept) ?? { by: id, role: 'nobody' };
      await scene.book.end([kept.id]);
      await scene.note({ action: 'sign-out', id, actor, body: { session: kept.id } });
    },
    setPassword: (ask) => setPassword(scene, ask),
  };
}

/** Digest first: were the person there without it, nobody could ever come in. */
async function firstPerson(
  scene: Scene,
  { id, name, password, shown }: Parameters<SignInDesk['firstPerson']>[0],
): Promise<Answer<Entered>> {
  const why = whyWeak(password, id);
  if (why !== undefined) return weak(why);
  if (scene.isClaimed()) return refuse(409, 'Not the first', 'There is an administrator already.');
  const digest = await scene.passwords.digestOf(password);
  if (digest === undefined) return busy();
  const credential = { person: id, digest, at: scene.clock.now() };
  await scene.accounts.change({ credential });
  const person = { id, name, role: 'admin', ...EMPTY } as const;
  const actor = { by: id, role: 'admin' };
  const answer = await scene.change({ action: 'first', person, actor });
  if (!answer.ok) return answer;
  scene.credentials.set(id, credential);
  scene.onEvent?.({ person: id }, 'the first administrator was made');
  const entered = await enter(scene, answer.value, shown);
  const { address } = shown;
  await scene.note({ action: 'sign-in', id, actor, body: { address, failedBefore: 0 } });
  return accept(entered);
}

const EMPTY = { teams: [], buildings: [], duty: [], state: 'active' } as const;

async function signIn(
  scene: Scene,
  { name, password, shown }: Parameters<SignInDesk['signIn']>[0],
): Promise<Answer<Entered>> {
  const id = name.trim().toLowerCase();
  const refusal = await challenge(scene, { id, password, shown });
  if (refusal) return refusal;
  const person = scene.people.get(id); // as they are after the wait
  if (person?.state !== 'active') return wrongGuess(scene, id, shown);
  const failedBefore = rightGuess(scene, id, shown);
  const entered = await enter(scene, person, shown);
  const { address } = shown;
  const actor = { by: id, role: person.role };
  await scene.note({ action: 'sign-in', id, actor, body: { address, failedBefore } });
  return accept(entered);
}

/** Undefined where the password is the person's; counted as a guess until the caller says right. */
async function challenge(
  scene: Scene,
  {
    id,
    password,
    shown,
  }: { readonly id: string; readonly password: string; readonly shown: Shown },
): Promise<Refusal | undefined> {
  const { lockOut, credentials, passwords, signIns } = scene;
  const waitS = lockOut.tryAgainAfterS(id, shown.address);
  if (waitS !== undefined) {
    signIns.count('turned-away');
    return tooSoon(waitS);
  }
  const credential = credentials.get(id);
  const verdict = await passwords.verify(password, credential?.digest);
  if (verdict === 'busy') {
    signIns.count('busy');
    return busy();
  }
  if (verdict === 'fits' && credential && credentials.get(id) === credential) return undefined;
  return wrongGuess(scene, id, shown);
}

/** Not each is written down, or a flood would fill the log: of somebody who works here, the lock-out once. */
function wrongGuess(scene: Scene, id: PersonId, { address }: Shown): Refusal {
  scene.signIns.count('wrong');
  scene.onEvent?.({ address }, 'somebody could not sign in');
  const failures = scene.lockOut.failures(id, address);
  if (failures === LOCKS_OUT_AT && scene.people.get(id)) {
    const done = { action: 'lock-out', id, actor: GATEWAY, body: { address, failures } } as const;
    // Not waited for: how long the answer takes must not tell that there is such a person.
    scene.note(done).catch(scene.onFault);
  }
  return wrong();
}

const GATEWAY: Actor = { by: 'gateway', role: 'gateway' };

/** How many wrong ones there were before it. */
function rightGuess({ lockOut, signIns }: Scene, id: PersonId, { address }: Shown): number {
  const before = Math.max(0, lockOut.failures(id, address) - 1);
  lockOut.wasRight(id, address);
  signIns.count('right');
  return before;
}

const LONGEST_NAME = 120;

async function enter(scene: Scene, { id }: Person, shown: Shown): Promise<Entered> {
  const { token: before, agent = '' } = shown;
  const old = before === undefined ? undefined : scene.book.find(before);
  const { token, kept } = await scene.book.issue(
    { kind: 'session', name: agent.slice(0, LONGEST_NAME), person: id },
    old?.kind === 'session' ? old.id : undefined,
  );
  const actor = scene.actorOf(kept) ?? { by: id, role: 'nobody' };
  return { token, session: scene.sessionOf(actor) };
}

async function setPassword(
  scene: Scene,
  ask: Parameters<SignInDesk['setPassword']>[0],
): ReturnType<SignInDesk['setPassword']> {
  const { id, password, actor, shown } = ask;
  const isOwn = actor.by === id;
  const person = scene.people.get(id);
  if (!isOwn && actor.role !== 'admin')
    return refuse(403, 'Not yours to set', 'A password of somebody else is for an admin to reset.');
  if (!person) return nobodyBy(id);
  const why = whyWeak(password, id);
  if (why !== undefined) return weak(why);
  const refusal = isOwn ? await ownRefusal(scene, ask) : undefined;
  if (refusal) return refusal;
  const digest = await scene.passwords.digestOf(password);
  if (digest === undefined) return busy();
  const credential = { person: id, digest, at: scene.clock.now() };
  const sessions = scene.book.ofPerson(id).filter(({ kind }) => kind === 'session');
  await scene.book.renew(
    credential,
    sessions.map((session) => session.id),
  );
  scene.credentials.set(id, credential);
  scene.onEvent?.({ person: id, by: actor.by }, 'a password was set');
  const body = { sessionsEnded: sessions.length };
  await scene.note({ action: 'password', id, actor, body });
  const entered = isOwn ? await enter(scene, person, shown) : undefined;
  return accept({ person: personView(scene, person), ...(entered && { entered }) });
}

/** A browser that somebody left open, or a stolen key, must not be enough to shut its owner out. */
async function ownRefusal(
  scene: Scene,
  { id, old, actor, shown }: Parameters<SignInDesk['setPassword']>[0],
): Promise<Refusal | undefined> {
  if (actor.token === undefined || scene.book.byId(actor.token)?.kind !== 'session')
    return refuse(403, 'Not with a key', 'Sign in to change a password.');
  if (old === undefined)
    return refuse(422, 'The old one too', 'Send the present password as `old`.');
  const refusal = await challenge(scene, { id, password: old, shown });
  if (refusal?.status === 401)
    return refuse(403, 'Not changed', 'The present password is another.');
  if (!refusal) rightGuess(scene, id, shown);
  return refusal;
}
