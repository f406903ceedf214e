// The same messages a second from few devices and from many: what a message costs should not depend
// on how many others there are.
import { courtyard } from '../candidates/courtyard.ts';
import { openStand } from '../stand.ts';
import { whyNotSustained } from '../sustained.ts';
import type { Part } from './part.ts';

const RATE = 2_000;

export const growth: Part = {
  name: 'growth',
  title: 'the cost of a message with more devices',
  isQuick: false,
  async measure({ plan, book, tell }) {
    const costs: number[] = [];
    for (const lamps of plan.deviceCounts) {
      const stand = await openStand(courtyard.start, lamps);
      try {
        await stand.warmUp({ rate: RATE, seconds: plan.warmS });
        const observed = await stand.observe({ rate: RATE, seconds: plan.loadS });
        const why = whyNotSustained(observed);
        if (why !== undefined) book.note(`${lamps} devices do not keep up with ${RATE}: ${why}`);
        book.keep('growth', `${courtyard.name}, ${lamps} devices`, observed);
        costs.push(observed.cpuSPerMillion);
        tell(`${lamps} devices: ${observed.cpuSPerMillion.toFixed(1)} s per million`);
      } finally {
        await stand.close();
      }
    }
    book.add('growth', courtyard.name, (costs.at(-1) ?? Number.NaN) / (costs[0] ?? Number.NaN));
    const [fewest, most] = [plan.deviceCounts[0], plan.deviceCounts.at(-1)];
    const listed = costs.map((cost) => cost.toFixed(1)).join(', ');
    book.note(`CPU s per million messages with ${fewest} to ${most} devices: ${listed}`);
  },
};
