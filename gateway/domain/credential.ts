// What people and screens show to come in. Nothing of it is in the log: a digest of a password that
// was changed, or of a token that was ended, must be gone.
import type { PersonId, PersonRole } from './person.ts';
import type { Instant } from './time.ts';

export interface Credential {
  readonly person: PersonId;
  /** Of the password: argon2id in the PHC's string form, with its salt and its cost. */
  readonly digest: string;
  readonly at: Instant;
}

export const TOKEN_KINDS = ['session', 'key', 'display'] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

/** A signed-in browser, a program's key, a station's screen: while it is kept, it opens. */
export interface AccessToken {
  /** What it is spoken of by; says nothing about the token. */
  readonly id: string;
  /** SHA-256 of it: 256 random bits need no slow hash. */
  readonly digest: Uint8Array;
  readonly kind: TokenKind;
  /** A browser's own words, or what its maker called it. */
  readonly name: string;
  /** Whose session it is; who made the key, or let the display in. */
  readonly person: PersonId;
  /** key: as whom it may ask. */
  readonly role?: PersonRole;
  /** display: the one that it may read. */
  readonly station?: string;
  readonly madeAt: Instant;
  /** To about an hour: each use is not worth a write. */
  readonly usedAt: Instant;
  readonly endsAt?: Instant;
}
