// The writer's hand on the audit chain, in the transaction of the step that its entries tell of: so a
// crash neither loses nor doubles one. The reader's look at it is below.
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { keepable, type AuditEntry, type AuditHead, type AuditRow } from '../domain/audit.ts';
import { AUDIT_HEAD, auditRow, GENESIS, hashAfter, hex, NO_ENTRIES } from './audit-chain.ts';
import type { AuditQuery } from './kept.ts';

export interface AuditTable {
  add(entries: readonly AuditEntry[]): void;
}

export function auditTable(db: DatabaseSync): AuditTable {
  const head = db.prepare(AUDIT_HEAD);
  const known = db.prepare('SELECT 1 FROM audit WHERE sequence = ? AND place = ?');
  const insert = db.prepare('INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const link = (given: AuditEntry): void => {
    const entry = keepable(given);
    const { sequence, place, at, by, role, on, id, action, from, to, words, detail } = entry;
    if (known.get(sequence, place)) return; // folded again after a crash
    // Asked each time: what is remembered here would outlive a transaction that is taken back.
    const last = head.get();
    const before = last?.['hash'] instanceof Uint8Array ? last['hash'] : GENESIS;
    const number = Number(last?.['number'] ?? 0) + 1;
    const done = [on, id, action, from ?? null, to ?? null, words ?? null, detail];
    const hash = hashAfter(before, number, entry);
    insert.run(number, sequence, place, at, by, role, ...done, hash);
  };
  return { add: (entries) => entries.forEach(link) };
}

/** The index by subject leads to one ticket’s entries; else the numbers themselves. */
export function auditQueries(db: DatabaseSync) {
  const head = db.prepare(AUDIT_HEAD);
  return {
    auditHead(): AuditHead {
      const row = head.get();
      if (!row) return NO_ENTRIES;
      return { entries: Number(row['number']), hash: hex(row['hash'] as Uint8Array) };
    },
    auditEntries(query: AuditQuery): AuditRow[] {
      const { text, values } = auditSearch(query);
      return db
        .prepare(text)
        .all(...values)
        .map(auditRow);
    },
  };
}

const CONDITIONS = {
  from: 'at >= ?',
  to: 'at < ?',
  on: 'kind = ?',
  id: 'subject = ?',
} as const;

export function auditSearch({ limit, ...query }: AuditQuery): {
  readonly text: string;
  readonly values: readonly SQLInputValue[];
} {
  const asked = (['on', 'id', 'from', 'to'] as const).filter((name) => query[name] !== undefined);
  const where = asked.map((name) => CONDITIONS[name]).join(' AND ');
  return {
    text: `SELECT * FROM audit ${where && `WHERE ${where}`} ORDER BY number DESC LIMIT ?`,
    values: [...asked.map((name) => query[name] ?? null), limit],
  };
}
