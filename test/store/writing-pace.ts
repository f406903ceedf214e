// A gateway reduced to its store, that is told readings at a steady pace and prints as JSON what this
// process had written to the disk for each of them, and how long they waited to be acknowledged.
// Run as: node writing-pace.ts <dir> latency|wear <readings per second> <seconds>
import { readFileSync } from 'node:fs';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { at, reading, settingsFor } from './entries.ts';

const [dir = '', sync = '', perSecond = '', seconds = ''] = process.argv.slice(2);
const store = await openStore({ ...settingsFor(dir), sync: sync === 'wear' ? 'wear' : 'latency' });
await store.log.append([reading()]);

const written = (): number =>
  Number(/^write_bytes: (\d+)/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);

const before = written();
const count = Number(perSecond) * Number(seconds);
const began = performance.now();
const waits: number[] = [];
const answers: Promise<void>[] = [];

/** One message after the other, each at its time, however long the ones before wait. */
async function tell(): Promise<void> {
  for (let told = 0; told < count; told += 1) {
    const due = began + (told * 1000) / Number(perSecond);
    while (performance.now() < due) await new Promise((resolve) => setTimeout(resolve, 1));
    const from = performance.now();
    const answer = store.log.append([reading({ value: told, observedAt: at(told) })]);
    answers.push(answer.then(() => void waits.push(performance.now() - from)));
  }
}
await tell();
await Promise.all(answers);
const sorted = waits.toSorted((a, b) => a - b);
const bytesPerReading = Math.round((written() - before) / count);
const p50Ms = sorted[Math.floor(sorted.length / 2)];
process.stdout.write(
  JSON.stringify({ bytesPerReading, p50Ms, commits: store.health().commits, count }),
);
await store.close();
