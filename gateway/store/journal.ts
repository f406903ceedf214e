// Keeps the journal small. It is folded into the database after a group was answered, so that no
// acknowledgement waits for that; and where somebody reads without a pause, so that the fold never
// reaches the journal's end, the writer waits a moment for the reader before the journal gets too long.
import type { DatabaseSync } from 'node:sqlite';
import type { StoreSettings } from './log.ts';

export interface Journal {
  /** To be called after each group. */
  tend(): void;
  /** Folds all of it in, so that it begins anew; as far as nobody reads. */
  foldAll(): void;
}

/**
 * 8 and 32 MB of log before it is folded in: a page that changed often meanwhile is written once, and
 * the group that comes next waits some 3 ms for each 4 MB.
 */
const PAGES = { latency: 2000, wear: 8000 };
/** Some 50 MB: from here on a reader is waited for a moment, once a second. */
const LONG_PAGES = 12_000;
/** Some 57 MB: from here on before every group, so that a reader slows the writing down. */
const MOST_PAGES = 13_800;
const MOMENT_MS = 200;
const WAIT_MS = 1000;

export function journalOf(db: DatabaseSync, { sync = 'latency' }: StoreSettings): Journal {
  db.exec('PRAGMA wal_autocheckpoint = 0');
  const length = db.prepare('PRAGMA wal_checkpoint(NOOP)');
  const fold = db.prepare('PRAGMA wal_checkpoint(PASSIVE)');
  const foldAndRestart = db.prepare('PRAGMA wal_checkpoint(RESTART)');
  const timeout = Number(db.prepare('PRAGMA busy_timeout').get()?.['timeout']);
  let folded = 0;
  let triedAt = -Infinity;

  const waitForReaders = (ms: number): void => {
    triedAt = performance.now();
    db.exec(`PRAGMA busy_timeout = ${ms}`);
    foldAndRestart.get();
    db.exec(`PRAGMA busy_timeout = ${timeout}`);
  };
  return {
    foldAll: () => void foldAndRestart.get(),
    tend() {
      const frames = Number(length.get()?.['log']);
      if (frames < folded) folded = 0; // it has begun anew
      if (frames > MOST_PAGES) waitForReaders(WAIT_MS);
      else if (frames > LONG_PAGES) {
        if (performance.now() - triedAt > WAIT_MS) waitForReaders(MOMENT_MS);
      } else if (frames - folded >= PAGES[sync]) {
        fold.get();
        folded = frames;
      }
    },
  };
}
