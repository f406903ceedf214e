// What was thrown in and what was taken away, per stream, station and day: the figures that are
// reviewed. Each says its basis, its origin and how much of its time was listened to, so that a low
// figure and a deaf gateway are never mistaken for one another.
// Promise: a month that came as one figure stays one; it is never spread over days.
import type { AssetId, Stream } from './asset.ts';
import type { Correction } from './correction.ts';
import type { LocalDay } from './day.ts';
import type { Suspect } from './suspect.ts';
import { days, type Instant } from './time.ts';

/** By residents, or by the crew that empties the bins. */
export const BASES = ['deposited', 'collected'] as const;
export type Basis = (typeof BASES)[number];

export const ORIGINS = ['measured', 'estimated', 'imported'] as const;
export type Origin = (typeof ORIGINS)[number];

/** Minutes since the day began as `[from, to, from, to, …]`: each `to` outside, in order, apart. */
export type MinuteRanges = readonly number[];

/** One bin's part of a day, in kg. */
export interface BinDay {
  readonly inKg: number;
  readonly outKg: number;
  /** What stood in it when the day began and when it was last weighed that day; absent where unknown. */
  readonly startKg?: number;
  readonly endKg?: number;
  /** What came into it within minutes of the last deposit. */
  readonly heap?: { readonly since: Instant; readonly kg: number; readonly litres: number };
}

/** A window's use is counted in slots of this many minutes. */
export const SLOT_MINUTES = 10;

/** What of a day's deposits came when, counted as they come. */
export interface DayUse {
  readonly deposits: number;
  /** Outside of every window of a station that has some. */
  readonly offHours: number;
  readonly offHoursKg: number;
  /** Slots of ten minutes since the day began in which something came within a window. */
  readonly slots: readonly number[];
  readonly suspects: number;
  readonly suspectKg: number;
  /** The first of them; more are counted alone. */
  readonly cases: readonly Suspect[];
}

/** One stream of one station on one day, as the scales under its bins tell it. */
export interface LedgerDay {
  /** `ledgerDayId` of the next three. */
  readonly id: string;
  readonly day: LocalDay;
  readonly station: string;
  readonly stream: Stream;
  /** Net of what was taken out again. */
  readonly depositedKg: number;
  readonly collectedKg: number;
  readonly origin: Exclude<Origin, 'imported'>;
  /** When the weight of each bin was heard. */
  readonly heard: Readonly<Record<AssetId, MinuteRanges>>;
  /** Bins that should have been heard. */
  readonly bins: number;
  /** The day's length: 1440 but where the clocks change. */
  readonly minutes: number;
  /** How many times late readings changed it after it had been over. */
  readonly revision: number;
  /** The latest of those times began and went on until. */
  readonly reopenedAt?: Instant;
  readonly revisedAt?: Instant;
  /** Litres, where only the level of the rubbish is known. */
  readonly depositedL?: number;
  readonly collectedL?: number;
  readonly byBin?: Readonly<Record<AssetId, BinDay>>;
  readonly use?: DayUse;
  /** When a bin stood full while its station took rubbish. */
  readonly full?: Readonly<Record<AssetId, MinuteRanges>>;
  /** In the order of asking. */
  readonly corrections?: readonly Correction[];
}

/** No reading is believed that tells of a day before that (validate/device-time.ts). */
export const STAYS_IN_MIND = days(370);

/** What is estimated is never mixed with what is weighed. */
export const ledgerDayId = (
  of: Readonly<Pick<LedgerDay, 'day' | 'station' | 'stream'> & Partial<Pick<LedgerDay, 'origin'>>>,
): string => `${of.day} ${of.stream} ${of.station}${of.origin === 'estimated' ? ' estimated' : ''}`;

export const heardMinutes = (day: LedgerDay): number =>
  Object.values(day.heard).reduce((sum, ranges) => sum + lengthOf(ranges), 0);

export function lengthOf(ranges: MinuteRanges): number {
  let sum = 0;
  for (let i = 0; i + 1 < ranges.length; i += 2) sum += ranges[i + 1]! - ranges[i]!;
  return sum;
}

/** One figure of somebody else's sheet. */
export interface ImportedFigure {
  /** The same row of the same sheet has the same key however often it is imported. */
  readonly key: string;
  readonly source: string;
  readonly span: 'day' | 'month';
  /** A day or a month, as `span` says. */
  readonly period: string;
  readonly stream: Stream;
  readonly station?: string;
  readonly basis: Basis;
  /** Absent where the sheet has the row but no number that can be used. */
  readonly kg?: number;
}

/** The figures of one source that speak of the same, added up. */
export interface ImportedTotal extends Omit<ImportedFigure, 'key' | 'kg'> {
  readonly kg: number;
  /** How many figures there should be, and how many held a number. */
  readonly figures: number;
  readonly usable: number;
}

export const GRAINS = ['day', 'week', 'month'] as const;
export type Grain = (typeof GRAINS)[number];

/** Far from what the same weekday had over the last weeks. */
export interface Unusual {
  readonly kind: 'jump' | 'drop';
  readonly usualKg: number;
  /** How many of them are known. */
  readonly weeks: number;
}

export interface LedgerRow {
  /** `2026-11-22`, `2026-W47` or `2026-11`. */
  readonly period: string;
  readonly stream: Stream;
  readonly station?: string;
  /** Absent where only litres are known. */
  readonly kg?: number;
  readonly basis: Basis;
  readonly origin: Origin;
  /** 0…1; review/ledger.ts says of what. */
  readonly completeness: number;
  /** Imported: whose sheet. */
  readonly source?: string;
  readonly revision?: number;
  readonly reopenedAt?: Instant;
  /** What people's approved corrections add to it; below 0 they take off. */
  readonly correctedKg?: number;
  /** Corrections that wait for a second person. */
  readonly pending?: number;
  /** Estimated: by how much the level rose or fell. */
  readonly litres?: number;
  /** Measured: what stood in the bins when the period ended. */
  readonly standingKg?: number;
  /** Kilograms that came or went and that no deposit and no collection explains. */
  readonly unbalancedKg?: number;
  readonly unusual?: Unusual;
  /** Wet waste: its share of all that its station got in the period. */
  readonly wetShare?: number;
}
