// What 10,000 messages a second of 100 devices cost, and how long a sensor's alarm takes to be told
// over HTTP meanwhile.
import type { Candidate } from '../candidates/candidate.ts';
import { openStand } from '../stand.ts';
import { whyNotSustained } from '../sustained.ts';
import { costIn } from '../cost-in-words.ts';
import type { Bench, Part } from './part.ts';
import { inRun } from './part.ts';

const RATE = 10_000;

export const atTenThousand: Part = {
  name: 'load',
  title: `at ${RATE.toLocaleString('en')} messages a second`,
  isQuick: true,
  async measure(bench) {
    const able = bench.candidates.filter((candidate) => candidate.isSlow !== true);
    for (let run = 0; run < bench.plan.runs; run += 1) {
      for (const candidate of inRun(able, run)) await measureOne(bench, candidate);
    }
  },
};

async function measureOne({ plan, book, tell }: Bench, candidate: Candidate): Promise<void> {
  const stand = await openStand(candidate.start);
  try {
    await stand.warmUp({ rate: RATE, seconds: plan.warmS });
    const observed = await stand.observe({ rate: RATE, seconds: plan.loadS });
    const { name } = candidate;
    const why = whyNotSustained(observed);
    book.keep('load', name, { ...observed, why });
    if (why !== undefined) book.note(`${name} does not keep up with ${RATE} msg/s: ${why}`);
    book.add('cpu', name, observed.cpuSPerMillion);
    book.add('cpuBusiest', name, Math.max(...Object.values(observed.threadsCpuSPerMillion)));
    book.add('answer', name, observed.load.ackMs.p99);
    if (observed.catchUp.state !== 'going on') book.add('lost', name, observed.lost);
    const { alerts } = observed;
    if (alerts === undefined) book.note(`${name} tells no alerts by HTTP in this version`);
    else book.add('alert', name, alerts.delayMs.p99);
    if (alerts !== undefined && alerts.arrived < alerts.expected)
      book.note(`${name}: ${alerts.arrived} of ${alerts.expected} alerts arrived at ${RATE} msg/s`);
    tell(`${name}: ${why ?? 'keeps up'}, ${costIn(observed)}`);
  } finally {
    await stand.close();
  }
}
