// What 10,000 messages a second of 100 devices cost, and how long a sensor's alarm takes to be told
// over HTTP meanwhile.
import { nodeRedAsDrawn } from '../candidates/node-red.ts';
import type { Candidate } from '../candidates/candidate.ts';
import { openStand } from '../stand.ts';
import { whyNotSustained } from '../sustained.ts';
import type { Bench, Part } from './part.ts';

const RATE = 10_000;
const WARM_UP_S = 2;

export const atTenThousand: Part = {
  name: 'load',
  title: `at ${RATE.toLocaleString('en')} messages a second`,
  isQuick: true,
  async measure(bench) {
    // The flow as people draw it keeps up with a third of that; what it does then is no figure.
    const able = bench.candidates.filter((candidate) => candidate !== nodeRedAsDrawn);
    for (let run = 0; run < bench.plan.runs; run += 1) {
      for (const candidate of able) await measureOne(bench, candidate);
    }
  },
};

async function measureOne({ plan, book, tell }: Bench, candidate: Candidate): Promise<void> {
  const stand = await openStand(candidate.start);
  try {
    await stand.observe({ rate: RATE / 10, seconds: WARM_UP_S });
    const observed = await stand.observe({ rate: RATE, seconds: plan.loadS, warmup: 1 });
    const { name } = candidate;
    const why = whyNotSustained(observed);
    book.keep('load', name, { ...observed, why });
    if (why !== undefined) book.note(`${name} does not keep up with ${RATE} msg/s: ${why}`);
    book.add('cpu', name, observed.cpuSPerMillion);
    book.add('answer', name, observed.load.ackMs.p99);
    if (observed.catchUp.state !== 'going on') book.add('lost', name, observed.lost);
    const { alerts } = observed;
    if (alerts === undefined) book.note(`${name} tells no alerts by HTTP in this version`);
    else book.add('alert', name, alerts.delayMs.p99);
    if (alerts !== undefined && alerts.arrived < alerts.expected)
      book.note(`${name}: ${alerts.arrived} of ${alerts.expected} alerts arrived at ${RATE} msg/s`);
    tell(`${name}: ${why ?? 'keeps up'}, ${observed.cpuSPerMillion.toFixed(1)} s per million`);
  } finally {
    await stand.close();
  }
}
