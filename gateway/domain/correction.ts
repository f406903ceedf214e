// A figure of the ledger put right by people: what the scales said stays, and beside it stands what is
// to be added or taken off, with its reason. One asks, another agrees; until then nothing changes.
// Promise: a correction is never edited and never removed; a wrong one is answered by another.
import { isLocalDay, type LocalDay } from './day.ts';
import { STREAMS, type Stream } from './asset.ts';
import type { Basis } from './ledger.ts';
import type { Instant } from './time.ts';

export const CORRECTION_STATES = ['pending', 'approved', 'refused'] as const;
export type CorrectionState = (typeof CORRECTION_STATES)[number];

export interface Correction {
  /** `2026-11-22.wet.k1.1`: the first one to that day, stream and station. */
  readonly id: string;
  readonly basis: Basis;
  /** Added to the measured figure; below 0 taken off it. */
  readonly kg: number;
  readonly reason: string;
  readonly by: string;
  readonly at: Instant;
  readonly state: CorrectionState;
  /** Who agreed or refused, never the one who asked. */
  readonly decidedBy?: string;
  readonly decidedAt?: Instant;
  readonly answer?: string;
  /** The caller's Idempotency-Key. */
  readonly key?: string;
}

export interface CorrectedDay {
  readonly day: LocalDay;
  readonly stream: Stream;
  readonly station: string;
}

export const correctionId = ({ day, stream, station }: CorrectedDay, count: number): string =>
  `${day}.${stream}.${station}.${count}`;

/** Undefined for what is no correction's id. A station's id may hold dots. */
export function correctedDayOf(id: string): CorrectedDay | undefined {
  const [day = '', stream, ...rest] = id.split('.');
  const known = STREAMS.find((one) => one === stream);
  if (!isLocalDay(day) || !known || rest.length < 2) return undefined;
  return { day, stream: known, station: rest.slice(0, -1).join('.') };
}

/** What the approved ones add to one figure. */
export const correctedKg = (corrections: readonly Correction[], basis: Basis): number =>
  corrections
    .filter((one) => one.state === 'approved' && one.basis === basis)
    .reduce((sum, { kg }) => sum + kg, 0);
