// Two ways to open a store that a crash has left, for one judge. `throughStore` is the product whole:
// its look at the files, its threads, its migrations, a write at the end, in a process of its own.
// `throughConnection` is the product's own connection and queries with nothing around them, and so
// fast enough for thousands of states.
import { execFile } from 'node:child_process';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { siteDays } from '../../gateway/domain/day.ts';
import { minutes } from '../../gateway/domain/time.ts';
import type { Alarm } from '../../gateway/domain/alarm.ts';
import type { LogRecord, Sequence } from '../../gateway/domain/record.ts';
import {
  DATABASE,
  FORMAT_VERSION,
  formatVersion,
  openConnection,
} from '../../gateway/store/connection.ts';
import type { DeadLetter, Gap, SavedStep, SeriesPoint } from '../../gateway/store/log.ts';
import { walkAudit, type AuditBreak } from '../../gateway/store/audit-check.ts';
import { queries } from '../../gateway/store/queries.ts';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { NOON, SHANGHAI, at, reading, settingsFor } from '../store/entries.ts';
import { FOLLOWER } from './said.ts';

/** All that the judge asks of a store. */
export interface Found {
  readonly records: readonly LogRecord[];
  readonly step: SavedStep;
  readonly alarms: readonly Alarm[];
  readonly position: Sequence;
  readonly letters: readonly DeadLetter[];
  /** Sequences that are not there, and why they are not is known. */
  readonly gaps: readonly Gap[];
  /** How many readings a chart of all of them counts, rolled up or not. */
  readonly charted: number;
  /** The sequence that the next reading was given; only the whole store is asked to write. */
  readonly next?: Sequence;
  /** What SQLite finds wrong with the file; `ok` where nothing is. */
  readonly integrity: string;
  /** The audit chain: the records that its entries name, and where it is broken. */
  readonly audited: readonly Sequence[];
  readonly breaks: readonly AuditBreak[];
}

const run = promisify(execFile);
const OPENER = fileURLToPath(new URL('./open-whole.ts', import.meta.url));

const ALL = 1_000_000;
const CHART = {
  asset: 'k1-wet',
  quantity: 'distance',
  from: NOON,
  to: at(minutes(1)),
  step: minutes(1),
} as const;

export async function throughStore(dir: string): Promise<Found> {
  const { stdout } = await run(process.execPath, [OPENER, dir], { maxBuffer: 1e9 });
  return JSON.parse(stdout) as Found;
}

/** What `throughStore` does in its process. */
export async function openWhole(dir: string): Promise<Found> {
  const store = await openStore(settingsFor(dir));
  const [records, step, alarms, position, letters, points, { gaps }] = await Promise.all([
    store.log.readAfter(0, ALL),
    store.step.load(),
    store.books.alarms('all', ALL),
    store.cursors.position(FOLLOWER),
    store.books.deadLetters(ALL),
    store.books.series(CHART),
    store.books.pruned(),
  ]);
  const charted = countIn(points);
  const next = await store.log.append([reading()]);
  await store.close();
  const db = openConnection(path.join(dir, DATABASE), 'read');
  const integrity = integrityOf(db);
  const chain = chainIn(db);
  db.close();
  return { records, step, alarms, position, letters, gaps, charted, next, integrity, ...chain };
}

/** `unmade` where the crash came before the store's first migration was through. */
export function throughConnection(dir: string): Found | 'unmade' {
  const db = openConnection(path.join(dir, DATABASE), 'write');
  try {
    if (formatVersion(db) !== FORMAT_VERSION) return 'unmade';
    const all = queries(db, siteDays(SHANGHAI));
    return {
      records: all.readAfter(0, ALL),
      step: all.load(),
      alarms: all.alarms('all', ALL),
      position: all.position(FOLLOWER),
      letters: all.deadLetters(ALL),
      gaps: all.pruned().gaps,
      charted: countIn(all.series(CHART)),
      integrity: integrityOf(db),
      ...chainIn(db),
    };
  } finally {
    db.close();
  }
}

const countIn = (points: readonly SeriesPoint[]): number => points[0]?.[4] ?? 0;

const chainIn = (db: DatabaseSync): Pick<Found, 'audited' | 'breaks'> => ({
  audited: db
    .prepare('SELECT sequence FROM audit ORDER BY number')
    .all()
    .map(({ sequence }) => Number(sequence)),
  breaks: walkAudit(db).breaks,
});

const integrityOf = (db: DatabaseSync): string =>
  String(db.prepare('PRAGMA integrity_check').get()?.['integrity_check']);
