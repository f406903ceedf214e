// From what stands in a sheet's time column to a day or a month of the site. A date is the day that
// it names; a time of day is a moment in the map's zone, and falls into the site's day around it.
// Promise: a time without its zone is never guessed, and a month never becomes a day.
import { isLocalDay, isLocalMonth, monthOf, type LocalDay, type SiteDays } from '../domain/day.ts';
import {
  epochTime,
  isoTime,
  namesPart,
  patternShape,
  patternTime,
  type ReadTime,
} from './recording-time.ts';

export type PeriodReading =
  | { readonly kind: 'period'; readonly period: string }
  | { readonly kind: 'bad-time' | 'time-without-zone' };

export interface SheetTime {
  readonly pattern?: string;
  readonly zone?: string;
  readonly epoch?: 's' | 'ms';
}

export type ReadPeriod = (text: string) => PeriodReading;

const BAD = { kind: 'bad-time' } as const;

export function periodReader(
  time: SheetTime,
  span: 'day' | 'month',
  days: Pick<SiteDays, 'at'>,
): ReadPeriod {
  const readDate = dateReader(time.pattern);
  const readMoment = momentReader(time);
  return (text) => {
    const date = readDate(text);
    if (date !== undefined) return periodOf(date, span);
    const reading = readMoment(text);
    if (reading.kind === 'no-zone') return { kind: 'time-without-zone' };
    return reading.kind === 'read' ? periodOf(days.at(reading.at).day, span) : BAD;
  };
}

/** A whole date serves for its month; a month serves for no day. */
function periodOf(date: string, span: 'day' | 'month'): PeriodReading {
  if (isLocalMonth(date)) return span === 'month' ? { kind: 'period', period: date } : BAD;
  if (!isLocalDay(date)) return BAD;
  return { kind: 'period', period: span === 'month' ? monthOf(date) : date };
}

/** Texts that name a day or a month and no time of day; undefined for all others. */
function dateReader(pattern: string | undefined): (text: string) => LocalDay | undefined {
  const shape = pattern === undefined ? undefined : patternShape(pattern);
  if (shape && namesPart(shape, 'hour')) return iso;
  return (text) => {
    const { year, month, day } = shape?.exec(text)?.groups ?? {};
    if (year === undefined || month === undefined) return shape ? excelDate(text) : iso(text);
    const parts = [year, month, ...(day === undefined ? [] : [day])];
    return parts.map((part) => part.padStart(2, '0')).join('-');
  };
}

const iso = (text: string): string | undefined =>
  /^\d{4}-\d\d(?:-\d\d)?$/.test(text) ? text : undefined;

/** A cell that Excel keeps as a date has no pattern of its own: sheet-rows.ts writes it like this. */
const excelDate = (text: string): string | undefined =>
  /^\d{4}-\d\d-\d\d$/.test(text) ? text : undefined;

function momentReader({ pattern, zone, epoch }: SheetTime): ReadTime {
  if (epoch !== undefined) return epochTime(epoch);
  const byPattern = pattern && zone !== undefined ? patternTime(pattern, zone) : undefined;
  const byIso = isoTime(zone);
  if (!byPattern) return pattern === undefined ? byIso : () => ({ kind: 'unreadable' });
  return (text) => {
    const reading = byPattern(text);
    return reading.kind === 'unreadable' ? byIso(text) : reading;
  };
}
