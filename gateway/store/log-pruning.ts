// Takes the oldest records off the log, a slice at a time. What it may take, its caller decides; what
// it never takes is a command, a link or a word of the gateway itself: they are few, and the audit.
// What goes is not forgotten: readings live on in the rollups, rejections in their counts.
import type { DatabaseSync } from 'node:sqlite';
import type { RejectionEntry, Sequence } from '../domain/record.ts';
import type { FloorTable } from './floors.ts';
import { MINUTE } from './grain.ts';

/** Where the pruning stands: it has looked at all up to here. No follower: nobody waits for it. */
export const PRUNE = 'prune';

/** A thousand rows lie on some ten pages: a few ms, also on a slow card. */
const SLICE = 1000;

/** Readings, derived, doubted, rejections, ticks and losses, as FORMAT.md numbers them. */
const PRUNED_KINDS = [0, 1, 2, 3, 7, 8];
const REJECTION = 3;

export interface PruneLimit {
  /** Only blocks that were received before this, wholly. */
  readonly before: number;
  /** No record beyond this one. */
  readonly to: Sequence;
  /** Whatever lies beyond this one is missed by somebody, and counted as a gap. */
  readonly followedTo: Sequence;
}

export interface LogPruning {
  /** Takes one slice off, inside the caller's transaction; whether there was any. */
  prune(limit: PruneLimit): boolean;
}

interface Slice {
  from: Sequence;
  to: Sequence;
  /** The receipt of the last record in it. */
  received: number;
  /** The latest moment that a measurement in it speaks of. */
  latest: number;
  missed: Sequence[];
  rejections: RejectionEntry[];
}

export function logPruning(db: DatabaseSync, floors: FloorTable): LogPruning {
  const next = db.prepare(
    `SELECT sequence, kind, observed, delay, iif(kind = ${REJECTION}, body, NULL) AS body
     FROM log WHERE sequence > ? AND sequence <= ? ORDER BY sequence LIMIT ${SLICE}`,
  );
  const remove = db.prepare(
    `DELETE FROM log WHERE sequence > ? AND sequence <= ? AND kind IN (${PRUNED_KINDS.join()})`,
  );
  const removeBlocks = db.prepare('DELETE FROM blocks WHERE first <= ? AND last <= ?');
  const move = db.prepare('INSERT OR REPLACE INTO cursors VALUES (?, ?)');
  const count = db.prepare(
    `INSERT INTO pruned_rejections VALUES (?, ?, 1)
     ON CONFLICT (source, reason) DO UPDATE SET count = count + 1`,
  );
  const noteGap = gapNotes(db);
  const receivedBefore = blockBorders(db);
  const stands = db.prepare('SELECT position FROM cursors WHERE follower = ?').get(PRUNE);
  let position = Number(stands?.['position'] ?? 0);

  return {
    prune(limit) {
      const to = Math.min(limit.to, receivedBefore(limit.before));
      const slice = sliceOf(next.iterate(position, to), position, limit.followedTo);
      if (slice.to === position) return false;
      floors.raise('raw', Math.ceil((slice.latest + 1) / MINUTE) * MINUTE);
      remove.run(slice.from, slice.to);
      removeBlocks.run(slice.to, slice.to);
      for (const { source, reason } of slice.rejections) count.run(source, reason);
      noteGap(slice);
      move.run(PRUNE, slice.to);
      position = slice.to;
      return true;
    },
  };
}

function sliceOf(
  rows: Iterable<Record<string, unknown>>,
  from: Sequence,
  followedTo: Sequence,
): Slice {
  const slice: Slice = {
    from,
    to: from,
    received: 0,
    latest: -Infinity,
    missed: [],
    rejections: [],
  };
  for (const row of rows) {
    const [sequence, kind] = [Number(row['sequence']), Number(row['kind'])];
    const observed = Number(row['observed']);
    slice.to = sequence;
    slice.received = observed + Number(row['delay']);
    if (kind <= 1) slice.latest = Math.max(slice.latest, observed);
    if (kind === REJECTION) slice.rejections.push(JSON.parse(String(row['body'])));
    if (sequence > followedTo && PRUNED_KINDS.includes(kind)) slice.missed.push(sequence);
  }
  return slice;
}

/** The last sequence before the block in which a moment of receipt lies: all up to it came before. */
function blockBorders(db: DatabaseSync): (moment: number) => Sequence {
  const border = db.prepare('SELECT max(first) AS first FROM blocks WHERE received <= ?');
  return (moment) => Number(border.get(moment)?.['first'] ?? 1) - 1;
}

/** Consecutive slices without a followed record between them are one gap. */
function gapNotes(db: DatabaseSync): (slice: Slice) => void {
  const latest = db.prepare('SELECT first, last, count FROM gaps ORDER BY first DESC LIMIT 1');
  const put = db.prepare('INSERT OR REPLACE INTO gaps VALUES (?, ?, ?, ?)');
  return ({ missed, received }) => {
    const [first, last] = [missed[0], missed.at(-1)];
    if (first === undefined || last === undefined) return;
    const gap = latest.get();
    const isMore = gap !== undefined && Number(gap['last']) === first - 1;
    const begin = isMore ? Number(gap['first']) : first;
    put.run(begin, last, missed.length + (isMore ? Number(gap['count']) : 0), received);
  };
}
