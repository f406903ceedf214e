// The first person, signing in and out, and passwords. A session's token is new at each entry: one
// that was planted before is worth nothing. Whatever was wrong, the answer and the work are the same.
import type { AccountsDesk, Answer, Entered, Shown } from '../api/desk.ts';
import type { Person } from '../domain/person.ts';
import type { Scene } from './account-desk.ts';
import { whyWeak } from './weak-passwords.ts';
import { personView } from './person-view.ts';
import { accept, busy, nobodyBy, refuse, tooSoon, weak, wrong, type Refusal } from './refusals.ts';

type SignInDesk = Pick<AccountsDesk, 'firstPerson' | 'signIn' | 'signOut' | 'setPassword'>;

export function createSignIn(scene: Scene): SignInDesk {
  return {
    firstPerson: (ask) => firstPerson(scene, ask),
    signIn: (ask) => signIn(scene, ask),
    async signOut({ token }) {
      if (token !== undefined && scene.book.byId(token)?.kind === 'session')
        await scene.book.end([token]);
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
  return accept(await enter(scene, answer.value, shown));
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
  if (person?.state !== 'active') return wrong();
  scene.lockOut.wasRight(id, shown.address);
  return accept(await enter(scene, person, shown));
}

/** Undefined where the password is the person's; counted as a guess until the caller says right. */
async function challenge(
  { lockOut, credentials, passwords, onEvent }: Scene,
  {
    id,
    password,
    shown,
  }: { readonly id: string; readonly password: string; readonly shown: Shown },
): Promise<Refusal | undefined> {
  const waitS = lockOut.tryAgainAfterS(id, shown.address);
  if (waitS !== undefined) return tooSoon(waitS);
  const credential = credentials.get(id);
  const verdict = await passwords.verify(password, credential?.digest);
  if (verdict === 'busy') return busy();
  if (verdict === 'fits' && credential && credentials.get(id) === credential) return undefined;
  onEvent?.({ address: shown.address }, 'somebody could not sign in');
  return wrong();
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
  if (!refusal) scene.lockOut.wasRight(id, shown.address);
  return refusal;
}
