// Every token that opens, found by its digest: how long a look-up takes says nothing about how near a
// guess was. The book is in memory and the store follows it; what is ended opens nothing from the same
// moment on, and is gone from the store: a clock that is set back revives nobody.
//
//   issued ──▶ used … used ──▶ ended by its owner, by an admin, with a password, with a person
//                         └──▶ over: unused for 30 days, or past its end
import { createHash, randomBytes } from 'node:crypto';
import type { AccessToken, Credential } from '../domain/credential.ts';
import type { PersonId } from '../domain/person.ts';
import { between, days, hours, later, type Clock, type Instant } from '../domain/time.ts';
import type { Accounts } from '../store/log.ts';

export interface TokenBook {
  find(token: string): AccessToken | undefined;
  byId(id: string): AccessToken | undefined;
  /** Newest first. */
  all(): AccessToken[];
  /** Also ends `instead`, and what its owner has too many of. Durable when it resolves. */
  issue(
    facts: Facts,
    instead?: string,
  ): Promise<{ readonly token: string; readonly kept: AccessToken }>;
  end(ids: readonly string[]): Promise<void>;
  /** A person's new password and the end of all that they came in with, in one. */
  renew(credential: Credential, ended: readonly string[]): Promise<void>;
  ofPerson(person: PersonId): AccessToken[];
}

export interface TokenBookParts {
  readonly accounts: Accounts;
  readonly saved: readonly AccessToken[];
  readonly clock: Clock;
  /** Hears of a use that could not be written down. */
  readonly onFault: (error: unknown) => void;
}

const BYTES = 32;
const SESSION_ENDS_AFTER = days(90);
const UNUSED_SESSION_ENDS_AFTER = days(30);
const WORTH_A_WRITE = hours(1);
const MOST_OF_ONE_KIND = 20;

export function createTokenBook({ accounts, saved, clock, onFault }: TokenBookParts): TokenBook {
  const byDigest = new Map(saved.map((token) => [keyOf(token.digest), token]));
  const all = (): AccessToken[] =>
    [...byDigest.values()].reverse().toSorted((a, b) => b.madeAt - a.madeAt);
  const byId = (id: string): AccessToken | undefined =>
    [...byDigest.values()].find((token) => token.id === id);
  const forget = (ids: readonly string[]): void => strike(byDigest, ids);

  /** Memory first: whatever becomes of the disk, it opens nothing any more. */
  async function end(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    forget(ids);
    await accounts.change({ ended: ids });
  }

  function touch(token: AccessToken): AccessToken {
    const used = usedNow(token, clock.now());
    if (used === token) return token;
    byDigest.set(keyOf(token.digest), used);
    accounts.change({ tokens: [used] }).catch(onFault);
    return used;
  }

  async function issue(...[facts, instead]: Parameters<TokenBook['issue']>) {
    const { token, kept } = cut(facts, clock.now());
    const ended = madeRoomFor(kept, all(), instead);
    forget(ended);
    await accounts.change({ tokens: [kept], ended });
    byDigest.set(keyOf(kept.digest), kept);
    return { token, kept };
  }

  return {
    all,
    byId,
    find(token) {
      const found = byDigest.get(keyOf(digestOf(token)));
      if (!found || !isOver(found, clock.now())) return found && touch(found);
      end([found.id]).catch(onFault);
      return undefined;
    },
    issue,
    end,
    async renew(credential, ended) {
      forget(ended);
      await accounts.change({ credential, ended });
    },
    ofPerson: (person) => all().filter((token) => token.person === person),
  };
}

type Facts = Omit<AccessToken, 'id' | 'digest' | 'madeAt' | 'usedAt'>;

function cut(facts: Facts, now: Instant): { readonly token: string; readonly kept: AccessToken } {
  const token = randomBytes(BYTES).toString('base64url');
  const kept = {
    ...facts,
    id: randomBytes(9).toString('base64url'),
    digest: digestOf(token),
    madeAt: now,
    usedAt: now,
    ...(facts.kind === 'session' && { endsAt: later(now, SESSION_ENDS_AFTER) }),
  };
  return { token, kept };
}

const usedNow = (token: AccessToken, now: Instant): AccessToken =>
  between(token.usedAt, now) < WORTH_A_WRITE ? token : { ...token, usedAt: now };

function strike(book: Map<string, AccessToken>, ids: readonly string[]): void {
  for (const [key, { id }] of book) if (ids.includes(id)) book.delete(key);
}

function isOver({ kind, usedAt, endsAt }: AccessToken, now: Instant): boolean {
  if (endsAt !== undefined && now >= endsAt) return true;
  return kind === 'session' && between(usedAt, now) >= UNUSED_SESSION_ENDS_AFTER;
}

/** What ends where `kept` begins: what is over, what its owner has too many of, what it is instead of. */
function madeRoomFor(
  kept: AccessToken,
  all: readonly AccessToken[],
  instead: string | undefined,
): string[] {
  const overdue = all.filter((token) => isOver(token, kept.madeAt));
  const ended = [...overdue, ...tooMany(all, kept)].map(({ id }) => id);
  return instead === undefined ? ended : [...ended, instead];
}

/** So that one more is as many as may be; displays have as many as there are screens. */
function tooMany(all: readonly AccessToken[], { kind, person }: AccessToken): AccessToken[] {
  if (kind === 'display') return [];
  const same = all.filter((token) => token.kind === kind && token.person === person);
  return same.slice(MOST_OF_ONE_KIND - 1);
}

export const digestOf = (token: string): Uint8Array =>
  new Uint8Array(createHash('sha256').update(token).digest());

const keyOf = (digest: Uint8Array): string => Buffer.from(digest).toString('base64');
