// How entries hang together: each carries the SHA-256 of the hash before it and of its own text, so
// that nothing before the last hash can be changed, left out or put in another order unseen.
//
//   000…0 ─┬─▶ hash 1 ─┬─▶ hash 2 ─┬─▶ hash 3 ─▶ … ─▶ head, written down elsewhere too
//   text 1 ┘    text 2 ┘    text 3 ┘
import { createHash } from 'node:crypto';
import { auditText, type AuditEntry, type AuditHead, type AuditRow } from '../domain/audit.ts';
import { instant } from '../domain/time.ts';

/** Before the first entry. */
export const GENESIS: Uint8Array = new Uint8Array(32);

export const hashAfter = (before: Uint8Array, number: number, entry: AuditEntry): Uint8Array =>
  createHash('sha256').update(before).update(auditText(number, entry)).digest();

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export const NO_ENTRIES: AuditHead = { entries: 0, hash: hex(GENESIS) };

export const AUDIT_HEAD = 'SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1';

/** A row of the table as the entry that it holds, its hash as it stands there. */
export function auditRow(row: Readonly<Record<string, unknown>>): AuditRow {
  const text = (name: string): string => String(row[name]);
  const maybe = (name: 'from' | 'to' | 'words', column: string) =>
    row[column] === null ? {} : { [name]: text(column) };
  return {
    number: Number(row['number']),
    sequence: Number(row['sequence']),
    place: Number(row['place']),
    at: instant(Number(row['at'])),
    by: text('person'),
    role: text('role'),
    on: text('kind') as AuditRow['on'],
    id: text('subject'),
    action: text('action'),
    ...maybe('from', 'was'),
    ...maybe('to', 'became'),
    ...maybe('words', 'words'),
    detail: text('detail'),
    hash: row['hash'] instanceof Uint8Array ? hex(row['hash']) : '',
  };
}
