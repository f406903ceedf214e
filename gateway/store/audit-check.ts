// Walks the audit chain from its first entry to its last and says whether each still follows from the
// one before it. Reads only, also while a gateway writes: what it sees is the state of one moment.
// A chain proves that nothing before its last hash was changed. That its end was not cut off, or all
// of it made anew, only a head proves that was written down elsewhere (docs/audit.md).
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { AuditHead, AuditRow } from '../domain/audit.ts';
import { Fault } from '../domain/fault.ts';
import type { Instant } from '../domain/time.ts';
import { auditRow, GENESIS, hashAfter, hex, NO_ENTRIES } from './audit-chain.ts';
import { DATABASE, faultOf, isDamage, openConnection, wordsOf } from './connection.ts';

export interface AuditVerdict {
  /** What is there, broken or not. */
  readonly head: AuditHead;
  /** The first places where it is broken; none for a chain that is whole. */
  readonly breaks: readonly AuditBreak[];
}

/**
 * `changed`: an entry does not follow from the one before it, so one of its fields, its hash or the
 * hash before it was changed. `missing`: entries up to the number before this one are not there.
 * `cut`: a head that was written down elsewhere is beyond the end. `rewritten`: it is not what stands
 * there now. `unreadable`: the database cannot be read on from here.
 */
export interface AuditBreak {
  readonly kind: 'changed' | 'missing' | 'cut' | 'rewritten' | 'unreadable';
  readonly number: number;
  /** As the entry itself says. */
  readonly at?: Instant;
  readonly expected: string;
  readonly found: string;
}

/** What follows a break is of little use where everything was changed. */
const MOST_BREAKS = 20;

/** Throws `store-unavailable` where there is no store, or one from before there was a chain. */
export function checkAudit(dir: string, anchors: readonly AuditHead[] = []): AuditVerdict {
  const file = path.join(dir, DATABASE);
  if (!existsSync(file)) throw new Fault('store-unavailable', `reading ${file}: there is no store`);
  try {
    using db = openConnection(file, 'read');
    return walkAudit(db, anchors);
  } catch (error) {
    throw faultOf('store-unavailable', `reading the audit chain in ${file}`, error);
  }
}

export function walkAudit(db: DatabaseSync, anchors: readonly AuditHead[] = []): AuditVerdict {
  const breaks: AuditBreak[] = [];
  const hashes = new Map(anchors.map(({ entries }) => [entries, '']));
  let head = NO_ENTRIES;
  try {
    for (const row of db.prepare('SELECT * FROM audit ORDER BY number').iterate()) {
      const entry = auditRow(row);
      if (breaks.length < MOST_BREAKS) breaks.push(...breaksAt(head, entry));
      if (hashes.has(entry.number)) hashes.set(entry.number, entry.hash);
      head = { entries: entry.number, hash: entry.hash };
    }
  } catch (error) {
    if (!isDamage(error)) throw error;
    const number = head.entries + 1;
    breaks.push({ kind: 'unreadable', number, expected: 'an entry', found: wordsOf(error) });
  }
  return { head, breaks: [...breaks, ...anchors.flatMap((anchor) => anchorBreak(anchor, hashes))] };
}

/** Goes on from the hash that stands there, so that one change is one break. */
function breaksAt(before: AuditHead, { hash, number, ...entry }: AuditRow): AuditBreak[] {
  const next = before.entries + 1;
  if (number !== next) {
    const [expected, found] = [`entry ${next}`, `entry ${number}`];
    return [{ kind: 'missing', number: next, at: entry.at, expected, found }];
  }
  const last = before.entries === 0 ? GENESIS : Buffer.from(before.hash, 'hex');
  const expected = hex(hashAfter(last, number, entry));
  return expected === hash
    ? []
    : [{ kind: 'changed', number, at: entry.at, expected, found: hash }];
}

function anchorBreak(
  { entries, hash }: AuditHead,
  hashes: ReadonlyMap<number, string>,
): AuditBreak[] {
  const found = entries === 0 ? hash : hashes.get(entries);
  if (found === hash) return [];
  const isThere = found !== undefined && found !== '';
  return [
    {
      kind: isThere ? 'rewritten' : 'cut',
      number: entries,
      expected: hash,
      found: isThere ? found : 'no such entry',
    },
  ];
}
