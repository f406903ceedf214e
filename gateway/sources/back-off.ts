// How long to wait before trying again: one second, doubled with each failure up to half a minute,
// each time spread by a fifth so that ports that went together are not all tried together.
import { ExponentialBackoff, noJitterGenerator } from 'cockatiel';
import type { IBackoff } from 'cockatiel';
import type { Duration } from '../domain/time.ts';
import { milliseconds, seconds } from '../domain/time.ts';

/** A number from 0 up to, not including, 1; a test hands in its own. */
export type Chance = () => number;

export interface BackOff {
  /** The wait after one more failure. */
  next(): Duration;
  /** After a success: the next failure waits the shortest time again. */
  reset(): void;
}

export const LONGEST_WAIT = seconds(30);
const SHORTEST_WAIT = seconds(1);
const SPREAD = 0.2;

export function createBackOff(chance: Chance = Math.random): BackOff {
  const doubling = new ExponentialBackoff({
    generator: noJitterGenerator,
    initialDelay: SHORTEST_WAIT,
    maxDelay: LONGEST_WAIT,
  });
  let step: IBackoff<unknown> | undefined;
  return {
    next() {
      step = step === undefined ? doubling.next() : step.next(undefined);
      return milliseconds(Math.round(step.duration * (1 - SPREAD + 2 * SPREAD * chance())));
    },
    reset() {
      step = undefined;
    },
  };
}
