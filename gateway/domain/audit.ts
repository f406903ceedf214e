// Who did what to whom, once for each thing that was done: an entry of the audit chain. Entries are
// made by the fold, from what it really changed, and chained by the store as they are written down.
// Promise: the text of an entry is the same for the same entry, whoever makes it; and no password,
// token or telephone number is ever in it, for nothing can be taken out of a chain again.
import type { CommandEntry, Sequence } from './record.ts';
import { instant, type Instant } from './time.ts';

export interface AuditEntry {
  /** The record that did it, and which of the things that it did: no two entries share both. */
  readonly sequence: Sequence;
  readonly place: number;
  readonly at: Instant;
  readonly by: string;
  readonly role: string;
  readonly on: CommandEntry['on'] | 'site';
  readonly id: string;
  readonly action: string;
  /** How it stood before and after, where it has states. */
  readonly from?: string;
  readonly to?: string;
  /** The reason or note that came with it. */
  readonly words?: string;
  /** What was asked for and what changed by it, as canonical JSON. */
  readonly detail: string;
}

/** What is done to a person or a device beside the log: the fold makes nothing of it. */
export type PersonNote =
  | 'sign-in'
  | 'sign-out'
  | 'lock-out'
  | 'password'
  | 'key'
  | 'end-token'
  | 'pair-display';
export type DeviceNote = 'make-secret' | 'revoke-secret';
export type NoticeNote = 'retry' | 'drop';

/** An entry in its place in the chain. */
export interface AuditRow extends AuditEntry {
  /** 1 for the first; without gaps. */
  readonly number: number;
  /** SHA-256 in hexadecimal digits: of the hash before it and this entry's text. */
  readonly hash: string;
}

/** Where a chain ends: kept elsewhere, it shows that the end is still there. */
export interface AuditHead {
  readonly entries: number;
  readonly hash: string;
}

/** `57:9f…`, as it is written down elsewhere. */
export const headInWords = ({ entries, hash }: AuditHead): string => `${entries}:${hash}`;

export function headOfWords(words: string): AuditHead | undefined {
  const [, entries, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(words.trim()) ?? [];
  return hash === undefined ? undefined : { entries: Number(entries), hash };
}

/** What is hashed of an entry, behind the hash before it. A released text is never changed. */
export const auditText = (number: number, entry: AuditEntry): string =>
  JSON.stringify([
    'courtyard-audit-1',
    number,
    entry.sequence,
    entry.place,
    entry.at,
    entry.by,
    entry.role,
    entry.on,
    entry.id,
    entry.action,
    entry.from ?? null,
    entry.to ?? null,
    entry.words ?? null,
    entry.detail,
  ]);

/**
 * The entry as a database gives it back to the letter: what is hashed must be what is read later.
 * A line end or an escape in somebody's words makes no second line in a list either.
 */
export const keepable = (entry: AuditEntry): AuditEntry => ({
  ...entry,
  at: instant(Math.round(entry.at)),
  by: plain(entry.by),
  role: plain(entry.role),
  id: plain(entry.id),
  action: plain(entry.action),
  ...(entry.from !== undefined && { from: plain(entry.from) }),
  ...(entry.to !== undefined && { to: plain(entry.to) }),
  ...(entry.words !== undefined && { words: plain(entry.words) }),
});

const plain = (text: string): string => text.toWellFormed().replaceAll(/\p{Cc}/gu, ' ');

/** JSON with the names of every object in order: the same value is always the same text. */
export const canonical = (value: unknown): string => JSON.stringify(ordered(value)) ?? 'null';

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(fields.map(([name, field]) => [name, ordered(field)]));
}

const PRIVATE_NAMES =
  /pass(?:word|phrase)|secret|token|digest|phone|mobile|\btel\b|wechat|e-?mail/i;
/** Mobile and landline numbers as they are written in China, with or without their spaces. */
const TELEPHONE =
  /(?<!\d)(?:(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]\d{7,8})(?!\d)/g;

/** A text without telephone numbers. */
export const withoutNumbers = (text: string): string => text.replace(TELEPHONE, '☎');

/** A value without what may never be in the chain, at any depth. */
export function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return withoutNumbers(value);
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !PRIVATE_NAMES.test(name))
      .map(([name, field]) => [name, withoutSecrets(field)]),
  );
}
