// The thread that owns every write. It holds the folder, opens the database, and then answers one
// group of writes at a time (writing.ts), until it is told to close.
import { parentPort, workerData } from 'node:worker_threads';
import { ballastIn, growInQuiet } from './ballast.ts';
import { faultOf } from './connection.ts';
import { highWaterIn } from './high-water.ts';
import { readyDatabase } from './opening.ts';
import type { PackedGroup, SeriesName } from './packed-group.ts';
import { holdFolder } from './store-folder.ts';
import { type FromWriter, tell, type WriterSetup } from './thread.ts';
import { createWriting } from './writing.ts';

const { settings, answered } = workerData as WriterSetup;
/** What the main thread has named so far; it names each once, whatever becomes of the connection. */
const names: SeriesName[] = [];
const say = (message: FromWriter): void => tell(parentPort, message);

try {
  await start();
} catch (error) {
  const fault = faultOf('store-unavailable', `opening the store in ${settings.dir}`, error);
  say({ kind: 'unopened', fault: { code: fault.code, message: fault.message } });
}

async function start(): Promise<void> {
  const { dir, ballastBytes = 0 } = settings;
  const { file, release } = holdFolder(dir);
  const ballast = ballastIn(dir, ballastBytes);
  const before = answered === undefined ? {} : { answered };
  const premises = { dir, file, ballast, mark: highWaterIn(dir), ...before };
  try {
    const news = await readyDatabase(premises);
    const writing = createWriting(premises, { settings, names });
    say({ kind: 'ready', head: writing.open(), news });
    parentPort?.on('message', (message: PackedGroup | 'close') => {
      if (message !== 'close') {
        names.push(...message.rows.series);
        return writing.answer(message, say);
      }
      writing.close();
      release();
      say({ kind: 'closed' });
      parentPort?.close();
    });
    if (ballastBytes > 0) growInQuiet(premises.ballast);
  } catch (error) {
    release();
    throw error;
  }
}
