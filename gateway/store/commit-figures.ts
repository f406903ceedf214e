// How long commits take and how many entries they carry, in steps: a few numbers that are added to
// on every commit and never grow. Since the start for Prometheus, which subtracts by itself; of the
// last minutes for whoever asks how it is now.
import type { Figures } from './log.ts';

export interface CommitFigures {
  committed(tookMs: number, entries: number): void;
  read(): { readonly commitMs: Figures; readonly batch: Figures };
}

/** 1, 2, 5, 10, …: as exact as anybody acts on. */
const MILLISECONDS = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];
const ENTRIES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];

/** What is older than one of these and younger than two counts as now. */
const GENERATION_MS = 60_000;

/** @param now monotonic, in milliseconds */
export function commitFigures(now: () => number): CommitFigures {
  const commitMs = figureBook(MILLISECONDS, now);
  const batch = figureBook(ENTRIES, now);
  return {
    committed(tookMs, entries) {
      commitMs.add(tookMs);
      if (entries > 0) batch.add(entries);
    },
    read: () => ({ commitMs: commitMs.read(), batch: batch.read() }),
  };
}

interface FigureBook {
  add(value: number): void;
  read(): Figures;
}

export function figureBook(borders: readonly number[], now: () => number): FigureBook {
  const empty = (): number[] => Array.from({ length: borders.length + 1 }, () => 0);
  const total = empty();
  let older = empty();
  let recent = empty();
  let began = now();
  let sum = 0;

  const turnOver = (): void => {
    const age = now() - began;
    if (age < GENERATION_MS) return;
    older = age < 2 * GENERATION_MS ? recent : empty();
    recent = empty();
    began = now();
  };
  return {
    add(value) {
      turnOver();
      const found = borders.findIndex((border) => value <= border);
      const step = found === -1 ? borders.length : found;
      total[step] = (total[step] ?? 0) + 1;
      recent[step] = (recent[step] ?? 0) + 1;
      sum += value;
    },
    read() {
      turnOver();
      const lately = recent.map((count, step) => count + (older[step] ?? 0));
      const upTo = cumulated(total);
      return {
        p50: quantile(0.5, lately, borders),
        p99: quantile(0.99, lately, borders),
        count: upTo.at(-1) ?? 0,
        sum,
        steps: borders.map((border, step) => [border, upTo[step] ?? 0] as const),
      };
    },
  };
}

function cumulated(counts: readonly number[]): number[] {
  let sum = 0;
  return counts.map((count) => (sum += count));
}

/** Within a step as if its values were spread evenly, as Prometheus has it; the last step's start. */
function quantile(share: number, counts: readonly number[], borders: readonly number[]): number {
  const upTo = cumulated(counts);
  const rank = share * (upTo.at(-1) ?? 0);
  if (rank === 0) return 0;
  const step = upTo.findIndex((count) => count >= rank);
  const [from, to] = [borders[step - 1] ?? 0, borders[step]];
  if (to === undefined) return from;
  const before = upTo[step - 1] ?? 0;
  return from + ((to - from) * (rank - before)) / (counts[step] ?? 1);
}
