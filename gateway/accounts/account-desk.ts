// Who comes in, as whom, and who says so. The API asks here; what a person is, the log says (`people`,
// a slice of the fold), what they come in with, the token book.
//
//   cookie or bearer ─▶ token ─▶ person as they are now ─▶ Actor      (each request anew: a role that is
//                                    │                                 taken away is gone with the next)
//                                    └─▶ disabled, unknown ─▶ nobody
//
// Until there is a person, whoever is on this machine is the engineer on the spot; whoever comes to it
// through a proxy or a tunnel is not on it.
import type { AccountsDesk, Actor, Session, Shown } from '../api/desk.ts';
import type { PersonNote } from '../domain/audit.ts';
import type { AccessToken, Credential } from '../domain/credential.ts';
import { mayGrant, type Person, type PersonId } from '../domain/person.ts';
import type { Clock, Duration } from '../domain/time.ts';
import type { Accounts, SavedAccounts } from '../store/log.ts';
import { createLockOut, isLoopback, type LockOut } from './lock-out.ts';
import { createPairing } from './pairing.ts';
import { createPasswords, type Passwords } from './passwords.ts';
import { createPeopleDesk, type ChangePeople } from './people-desk.ts';
import { createSignIn } from './sign-in.ts';
import { createSignInTally, type SignInTally } from './sign-in-counts.ts';
import { createTokenBook, digestOf, type TokenBook } from './token-book.ts';
import { createTokenDesk } from './token-desk.ts';

export interface AccountsParts {
  readonly accounts: Accounts;
  readonly saved: SavedAccounts;
  readonly people: {
    get(id: PersonId): Person | undefined;
    all(): Iterable<readonly [PersonId, Person]>;
  };
  /** Asks for a change of the book of people; it is in the log when it is granted. */
  readonly change: ChangePeople;
  /** Hears what is done, for the audit chain; durable when it resolves. */
  readonly note: (done: AccountNote) => Promise<void>;
  /** Hears what becomes of passwords that are shown. */
  readonly signIns?: SignInTally;
  readonly stations: ReadonlySet<string>;
  readonly clock: Clock;
  /** Milliseconds on a clock that is never set. */
  readonly steady: () => Duration;
  /** What a command on this machine shows: whoever reads the store's folder is its admin. */
  readonly commandKey?: string;
  /** Who asks without an account, from this machine, where there are accounts; nobody where absent. */
  readonly visitors?: 'nobody' | 'engineer';
  /** Where the site file wants it to listen, where it does not yet. */
  readonly opensAfterRestart?: () => string | undefined;
  readonly onEvent?: (facts: Readonly<Record<string, string>>, words: string) => void;
  readonly onFault: (error: unknown) => void;
  readonly passwords?: Passwords;
}

/** Never with a password, a token or a digest in it. */
export interface AccountNote {
  readonly action: PersonNote;
  readonly id: PersonId;
  readonly actor: Actor;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What the parts of the desk share. */
export interface Scene extends AccountsParts {
  readonly signIns: SignInTally;
  readonly book: TokenBook;
  readonly credentials: Map<PersonId, Credential>;
  readonly passwords: Passwords;
  readonly lockOut: LockOut;
  isClaimed(): boolean;
  sessionOf(actor: Actor): Session;
  actorOf(token: AccessToken): Actor | undefined;
}

const ON_THE_SPOT: Actor = { by: 'local', role: 'engineer' };
const NOBODY: Actor = { by: 'nobody', role: 'nobody' };
const COMMAND: Actor = { by: 'command', role: 'admin' };

export function createAccounts(parts: AccountsParts): AccountsDesk {
  const scene = setScene(parts);
  const whoIs = ({ token, address, relayed }: Shown): Actor => {
    if (token !== undefined) {
      // Commands run on this machine: their key that comes through a proxy was stolen.
      const isCommand = relayed !== true && scene.isCommand(token);
      const actor = isCommand ? COMMAND : scene.actorBehind(token);
      if (actor) return actor;
    }
    return scene.isOpen() && relayed !== true && isLoopback(address) ? ON_THE_SPOT : NOBODY;
  };
  return {
    whoIs,
    isStill({ by, role, token }) {
      if (token === undefined) return by !== ON_THE_SPOT.by || scene.isOpen();
      const now = scene.book.byId(token);
      return now !== undefined && scene.actorOf(now)?.role === role;
    },
    session: scene.sessionOf,
    ...createSignIn(scene),
    ...createPeopleDesk(scene),
    ...createTokenDesk(scene, createPairing(parts.clock)),
  };
}

function setScene(parts: AccountsParts) {
  const { people, saved, steady, commandKey } = parts;
  const book = createTokenBook({ ...parts, saved: saved.tokens });
  const isClaimed = (): boolean => !people.all()[Symbol.iterator]().next().done;
  const command = commandKey === undefined ? undefined : Buffer.from(digestOf(commandKey));
  return {
    ...parts,
    book,
    credentials: new Map(saved.credentials.map((one) => [one.person, one])),
    passwords: parts.passwords ?? createPasswords(),
    lockOut: createLockOut(steady),
    signIns: parts.signIns ?? createSignInTally(),
    isClaimed,
    isOpen: () => parts.visitors === 'engineer' || !isClaimed(),
    actorOf: (token: AccessToken) => actorOf(parts, token),
    actorBehind(token: string): Actor | undefined {
      const found = book.find(token);
      return found && actorOf(parts, found);
    },
    /** Compared by digest: how long it takes says nothing of how near a guess was. */
    isCommand: (token: string) => command?.equals(digestOf(token)) === true,
    sessionOf: (actor: Actor) => sessionOf({ ...parts, book, isClaimed }, actor),
  };
}

function actorOf({ people }: AccountsParts, token: AccessToken): Actor | undefined {
  const { id, kind, person: by, role, station } = token;
  if (kind === 'display')
    return { by: `display:${station}`, role: 'display', token: id, ...(station && { station }) };
  const person = people.get(by);
  if (person?.state !== 'active') return undefined;
  if (role !== undefined && !mayGrant(person.role, role)) return undefined;
  const { teams, buildings } = person;
  return { by, role: role ?? person.role, token: id, teams, buildings };
}

function sessionOf(
  scene: AccountsParts & Pick<Scene, 'book' | 'isClaimed'>,
  actor: Actor,
): Session {
  const { by, role, token, station } = actor;
  const kept = token === undefined ? undefined : scene.book.byId(token);
  const person = scene.people.get(by);
  const opens = scene.opensAfterRestart?.();
  return {
    state: kept ? stateOf(kept) : stateWithout(actor, scene.isClaimed()),
    role: role as Session['role'],
    ...(kept && kept.kind !== 'display' && { id: by }),
    ...(person && kept && { name: person.name }),
    ...(station !== undefined && { station }),
    ...(kept?.endsAt !== undefined && { endsAt: new Date(kept.endsAt).toISOString() }),
    ...(opens !== undefined && person?.role === 'admin' && { opensAfterRestart: opens }),
  };
}

const stateOf = ({ kind }: AccessToken): Session['state'] => (kind === 'session' ? 'person' : kind);

function stateWithout({ by, role }: Actor, isClaimed: boolean): Session['state'] {
  if (role === NOBODY.role) return 'nobody';
  if (by !== ON_THE_SPOT.by) return 'key';
  return isClaimed ? 'visitor' : 'unclaimed';
}
