// Makes a group of writes durable in one transaction, with one wait for the disk.
// Each write is all or nothing: one that SQLite refuses (a value that no column takes) is named,
// and the others are written without it. When the machine fails, the whole group fails.
import type { DatabaseSync } from 'node:sqlite';
import type { Entry, Sequence } from '../domain/record.ts';
import type { FoldTables } from './fold-tables.ts';
import type { LogTable } from './log-table.ts';
import type { RawShelf } from './raw-shelf.ts';
import type { DeadLetter, ImportNote, RawBytes, StepCommit, StoreSettings } from './log.ts';
import type { ImportedFigure } from '../domain/ledger.ts';
import type { LedgerTables } from './ledger-tables.ts';
import { isRefusal, wordsOf } from './connection.ts';
import { assureNamed } from './followers.ts';
import { foldTables } from './fold-tables.ts';
import { logTable } from './log-table.ts';
import { ledgerTables } from './ledger-tables.ts';
import { rawShelf } from './raw-shelf.ts';

export type Write =
  | {
      readonly kind: 'append';
      readonly entries: readonly Entry[];
      readonly raw: readonly RawBytes[];
    }
  | {
      readonly kind: 'move';
      readonly follower: string;
      readonly to: Sequence;
      readonly parked: readonly DeadLetter[];
    }
  | { readonly kind: 'save'; readonly commit: StepCommit }
  /** Asks for a slice of upkeep after the group. `isThorough` rolls up less than a block as well. */
  | { readonly kind: 'tidy'; readonly isThorough: boolean }
  | {
      readonly kind: 'take';
      readonly figures: readonly ImportedFigure[];
      readonly note: ImportNote;
    };

/** What became of one write: the sequence of its first entry, or SQLite's words against it. */
export type Written = { readonly first: Sequence } | { readonly refused: string };

interface Tables {
  readonly log: LogTable;
  readonly raw: RawShelf;
  readonly folds: FoldTables;
  readonly ledger: LedgerTables;
  readonly followers: StoreSettings['followers'];
}

export interface GroupWriter {
  head(): Sequence;
  /** Throws where nothing of the group can be said to be durable; the connection is then done with. */
  write(group: readonly Write[]): Written[];
  /** Takes some of the raw bytes away, inside the caller's transaction. */
  dropRaw(): boolean;
}

export function groupWriter(db: DatabaseSync, settings: StoreSettings): GroupWriter {
  const open = (): Tables => ({
    log: logTable(db),
    raw: rawShelf(db, settings),
    folds: foldTables(db),
    ledger: ledgerTables(db),
    followers: settings.followers,
  });
  let tables = open();

  /** One attempt; the index of the write that was refused, and why, if it came to that. */
  const attempt = (group: readonly Write[], written: Written[]): Refused | undefined => {
    db.exec('BEGIN IMMEDIATE');
    for (const [index, write] of group.entries()) {
      if (isRefused(written[index])) continue;
      try {
        written[index] = { first: apply(write, tables) };
      } catch (error) {
        if (!isRefusal(error)) throw error;
        db.exec('ROLLBACK');
        tables = open();
        return { index, refused: wordsOf(error) };
      }
    }
    tables.raw.prune(tables.log.newest());
    db.exec('COMMIT');
    return undefined;
  };

  return {
    head: () => tables.log.head(),
    dropRaw: () => tables.raw.drop(),
    write(group) {
      const written: Written[] = [];
      for (;;) {
        const refusal = attempt(group, written);
        if (!refusal) return written;
        written[refusal.index] = { refused: refusal.refused };
      }
    },
  };
}

interface Refused {
  readonly index: number;
  readonly refused: string;
}

const isRefused = (written: Written | undefined): boolean =>
  written !== undefined && 'refused' in written;

function apply(write: Write, { log, raw, folds, ledger, followers }: Tables): Sequence {
  switch (write.kind) {
    case 'append': {
      const first = log.append(write.entries);
      for (const { index, bytes } of write.raw) {
        raw.put(first + index, write.entries[index]?.receivedAt ?? log.newest(), bytes);
      }
      return first;
    }
    case 'move':
      assureNamed(write.follower, followers);
      folds.move(write.follower, write.to, write.parked);
      return log.head();
    case 'save':
      folds.save(write.commit);
      return log.append(write.commit.derived);
    case 'tidy':
      return log.head();
    case 'take':
      ledger.take(write.figures, write.note);
      return log.head();
  }
}
