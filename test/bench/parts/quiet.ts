// Few messages: how soon a lone one is acknowledged, and what each reading costs the disk, in both
// settings of the store. A card wears out by bytes, a person waits by milliseconds.
import { accepts, courtyard } from '../candidates/courtyard.ts';
import type { Sync } from '../candidates/courtyard.ts';
import { READINGS_PER_MESSAGE } from '../lamp-messages.ts';
import { openStand } from '../stand.ts';
import type { Bench, Part } from './part.ts';

/** Of all lamps together: one is answered long before the next one speaks. */
const LONE_RATE = 5;

export const lone: Part = {
  name: 'lone',
  title: 'a lone message',
  isQuick: true,
  async measure({ plan, book }) {
    const stand = await openStand(courtyard.start);
    try {
      for (let run = 0; run < plan.runs; run += 1) {
        const observed = await stand.observe({ rate: LONE_RATE, seconds: plan.quietS / 2 });
        book.keep('lone', courtyard.name, observed);
        book.add('lone', courtyard.name, observed.load.ackMs.p50);
      }
    } finally {
      await stand.close();
    }
  },
};

export const disk: Part = {
  name: 'disk',
  title: 'bytes to the disk in both settings',
  isQuick: false,
  async measure(bench) {
    if (!accepts({ sync: 'wear' }) || !accepts({ sync: 'latency' })) {
      bench.book.note('this version has no store.sync: nothing measured in two settings');
      return;
    }
    for (const rate of [10, 1_000] as const) {
      const latency = await measureSetting(bench, { rate, sync: 'latency' });
      const wear = await measureSetting(bench, { rate, sync: 'wear' });
      bench.book.add(`wear${rate}`, courtyard.name, wear / latency);
    }
  },
};

interface Setting {
  readonly rate: 10 | 1_000;
  readonly sync: Sync;
}

async function measureSetting({ plan, book, tell }: Bench, { rate, sync }: Setting) {
  const stand = await openStand((around) => courtyard.start(around, { sync }));
  try {
    const observed = await stand.observe({ rate, seconds: plan.quietS });
    const bytes = observed.writtenBytesPerMessage / READINGS_PER_MESSAGE;
    const setting = sync === 'wear' ? 'Wear' : 'Latency';
    book.keep('disk', `${courtyard.name}, ${sync}`, observed);
    book.add(`bytes${rate}${setting}`, courtyard.name, bytes);
    book.add(`answer${rate}${setting}`, courtyard.name, observed.load.ackMs.p50);
    tell(`${rate} msg/s, ${sync}: ${bytes.toFixed(0)} bytes per reading`);
    return bytes;
  } finally {
    await stand.close();
  }
}
