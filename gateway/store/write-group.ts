// Makes a group of writes durable in one transaction, with one wait for the disk.
// Each write is all or nothing: one that SQLite refuses (a value that no column takes) is named,
// and the others are written without it. When the machine fails, the whole group fails.
import type { DatabaseSync } from 'node:sqlite';
import type { DeviceSecret } from '../domain/device-secret.ts';
import type { Notice } from '../domain/notice.ts';
import type { Entry, Sequence } from '../domain/record.ts';
import type { FoldTables } from './fold-tables.ts';
import type { FreshRows } from './fresh-rows.ts';
import type { LogTable } from './log-table.ts';
import type {
  PackedAppends,
  PackedGroup,
  PackedRows,
  PackedWrite,
  SeriesName,
} from './packed-group.ts';
import type { RawShelf } from './raw-shelf.ts';
import type {
  AccountChange,
  DeadLetter,
  ImportNote,
  OutboxOutcome,
  RawBytes,
  StepCommit,
  StoreSettings,
} from './log.ts';
import type { ImportedFigure } from '../domain/ledger.ts';
import type { LedgerTables } from './ledger-tables.ts';
import type { OutboxTables } from './outbox-tables.ts';
import { FORMAT_VERSION, isRefusal, wordsOf } from './connection.ts';
import { assureNamed } from './followers.ts';
import { type AccountTables, accountTables } from './account-tables.ts';
import { type AuditTable, auditTable } from './audit-table.ts';
import { type EvidenceTable, evidenceTable, type Exhibits } from './evidence-table.ts';
import { foldTables } from './fold-tables.ts';
import { logTable } from './log-table.ts';
import { ledgerTables } from './ledger-tables.ts';
import { outboxTables } from './outbox-tables.ts';
import { receiptOf } from './log-row.ts';
import { rawShelf } from './raw-shelf.ts';
import { type SecretTable, secretTable } from './secret-table.ts';

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
  | { readonly kind: 'tell'; readonly notices: readonly Notice[] }
  /** Asks for a slice of upkeep after the group. `isThorough` rolls up less than a block as well. */
  | { readonly kind: 'tidy'; readonly isThorough: boolean }
  /** Writes what is there already, to see whether the disk takes it. */
  | { readonly kind: 'probe' }
  | { readonly kind: 'secret'; readonly secret: DeviceSecret }
  | { readonly kind: 'account'; readonly change: AccountChange }
  | { readonly kind: 'exhibits'; readonly exhibits: Exhibits }
  | {
      readonly kind: 'take';
      readonly figures: readonly ImportedFigure[];
      readonly note: ImportNote;
    }
  | {
      readonly kind: 'settle';
      readonly channel: string;
      readonly outcomes: readonly OutboxOutcome[];
    };

/** What became of one write: the sequence of its first entry, or SQLite's words against it. */
export type Written = { readonly first: Sequence } | { readonly refused: string };

interface Tables {
  readonly log: LogTable;
  readonly raw: RawShelf;
  readonly folds: FoldTables;
  readonly ledger: LedgerTables;
  readonly secrets: SecretTable;
  readonly accounts: AccountTables;
  readonly outbox: OutboxTables;
  readonly audit: AuditTable;
  readonly evidence: EvidenceTable;
  readonly followers: StoreSettings['followers'];
  readonly probe: () => void;
}

export interface GroupWriter {
  head(): Sequence;
  /** Throws where nothing of the group can be said to be durable; the connection is then done with. */
  write(group: PackedGroup): GroupOutcome;
  /** Takes some of the raw bytes away, inside the caller's transaction. */
  dropRaw(): boolean;
  /** What was appended and nobody has rolled up yet. */
  fresh(): FreshRows;
}

/** What became of each write in the thread: its first sequence, NaN where it was refused. */
export interface GroupOutcome {
  readonly firsts: readonly Sequence[];
  /** SQLite's words, by the place among `firsts`. */
  readonly refused: ReadonlyMap<number, string>;
}

/** @param names every series that was told so far (packed-group.ts); whoever receives groups adds to it */
export function groupWriter(
  db: DatabaseSync,
  settings: StoreSettings,
  names: readonly SeriesName[],
): GroupWriter {
  const open = (): Tables => ({
    log: logTable(db, names),
    raw: rawShelf(db, settings),
    folds: foldTables(db),
    ledger: ledgerTables(db),
    secrets: secretTable(db),
    accounts: accountTables(db),
    outbox: outboxTables(db),
    audit: auditTable(db),
    evidence: evidenceTable(db),
    followers: settings.followers,
    probe: () => db.exec(`PRAGMA user_version = ${FORMAT_VERSION}`),
  });
  let tables = open();

  /** One attempt; whether it came to its end, or a write was refused and is now left out. */
  const attempt = (group: PackedGroup, outcome: Outcome): boolean => {
    db.exec('BEGIN IMMEDIATE');
    const pen = createPen(tables, group.rows, outcome);
    for (const write of group.writes) {
      if (pen.put(write)) continue;
      db.exec('ROLLBACK');
      tables = open();
      return false;
    }
    tables.raw.prune(tables.log.newest());
    db.exec('COMMIT');
    return true;
  };

  return {
    head: () => tables.log.head(),
    dropRaw: () => tables.raw.drop(),
    fresh: () => tables.log.fresh,
    write(group) {
      const outcome: Outcome = { firsts: [], refused: new Map(), isOneByOne: false };
      while (!attempt(group, outcome)) outcome.firsts.length = 0;
      return outcome;
    },
  };
}

interface Outcome {
  readonly firsts: number[];
  readonly refused: Map<number, string>;
  /** Something was refused where many were written at once: now it is to be found out what. */
  isOneByOne: boolean;
}

/** Goes through the rows of a group once. Each of its strokes says false where SQLite refused it. */
function createRowPen(log: LogTable, rows: PackedRows, outcome: Outcome) {
  const { firsts, refused } = outcome;
  let row = 0;

  /** The rows of one write, and what else it puts. One that was refused before is passed over. */
  function putOne(count: number, put: (first: Sequence) => void): boolean {
    const index = firsts.length;
    const from = row;
    row += count;
    if (refused.has(index)) {
      firsts.push(NaN);
      return true;
    }
    try {
      const first = log.append(rows, from, count);
      put(first);
      firsts.push(count > 0 ? first : log.head());
      return true;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      refused.set(index, wordsOf(error));
      return false;
    }
  }

  /** The rows of many writes lie side by side, so many go into a statement. */
  function putTogether({ counts }: PackedAppends): boolean {
    try {
      let first = log.append(rows, row, sumOf(counts));
      for (const count of counts) {
        firsts.push(count > 0 ? first : first - 1);
        first += count;
      }
      row += sumOf(counts);
      return true;
    } catch (error) {
      outcome.isOneByOne = isRefusal(error);
      if (outcome.isOneByOne) return false;
      throw error;
    }
  }

  return { at: () => row, putOne, putTogether };
}

/** Goes through a group once, write by write; false where one of them was refused. */
function createPen(tables: Tables, rows: PackedRows, outcome: Outcome) {
  const { at, putOne, putTogether } = createRowPen(tables.log, rows, outcome);

  function putAppends(appends: PackedAppends): boolean {
    const { counts, raw } = appends;
    if (raw.length === 0 && !outcome.isOneByOne) return putTogether(appends);
    let next = 0;
    return counts.every((count, append) => {
      const begins = at();
      return putOne(count, (first) => {
        for (let one = raw[next]; one?.append === append; one = raw[++next]) {
          tables.raw.put(first + one.index, receiptOf(rows, begins + one.index), one.bytes);
        }
      });
    });
  }

  return {
    put: (write: PackedWrite): boolean =>
      write.kind === 'appends'
        ? putAppends(write)
        : putOne(write.kind === 'save' ? write.count : 0, () => apply(write, tables)),
  };
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, one) => sum + one, 0);

function apply(write: Exclude<PackedWrite, PackedAppends>, tables: Tables): void {
  switch (write.kind) {
    case 'move':
      assureNamed(write.follower, tables.followers);
      return tables.folds.move(write.follower, write.to, write.parked);
    case 'save':
      tables.outbox.put(write.commit.notices ?? []);
      tables.audit.add(write.commit.audit ?? []);
      tables.evidence.begin(write.commit.evidence ?? []);
      return tables.folds.save(write.commit);
    case 'tell':
      return tables.outbox.put(write.notices);
    case 'tidy':
      return undefined;
    case 'probe':
      return tables.probe();
    case 'take':
      return tables.ledger.take(write.figures, write.note);
    case 'secret':
      return tables.secrets.put(write.secret);
    case 'account':
      return tables.accounts.change(write.change);
    case 'exhibits':
      return tables.evidence.put(write.exhibits);
    case 'settle':
      return tables.outbox.settle(write.channel, write.outcomes);
  }
}
