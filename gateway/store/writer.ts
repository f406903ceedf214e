// The thread that owns every write. It holds the folder, opens the database, and then answers one
// group of writes at a time. After a failure the connection is thrown away and opened anew before
// the next group: a failed fsync may have dropped pages that SQLite still believes in.
//
//   group ──▶ BEGIN … COMMIT (fsync) ──▶ slice of upkeep, if asked for ──▶ written
//                 any failure ──▶ failed, connection closed
import { once } from 'node:events';
import type { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { Fault } from '../domain/fault.ts';
import type { GroupWriter, Write } from './write-group.ts';
import type { FromWriter, GroupAnswer } from './thread.ts';
import type { StoreSettings, UpkeepState } from './log.ts';
import type { Upkeep } from './upkeep.ts';
import { FORMAT_VERSION, faultOf, formatVersion, openConnection, wordsOf } from './connection.ts';
import type { HeldFolder } from './store-folder.ts';
import { holdFolder } from './store-folder.ts';
import { startThread, tell } from './thread.ts';
import { upkeep } from './upkeep.ts';
import { groupWriter } from './write-group.ts';

interface OpenDatabase {
  readonly db: DatabaseSync;
  readonly group: GroupWriter;
  readonly keeping: Upkeep;
}

const settings = workerData as StoreSettings;
const say = (message: FromWriter): void => tell(parentPort, message);

try {
  await start(holdFolder(settings.dir));
} catch (error) {
  const fault = faultOf('store-unavailable', `opening the store in ${settings.dir}`, error);
  say({ kind: 'unopened', fault: { code: fault.code, message: fault.message } });
}

async function start(folder: HeldFolder): Promise<void> {
  try {
    await upgrade(folder.file);
    serve(folder);
  } catch (error) {
    folder.release();
    throw error;
  }
}

async function upgrade(file: string): Promise<void> {
  const db = openConnection(file, 'write');
  const version = formatVersion(db);
  db.close();
  if (version > FORMAT_VERSION) {
    throw new Fault(
      'store-newer',
      `opening the store in ${settings.dir}: its format is ${version}, this version knows ${FORMAT_VERSION}`,
    );
  }
  if (version === FORMAT_VERSION) return;
  await once(startThread(new URL('./migrate.ts', import.meta.url), { file }), 'exit');
}

function serve({ file, release }: HeldFolder): void {
  let opened: OpenDatabase | undefined = openDatabase(file);
  say({ kind: 'ready', head: opened.group.head() });
  parentPort?.on('message', (message: readonly Write[] | 'close') => {
    if (message === 'close') {
      opened?.db.close(); // the last connection to close folds the journal into the database
      release();
      say({ kind: 'closed' });
      parentPort?.close();
      return;
    }
    try {
      opened ??= openDatabase(file);
      const answer = writeGroup(opened, message);
      say(answer);
      if (answer.upkeep.why === undefined) return;
    } catch (error) {
      say({ kind: 'failed', why: wordsOf(error) });
    }
    opened?.db.close(); // and with it goes whatever transaction is still open
    opened = undefined;
  });
}

function openDatabase(file: string): OpenDatabase {
  const db = openConnection(file, 'write');
  const group = groupWriter(db, settings);
  return { db, group, keeping: upkeep({ db, settings, ...group }) };
}

function writeGroup({ group, keeping }: OpenDatabase, writes: readonly Write[]): GroupAnswer {
  const start = performance.now();
  const written = group.write(writes);
  const tookMs = performance.now() - start;
  const state = tidyUp(keeping, writes);
  return { kind: 'written', written, head: group.head(), tookMs, upkeep: state };
}

/** What was written is durable whatever becomes of the slice. */
function tidyUp(keeping: Upkeep, writes: readonly Write[]): UpkeepState {
  const asked = writes.filter((write) => write.kind === 'tidy');
  try {
    if (asked.length > 0) keeping.work(asked.some(({ isThorough }) => isThorough));
    return keeping.state();
  } catch (error) {
    return { ...keeping.state(), why: wordsOf(error) };
  }
}
