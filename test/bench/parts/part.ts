// The contract of a part of the bench: it measures some figures of some candidates and writes them
// into the book.
import type { Candidate } from '../candidates/candidate.ts';
import type { Book } from '../figures.ts';

export interface Part {
  readonly name: string;
  readonly title: string;
  /** Whether the short run has it too. */
  readonly isQuick: boolean;
  measure(bench: Bench): Promise<void>;
}

export interface Bench {
  readonly book: Book;
  readonly plan: Plan;
  readonly candidates: readonly Candidate[];
  /** A line for who waits. */
  tell(words: string): void;
}

/** How long and how often. */
export interface Plan {
  readonly runs: number;
  /** A load before anything is counted, so that just-in-time compilation is over. */
  readonly warmS: number;
  /** One try of the search for the highest rate, and how close it comes to it. */
  readonly tryS: number;
  readonly factor: number;
  readonly exactTo: number;
  /** One load at a fixed rate. */
  readonly loadS: number;
  readonly memoryS: number;
  /** One load of a few messages a second. */
  readonly quietS: number;
  readonly startMillions: number;
  /** Of the bins' year, as many days are fed; a few hours where absent. */
  readonly daysFed?: number;
  /** From the fewest to the most. */
  readonly deviceCounts: readonly number[];
}

export const QUICK: Plan = {
  runs: 1,
  warmS: 6,
  tryS: 6,
  factor: 1.3,
  exactTo: 1.3,
  loadS: 6,
  memoryS: 20,
  quietS: 6,
  startMillions: 1,
  deviceCounts: [10, 1_000],
};

export const FULL: Plan = {
  runs: 5,
  warmS: 6,
  tryS: 6,
  factor: 1.25,
  exactTo: 1.12,
  loadS: 8,
  memoryS: 48,
  quietS: 15,
  startMillions: 20,
  deviceCounts: [10, 100, 1_000, 10_000],
};

/** Those of a run: what is shown without a target is measured in the first one only. */
export const inRun = (candidates: readonly Candidate[], run: number): readonly Candidate[] =>
  candidates.filter((candidate) => run === 0 || candidate.isBeside !== true);
