// The memory that 10,000 messages a second of 1,000 devices take, and whether it stays at that. It is
// looked at after each of several loads in a row; the broker of a peer counts with it.
import type { Candidate } from '../candidates/candidate.ts';
import { openStand } from '../stand.ts';
import type { Bench, Part } from './part.ts';

const RATE = 10_000;
const LAMPS = 1_000;
/** Two to become steady in, two to see whether it is. */
const LOADS = 4;

export const memory: Part = {
  name: 'memory',
  title: `memory with ${LAMPS.toLocaleString('en')} devices`,
  isQuick: false,
  async measure(bench) {
    const able = bench.candidates.filter(({ isSlow, isBeside }) => !isSlow && !isBeside);
    for (const candidate of able) await measureOne(bench, candidate);
  },
};

async function measureOne({ plan, book, tell }: Bench, candidate: Candidate): Promise<void> {
  const stand = await openStand(candidate.start, LAMPS);
  const seconds = plan.memoryS / LOADS;
  try {
    const residentMb: number[] = [];
    for (let load = 0; load < LOADS; load += 1) {
      const observed = await stand.observe({ rate: RATE, seconds });
      residentMb.push(observed.residentMb);
      book.keep('memory', candidate.name, observed);
      tell(`${candidate.name}: ${observed.residentMb.toFixed(0)} MB`);
    }
    const [first = 0, last = 0] = [residentMb[LOADS / 2 - 1], residentMb.at(-1)];
    book.add('memory', candidate.name, Math.max(...residentMb));
    book.add('memoryGrowth', candidate.name, (last - first) / ((seconds * LOADS) / 2 / 60));
  } finally {
    await stand.close();
  }
}
