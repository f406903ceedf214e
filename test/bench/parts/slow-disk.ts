// A poor card: every fsync takes 20 ms more. What is acknowledged is still on the disk, so the rate
// tells how many messages share one fsync.
import { courtyard } from '../candidates/courtyard.ts';
import { has } from '../../tools.ts';
import { openStand } from '../stand.ts';
import type { Part } from './part.ts';

const DELAY_US = 20_000;

/** Stops the traced process at these calls only, so that the tracer itself costs next to nothing. */
const TRACER = [
  'strace',
  '-f',
  '--seccomp-bpf',
  '-qqq',
  '-o',
  '/dev/null',
  '-e',
  'trace=fsync,fdatasync',
  '-e',
  `inject=fsync,fdatasync:delay_exit=${DELAY_US}`,
];

export const slowDisk: Part = {
  name: 'slow-disk',
  title: 'every fsync 20 ms slower',
  isQuick: true,
  async measure({ plan, book, tell }) {
    if (!has('strace')) return book.note('strace is absent: no slow disk');
    const stand = await openStand((around) => courtyard.start(around, { under: TRACER }));
    try {
      await stand.warmUp({ seconds: plan.warmS });
      for (let run = 0; run < plan.runs; run += 1) {
        const observed = await stand.observe({ seconds: plan.loadS });
        book.keep('slow-disk', courtyard.name, observed);
        book.add('slowDisk', courtyard.name, observed.load.ackedPerS);
        tell(`${observed.load.ackedPerS} acknowledged a second, p50 ${observed.load.ackMs.p50} ms`);
      }
    } finally {
      await stand.close();
    }
  },
};
