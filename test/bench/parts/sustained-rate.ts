// How many messages a second each candidate takes for as long as it is asked to, and loses none. The
// first run searches; the others begin where it ended. The candidates take turns, so that a machine
// that slows down slows all of them down.
import type { Candidate } from '../candidates/candidate.ts';
import type { Search } from '../rate-search.ts';
import { highestRate } from '../rate-search.ts';
import type { Stand } from '../stand.ts';
import { openStand } from '../stand.ts';
import { CATCH_UP_S, whyNotSustained } from '../sustained.ts';
import { costIn } from '../cost-in-words.ts';
import type { Bench, Part } from './part.ts';
import { inRun } from './part.ts';

export const sustainedRate: Part = {
  name: 'rate',
  title: 'the highest rate that each sustains',
  isQuick: true,
  async measure(bench) {
    const { plan, book } = bench;
    const before = new Map<Candidate, number>();
    for (let run = 0; run < plan.runs; run += 1) {
      for (const candidate of inRun(bench.candidates, run)) {
        const found = before.get(candidate);
        const search: Search =
          found === undefined
            ? { from: candidate.beginAt, factor: plan.factor, exactTo: plan.exactTo }
            : { from: found, factor: plan.exactTo, exactTo: plan.exactTo };
        const rate = await searchWith(bench, candidate, search);
        if (rate > 0) before.set(candidate, rate);
        book.add('rate', candidate.name, rate);
        bench.tell(`${candidate.name}: ${rate} msg/s`);
      }
    }
  },
};

/**
 * Of the rate that is tried first. Warmed up at the whole of it, a candidate whose code is still cold
 * would begin with minutes of messages that piled up, and with the memory that they took.
 */
const WARM_SHARE = 0.6;

async function searchWith(bench: Bench, candidate: Candidate, search: Search): Promise<number> {
  let stand: Stand | undefined;
  const fresh = async (rate: number): Promise<Stand> => {
    const opened = await openStand(candidate.start);
    await opened.warmUp({ rate: rate * WARM_SHARE, seconds: bench.plan.warmS });
    return opened;
  };
  try {
    return await highestRate(async (rate) => {
      stand ??= await fresh(rate);
      const observed = await stand.observe({
        rate,
        seconds: bench.plan.tryS,
        catchUpWithin: CATCH_UP_S + 1,
      });
      const why = whyNotSustained(observed);
      bench.book.keep('rate', candidate.name, { ...observed, why });
      bench.tell(`${candidate.name} at ${rate}: ${why ?? 'keeps up'}, ${costIn(observed)}`);
      if (why === undefined) return true;
      await stand.close(); // what has piled up would be the next try's
      stand = undefined;
      return false;
    }, search);
  } finally {
    await stand?.close();
  }
}
