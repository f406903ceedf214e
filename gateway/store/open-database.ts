// The database as the writer's thread has it open: one group at a time, with what keeps it small.
import type { DatabaseSync } from 'node:sqlite';
import { isDamage, openConnection, wordsOf } from './connection.ts';
import { journalOf, type Journal } from './journal.ts';
import type { StoreSettings, UpkeepState } from './log.ts';
import type { PackedGroup, SeriesName } from './packed-group.ts';
import type { GroupAnswer } from './thread.ts';
import { upkeep, type Upkeep } from './upkeep.ts';
import { groupWriter, type GroupWriter } from './write-group.ts';

export interface OpenDatabase {
  readonly db: DatabaseSync;
  readonly group: GroupWriter;
  readonly keeping: Upkeep;
  readonly journal: Journal;
}

export function openDatabase(
  file: string,
  settings: StoreSettings,
  names: readonly SeriesName[],
): OpenDatabase {
  const db = openConnection(file, 'write');
  try {
    const group = groupWriter(db, settings, names);
    const keeping = upkeep({ db, settings, ...group });
    return { db, group, keeping, journal: journalOf(db, settings) };
  } catch (error) {
    db.close();
    throw error;
  }
}

export function writeGroup({ group, keeping }: OpenDatabase, packed: PackedGroup): GroupAnswer {
  const start = performance.now();
  const outcome = group.write(packed);
  const tookMs = performance.now() - start;
  const state = tidyUp(keeping, packed);
  return { kind: 'written', outcome, head: group.head(), tookMs, upkeep: state };
}

/** What was written is durable whatever becomes of the slice; damage is everybody's. */
function tidyUp(keeping: Upkeep, { writes }: PackedGroup): UpkeepState {
  const asked = writes.filter((write) => write.kind === 'tidy');
  try {
    if (asked.length > 0) keeping.work(asked.some(({ isThorough }) => isThorough));
    return keeping.state();
  } catch (error) {
    return { ...keeping.state(), why: wordsOf(error), isDamaged: isDamage(error) };
  }
}
