// A gateway reduced to its store, for tests that kill it: appends messages of three entries, many
// at once, and prints one line for each answer: `acked <message> <first>` or `refused <message> <code>`.
// Run as: node appender.ts <dir> <first message> [<messages>]
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { Fault } from '../../gateway/domain/fault.ts';
import { reading, settingsFor } from './entries.ts';

const IN_FLIGHT = 32;
const [dir = '', start = '0', count = 'Infinity'] = process.argv.slice(2);
const store = await openStore(settingsFor(dir));
let next = Number(start);
const end = next + Number(count);

async function sendOn(): Promise<void> {
  while (next < end) {
    const message = next++;
    const entries = [0, 1, 2].map((part) => reading({ value: message, part }));
    const said = await store.log.append(entries).then(
      (first) => `acked ${message} ${first}`,
      (error: unknown) => `refused ${message} ${error instanceof Fault ? error.code : 'unknown'}`,
    );
    process.stdout.write(`${said} ${store.health().state}\n`);
  }
}

await Promise.all(Array.from({ length: IN_FLIGHT }, sendOn));
await store.close();
