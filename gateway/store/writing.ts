// One group after the other, on a disk that may fail. After a failure the connection is thrown away
// and opened anew before the next group: a failed fsync may have dropped pages that SQLite still
// believes in. Promise: what is answered `written` is on the disk, and nothing else is.
//
//   group ──▶ BEGIN … COMMIT (fsync) ──▶ slice of upkeep, if asked for ──▶ written ──▶ journal
//                 │ disk full ──▶ room is made, and once more
//                 └ any other failure ──▶ failed, connection closed
import { isDamage, isFull, wordsOf } from './connection.ts';
import type { StoreSettings } from './log.ts';
import { openDatabase, type OpenDatabase, writeGroup } from './open-database.ts';
import type { Premises } from './opening.ts';
import type { PackedGroup, SeriesName } from './packed-group.ts';
import { giveSome, makeRoom, scarcity } from './room.ts';
import { suspect } from './set-aside.ts';
import type { FromWriter, GroupAnswer } from './thread.ts';

export interface Writing {
  /** Opens the database, with room to write where the ballast was thrown out; gives its head. */
  open(): number;
  /** Answers first, and looks after the journal and the disk then. */
  answer(group: PackedGroup, say: (answer: FromWriter) => void): void;
  /** Folds the journal in, as far as the disk allows. */
  close(): void;
}

export interface WritingParts {
  readonly settings: StoreSettings;
  readonly names: readonly SeriesName[];
}

export function createWriting(premises: Premises, parts: WritingParts): Writing {
  const { dir, ballast, mark } = premises;
  const held = holdConnection(premises, parts);
  const isScarce = scarcity(dir);
  /** What was answered is durable whatever becomes of this. */
  const afterwards = ({ head, upkeep }: GroupAnswer): void => {
    try {
      mark.cover(head);
      const opened = held.open();
      opened.journal.tend();
      if (isScarce()) giveSome(opened);
      if (upkeep.isDamaged) suspect(dir, upkeep.why ?? '');
      if (upkeep.why !== undefined) held.drop();
    } catch (error) {
      held.drop(error); // the next group finds out whether it can be written
    }
  };
  return {
    open() {
      if (ballast.note() !== undefined) makeRoom(held.open());
      return held.open().group.head();
    },
    answer(group, say) {
      const answer = write(group, held, ballast);
      const note = ballast.note();
      say(answer.kind === 'written' && note !== undefined ? { ...answer, notes: [note] } : answer);
      if (answer.kind === 'written') afterwards(answer);
    },
    close() {
      try {
        const { journal, group } = held.open();
        journal.foldAll();
        mark.close(group.head());
      } catch {
        // the journal stays beside the database, and the next start takes it in
      } finally {
        held.drop(); // the last connection to close takes the journal away
      }
    },
  };
}

interface Held {
  /** The connection, a new one where the last was thrown away. */
  open(): OpenDatabase;
  /** Throws it away, and with it whatever transaction is still open; damage is remembered. */
  drop(error?: unknown): void;
}

function holdConnection({ dir, file }: Premises, { settings, names }: WritingParts): Held {
  let opened: OpenDatabase | undefined;
  return {
    open: () => (opened ??= openDatabase(file, settings, names)),
    drop(error) {
      opened?.db.close();
      opened = undefined;
      if (isDamage(error)) suspect(dir, wordsOf(error));
    },
  };
}

function write(group: PackedGroup, held: Held, ballast: Premises['ballast']): FromWriter {
  try {
    return writeGroup(held.open(), group);
  } catch (error) {
    held.drop(error);
    return isFull(error) ? writeWhereFull(group, held, ballast) : failed(error);
  }
}

/** First with the room that the store itself can give, then with the ballast's as well. */
function writeWhereFull(group: PackedGroup, held: Held, ballast: Premises['ballast']): FromWriter {
  for (;;) {
    try {
      makeRoom(held.open());
      return writeGroup(held.open(), group);
    } catch (error) {
      held.drop(error);
      if (!isFull(error) || !ballast.drop()) return failed(error);
    }
  }
}

const failed = (error: unknown): FromWriter => ({
  kind: 'failed',
  why: wordsOf(error),
  isDamaged: isDamage(error),
});
