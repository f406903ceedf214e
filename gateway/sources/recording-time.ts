// From what stands in a recording's time column to a moment: ISO 8601, an epoch, or a wall clock's
// time by a pattern. A wall clock without its zone is not a time, so it is never guessed.
// Wall times that a summer-time change skips or repeats are read 'compatible', as RFC 5545 does:
// the skipped one as if the clock had not been put forward, the repeated one as its first.
import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../domain/time.ts';
import { instant } from '../domain/time.ts';

export type TimeReading =
  | { readonly kind: 'read'; readonly at: Instant }
  | { readonly kind: 'unreadable' }
  /** Readable, but the map does not say in which zone. */
  | { readonly kind: 'no-zone' };

export type ReadTime = (text: string) => TimeReading;

const UNREADABLE = { kind: 'unreadable' } as const;
const read = (epochMs: number): TimeReading =>
  Number.isFinite(epochMs) ? { kind: 'read', at: instant(Math.round(epochMs)) } : UNREADABLE;

export const epochTime =
  (unit: 's' | 'ms'): ReadTime =>
  (text) => {
    if (!/^-?\d+(?:\.\d+)?$/.test(text)) return UNREADABLE;
    return read(Number(text) * (unit === 's' ? 1000 : 1));
  };

/** An offset in the text goes before the zone of the map. */
export const isoTime =
  (zone: string | undefined): ReadTime =>
  (text) => {
    try {
      if (/[T ]\d\d.*(?:Z|[+-]\d\d(?::?\d\d)?)$/i.test(text)) {
        return read(Temporal.Instant.from(text).epochMilliseconds);
      }
      const wall = Temporal.PlainDateTime.from(text, { overflow: 'reject' });
      return zone === undefined ? { kind: 'no-zone' } : inZone(wall, zone);
    } catch (error) {
      return unreadable(error);
    }
  };

/** Undefined where the pattern has a letter that means nothing, or lacks year, month or day. */
export function patternTime(pattern: string, zone: string): ReadTime | undefined {
  const shape = patternShape(pattern);
  if (!shape || !DATE_PARTS.every((part) => namesPart(shape, part))) return undefined;
  return (text) => {
    const match = shape.exec(text);
    if (!match?.groups) return UNREADABLE;
    const part = (name: string): number => Number(match.groups?.[name] ?? 0);
    const wall = {
      year: part('year'),
      month: part('month'),
      day: part('day'),
      hour: part('hour'),
      minute: part('minute'),
      second: part('second'),
      millisecond: part('millisecond'),
    };
    try {
      return inZone(Temporal.PlainDateTime.from(wall, { overflow: 'reject' }), zone);
    } catch (error) {
      return unreadable(error);
    }
  };
}

export function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const inZone = (wall: Temporal.PlainDateTime, zone: string): TimeReading =>
  read(wall.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds);

/** The library refuses a text by a RangeError; anything else is ours. */
function unreadable(error: unknown): TimeReading {
  if (error instanceof RangeError) return UNREADABLE;
  throw error;
}

const TOKENS: Readonly<Record<string, string>> = {
  yyyy: '(?<year>\\d{4})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d{2})',
  d: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{2})',
  H: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
  SSS: '(?<millisecond>\\d{3})',
};

export const PATTERN_LETTERS = Object.keys(TOKENS).join(' ');

/** What a text must look like, each part of the time a named group; undefined where a letter means nothing. */
export function patternShape(pattern: string): RegExp | undefined {
  const pieces = pattern.match(/([A-Za-z])\1*|'[^']*'|[^A-Za-z']+/g) ?? [];
  if (pieces.join('') !== pattern) return undefined;
  const source = pieces.map((piece) => {
    if (/^[A-Za-z]/.test(piece)) return TOKENS[piece];
    return piece.replaceAll("'", '').replaceAll(/[^\w\s]/g, '\\$&');
  });
  if (source.includes(undefined)) return undefined;
  const groups = source.join('').match(/\?<\w+>/g) ?? [];
  if (new Set(groups).size < groups.length) return undefined;
  return new RegExp(`^${source.join('')}$`);
}

const DATE_PARTS = ['year', 'month', 'day'] as const;

export const namesPart = (shape: RegExp, part: (typeof DATE_PARTS)[number] | 'hour'): boolean =>
  shape.source.includes(`(?<${part}>`);
