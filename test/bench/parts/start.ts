// From the start of the process until it says that it is ready, on a store that holds a month of a
// large compound. Everybody who follows the log has passed it, as after any orderly stop.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Quantity } from '../../../gateway/domain/quantity.ts';
import type { ReadingEntry } from '../../../gateway/domain/record.ts';
import { days, earlier, instant, later, milliseconds } from '../../../gateway/domain/time.ts';
import { openStore } from '../../../gateway/store/sqlite-store.ts';
import { courtyard } from '../candidates/courtyard.ts';
import { fill } from '../fill.ts';
import { lampId } from '../lamp-messages.ts';
import { openStand } from '../stand.ts';
import type { Bench, Part } from './part.ts';

const LAMPS = 100;
const SPAN = days(29);
const QUANTITIES: readonly Quantity[] = ['power', 'voltage', 'leak'];

export const start: Part = {
  name: 'start',
  title: 'start to ready on a full store',
  isQuick: true,
  async measure(bench) {
    const { plan, book } = bench;
    const stand = await openStand(async (around) => {
      const dir = path.join(around.folder, 'store');
      mkdirSync(dir);
      await fillMonth(bench, dir);
      for (let run = 1; run < plan.runs; run += 1) {
        const running = await courtyard.start(around);
        book.add('ready', courtyard.name, running.readyMs / 1000);
        await running.stop();
      }
      return courtyard.start(around);
    }, LAMPS);
    book.add('ready', courtyard.name, stand.running.readyMs / 1000);
    book.note(`start to ready on ${plan.startMillions} million readings`);
    await stand.close();
  },
};

async function fillMonth({ plan, tell }: Bench, dir: string): Promise<void> {
  const count = plan.startMillions * 1_000_000;
  const day = { zone: 'Asia/Shanghai', dayStartsAtMinute: 0 };
  const store = await openStore({ dir, rawKeep: days(7), rawKeepBytes: 1_000_000, day });
  const began = performance.now();
  const from = earlier(instant(Date.now()), SPAN);
  await fill(store, count, (index) =>
    entryAt(index, later(from, milliseconds(Math.floor((index / count) * SPAN)))),
  );
  await store.tidy();
  const head = store.log.head();
  await store.step.save({ cursor: head, puts: [], alarms: [], tickets: [], derived: [] });
  await store.cursors.move('influx', head);
  await store.close();
  tell(
    `${plan.startMillions} million readings in ${Math.round((performance.now() - began) / 1000)} s`,
  );
}

function entryAt(index: number, at: ReadingEntry['observedAt']): ReadingEntry {
  const device = lampId(index % LAMPS);
  const turn = Math.floor(index / LAMPS);
  return {
    kind: 'reading',
    device,
    asset: device,
    quantity: QUANTITIES[turn % QUANTITIES.length] ?? 'power',
    value: 20 + ((index * 7) % 1000) / 100,
    observedAt: at,
    receivedAt: at,
    seq: turn % 65_536,
    digest: Math.imul(index, 2_654_435_761) >>> 0,
    part: 0,
  };
}
