// What is being written of a correction, and when it may be sent. The gateway checks it again; here the
// person hears of it while they type.
import type { Basis } from './opened-day.ts';

export const REASON_LENGTH = 500;
/** A month of a big station; more is a slip of the finger. */
const MOST_KG = 100_000;

export interface Draft {
  readonly basis: Basis;
  /** As it was typed: `-12.5`, and what phones make of it. */
  readonly kg: string;
  readonly reason: string;
}

export const EMPTY: Draft = { basis: 'deposited', kg: '', reason: '' };

/** Undefined for what is no weight. A minus may be typed in several ways. */
export function kgIn({ kg }: Pick<Draft, 'kg'>): number | undefined {
  const plain = kg
    .trim()
    .replace(/^[−－–]/, '-')
    .replace(/^＋/, '+');
  if (!/^[+-]?\d{1,6}(?:\.\d{1,3})?$/.test(plain)) return undefined;
  const value = Number(plain);
  return value === 0 || Math.abs(value) > MOST_KG ? undefined : value;
}

/** @param nowKg the figure as it is reported today */
export const takesTooMuch = (draft: Draft, nowKg: number): boolean =>
  nowKg + (kgIn(draft) ?? 0) < -0.0005;

export const isReady = (draft: Draft, nowKg: number): boolean =>
  kgIn(draft) !== undefined && !takesTooMuch(draft, nowKg) && draft.reason.trim() !== '';

export const correctionIn = (draft: Draft) => ({
  basis: draft.basis,
  kg: kgIn(draft) ?? 0,
  reason: draft.reason.trim(),
});
