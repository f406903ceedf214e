// What lies on a scale, without the container that it lies in.
import type { Kilograms } from './quantity.ts';

/** Gross less tare, to the gram; slightly below zero where an empty container lost weight. */
export const netWeight = (gross: Kilograms, tare: Kilograms): Kilograms =>
  (Math.round((gross - tare) * 1000) / 1000) as Kilograms;
