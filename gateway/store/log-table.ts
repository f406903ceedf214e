// The writer's hand on the tables `log` and `series`. Knows the next sequence and the numbers of
// the series; both are read from the database when it is made, so after a rollback make a new one.
import type { DatabaseSync } from 'node:sqlite';
import type { Entry, Sequence } from '../domain/record.ts';
import type { SeriesNumber } from './log-row.ts';
import { cellsOf } from './log-row.ts';

export interface LogTable {
  /** The sequence of the last entry that was appended. */
  head(): Sequence;
  /** The latest moment of receipt among what was appended, 0 before the first. */
  newest(): number;
  /** Appends in this order; gives the sequence of the first. */
  append(entries: readonly Entry[]): Sequence;
}

export function logTable(db: DatabaseSync): LogTable {
  const insert = db.prepare('INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const numberOf = seriesNumbers(db);
  let head = lastSequence(db);
  let newest = 0;
  return {
    head: () => head,
    newest: () => newest,
    append(entries) {
      const first = head + 1;
      for (const entry of entries) {
        head += 1;
        insert.run(head, ...cellsOf(entry, head, numberOf));
        newest = Math.max(newest, entry.receivedAt);
      }
      return first;
    },
  };
}

/** Rows may be pruned once every cursor has passed them, so a cursor may stand beyond the last. */
function lastSequence(db: DatabaseSync): Sequence {
  const row = db
    .prepare(
      `SELECT max(ifnull((SELECT max(sequence) FROM log), 0),
                  ifnull((SELECT max(position) FROM cursors), 0)) AS last`,
    )
    .get();
  return Number(row?.['last']);
}

function seriesNumbers(db: DatabaseSync): SeriesNumber {
  const insert = db.prepare('INSERT INTO series (asset, quantity, device) VALUES (?, ?, ?)');
  const known = new Map<string, number>();
  for (const row of db.prepare('SELECT id, asset, quantity, device FROM series').iterate()) {
    const { id, asset, quantity, device } = row;
    known.set(keyOf(String(asset), String(quantity), String(device)), Number(id));
  }
  return (asset, quantity, device) => {
    const key = keyOf(asset, quantity, device);
    const number = known.get(key) ?? Number(insert.run(asset, quantity, device).lastInsertRowid);
    known.set(key, number);
    return number;
  };
}

/** No two series share a key, whatever signs their names contain: a quantity never has a colon. */
const keyOf = (asset: string, quantity: string, device: string): string =>
  `${asset.length}:${asset}${quantity}:${device}`;
