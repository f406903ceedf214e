// What people and screens come in with: the writer's hand on it, and the reader's look.
import type { DatabaseSync } from 'node:sqlite';
import {
  TOKEN_KINDS,
  type AccessToken,
  type Credential,
  type TokenKind,
} from '../domain/credential.ts';
import { PERSON_ROLES, type PersonRole } from '../domain/person.ts';
import { instant, type Instant } from '../domain/time.ts';
import type { AccountChange, SavedAccounts } from './log.ts';

export interface AccountTables {
  change(change: AccountChange): void;
}

export function accountTables(db: DatabaseSync): AccountTables {
  const credential = db.prepare('INSERT OR REPLACE INTO credentials VALUES (?, ?, ?)');
  const token = db.prepare('INSERT OR REPLACE INTO tokens VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const drop = db.prepare('DELETE FROM tokens WHERE id = ?');
  return {
    change({ credential: next, tokens = [], ended = [] }) {
      if (next) credential.run(next.person, next.digest, Math.round(next.at));
      for (const id of ended) drop.run(id);
      for (const one of tokens) {
        const { id, digest, kind, name, person, role = null, station = null } = one;
        const times = [one.madeAt, one.usedAt].map(Math.round);
        const ends = one.endsAt === undefined ? null : Math.round(one.endsAt);
        token.run(id, digest, kind, name, person, role, station, ...times, ends);
      }
    },
  };
}

export function accountQueries(db: DatabaseSync) {
  const credentials = db.prepare('SELECT person, digest, at FROM credentials ORDER BY person');
  const tokens = db.prepare(
    'SELECT id, digest, kind, name, person, role, station, made, used, ends FROM tokens ORDER BY id',
  );
  return {
    accounts: (): SavedAccounts => ({
      credentials: credentials.all().map(credentialOf),
      tokens: tokens.all().flatMap(tokenOf),
    }),
  };
}

type Row = Record<string, unknown>;

const momentOf = (value: unknown): Instant => instant(Number(value));

const credentialOf = ({ person, digest, at }: Row): Credential => ({
  person: String(person),
  digest: String(digest),
  at: momentOf(at),
});

/** One of a kind or a role that nobody knows opens nothing. */
function tokenOf({ role, station, ends, ...row }: Row): AccessToken[] {
  const kind = TOKEN_KINDS.find((word): word is TokenKind => word === row['kind']);
  const known = PERSON_ROLES.find((word): word is PersonRole => word === role);
  if (!kind || !(row['digest'] instanceof Uint8Array) || (role !== null && !known)) return [];
  return [
    {
      id: String(row['id']),
      digest: new Uint8Array(row['digest']),
      kind,
      name: String(row['name']),
      person: String(row['person']),
      ...(known && { role: known }),
      ...(typeof station === 'string' && { station }),
      madeAt: momentOf(row['made']),
      usedAt: momentOf(row['used']),
      ...(ends !== null && { endsAt: momentOf(ends) }),
    },
  ];
}
