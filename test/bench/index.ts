// The bench as a whole: every part in turn, a table of ratios at the end, everything kept as JSON.
// Run as: npm run bench -- [--quick | --full] [--only rate,load,…] [--candidates courtyard,batched,…]
//         [--minutes 10] [--days 365] [--millions 20] [--devices 10,10000]
//
//   load ──MQTT──▶ candidate ──▶ influxd     each started anew in a folder of its own;
//                      └──HTTP──▶ sink       every message looked for by its number
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { has } from '../tools.ts';
import { courtyard } from './candidates/courtyard.ts';
import { CACHE } from './candidates/node-red.ts';
import { CANDIDATE_KEYS, chosen, presentOf } from './candidates/chosen.ts';
import { openBook } from './figures.ts';
import { machineFacts } from './machine-facts.ts';
import { atTenThousand } from './parts/at-ten-thousand.ts';
import { growth } from './parts/growth.ts';
import { ledger } from './parts/ledger.ts';
import { memory } from './parts/memory.ts';
import type { Part, Plan } from './parts/part.ts';
import { FULL, QUICK } from './parts/part.ts';
import { disk, lone } from './parts/quiet.ts';
import { rehearsal } from './parts/rehearsal.ts';
import { slowDisk } from './parts/slow-disk.ts';
import { start } from './parts/start.ts';
import { sustainedRate } from './parts/sustained-rate.ts';
import { tickets } from './parts/tickets.ts';
import { tableOf } from './table.ts';

const PARTS: readonly Part[] = [
  lone,
  start,
  slowDisk,
  sustainedRate,
  atTenThousand,
  memory,
  disk,
  growth,
  rehearsal,
  tickets,
  ledger,
];

const USAGE = `npm run bench -- [--quick | --full] [options]

  --quick           the short run, a few minutes; without either, the short run's parts as well
  --full            every part, each figure the median of several runs, half an hour
  --only a,b        only these parts: ${PARTS.map(({ name }) => name).join(' ')}
  --candidates a,b  only these: ${CANDIDATE_KEYS.join(' ')}
  --minutes 10      how long memory is looked at
  --devices 10,100  with how many devices the cost of a message is looked at
  --millions 20     readings in the store that is started on
  --days 365        of the bins' year, how many days are fed

Needs influxd, setpriv and mosquitto on the path (npm run test:setup); fetches Node-RED into a folder
of its own. Prints a table, and keeps every figure as JSON in node_modules/.cache/courtyard-bench.
`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h', default: false },
    quick: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    only: { type: 'string' },
    candidates: { type: 'string' },
    /** In the store that is started on. */
    millions: { type: 'string' },
    /** How many the growth is looked at with. */
    devices: { type: 'string' },
    /** How long memory is looked at. */
    minutes: { type: 'string' },
    /** How much of the bins' year is fed: 365 is all of it. */
    days: { type: 'string' },
  },
});
if (values.help) {
  process.stdout.write(USAGE);
  process.exit(0);
}
const plan: Plan = {
  ...(values.full ? FULL : QUICK),
  ...(values.days && { daysFed: Number(values.days) }),
  ...(values.minutes && { memoryS: Number(values.minutes) * 60 }),
  ...(values.millions && { startMillions: Number(values.millions) }),
  ...(values.devices && { deviceCounts: values.devices.split(',').map(Number) }),
};
const only = values.only?.split(',');
const parts = PARTS.filter((part) => only?.includes(part.name) ?? (values.full || part.isQuick));
const wanted = values.candidates?.split(',');
const known: readonly string[] = [...PARTS.map(({ name }) => name), ...CANDIDATE_KEYS];
const unknown = [...(only ?? []), ...(wanted ?? [])].filter((name) => !known.includes(name));
if (unknown.length > 0 || (values.quick && values.full)) {
  console.error(`not known: ${unknown.join(', ')}; there are ${known.join(' ')}`);
  process.exit(2);
}

const book = openBook();
if (!has('influxd', 'setpriv')) process.exit(1);
const candidates = presentOf(chosen({ wanted, isQuick: !values.full }), book.note);
const machine = machineFacts();
const versions = Object.fromEntries(candidates.map((each) => [each.name, each.version()]));
console.log({ machine, versions });

const began = performance.now();
for (const part of parts) {
  console.log(`\n${part.name}: ${part.title}`);
  try {
    await part.measure({ book, plan, candidates, tell: (words) => console.log(`  ${words}`) });
  } catch (error) {
    // The other parts are worth having all the same.
    book.note(`${part.name} FAILED: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}

const columns = new Set([courtyard, ...candidates].map((each) => each.name));
console.log(`\n${tableOf(book, [...columns])}\n`);
for (const note of book.notes()) console.log(`- ${note}`);
console.log(`\nkept in ${keep()}, after ${Math.round((performance.now() - began) / 1000)} s`);

function keep(): string {
  const folder = path.join(CACHE, 'results');
  mkdirSync(folder, { recursive: true });
  const at = new Date().toISOString();
  const [commit] = courtyard.version().split(/[ ,]/);
  const file = path.join(folder, `${at.replaceAll(':', '')}-${commit}.json`);
  const kept = { at, versions, machine, plan, ...book.everything() };
  writeFileSync(file, `${JSON.stringify(kept, null, 1)}\n`);
  return file;
}
