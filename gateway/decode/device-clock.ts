// What a device's clock said, as JSON carries it: ISO 8601 with its zone, or epoch milliseconds.
// Only whether it is a moment is decided here; whether it is believable is judged later.
import { instant } from '../domain/time.ts';
import type { Instant } from '../domain/time.ts';

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:Z|([+-])(\d\d):?(\d\d))$/;
/** As far from 1970 as a calendar date can be written. */
const FARTHEST_MS = 8.64e15;

/** Undefined for what is no moment: without a zone, no such day, a number in words. */
export function momentOf(at: unknown): Instant | undefined {
  if (typeof at === 'number') {
    return Math.abs(at) <= FARTHEST_MS ? instant(Math.trunc(at)) : undefined;
  }
  return typeof at === 'string' ? (usualMoment(at) ?? momentWritten(at)) : undefined;
}

/**
 * 2026-11-22T07:08:09.123Z, as nearly every program writes a moment, read without taking the text
 * apart. Undefined for any other way, whatever that says.
 */
function usualMoment(text: string): Instant | undefined {
  if (text.length !== 24 || !text.startsWith(lastDate.text) || text[23] !== 'Z') return undefined;
  if (text[10] !== 'T' || text[13] !== ':' || text[16] !== ':' || text[19] !== '.')
    return undefined;
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = twoDigits(text, 17);
  const fraction = twoDigits(text, 20) * 10 + digit(text, 22);
  if (!(hour <= 23 && minute <= 59 && second <= 59 && fraction <= 999)) return undefined;
  return instant(lastDate.midnight + ((hour * 60 + minute) * 60 + second) * 1000 + fraction);
}

const ZERO = 0x30;

/** NaN where it is none. */
function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - ZERO;
  return value >= 0 && value <= 9 ? value : NaN;
}

const twoDigits = (text: string, at: number): number => digit(text, at) * 10 + digit(text, at + 1);

/** By hand, because Date.parse takes 30 February and times without a zone. */
function momentWritten(text: string): Instant | undefined {
  const match = ISO.exec(text);
  if (!match) return undefined;
  const part = (index: number): number => Number(match[index] ?? 0);
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map(part) as SixParts;
  const [zoneHour, zoneMinute] = [part(9), part(10)];
  if (hour > 23 || minute > 59 || second > 59 || zoneHour > 23 || zoneMinute > 59) return undefined;
  const midnight = midnightOf(text.slice(0, 10), [year, month, day]);
  if (midnight === undefined) return undefined;
  const zone = (match[8] === '-' ? -1 : 1) * (zoneHour * 60 + zoneMinute);
  const fraction = Number((match[7] ?? '').slice(0, 3).padEnd(3, '0'));
  return instant(midnight + ((hour * 60 + minute - zone) * 60 + second) * 1000 + fraction);
}

/** Nearly every message is of the same day as the one before it. */
let lastDate = { text: 'none', midnight: 0 };

/** Undefined for a day that the calendar does not have. */
function midnightOf(
  text: string,
  [year, month, day]: [number, number, number],
): number | undefined {
  if (text === lastDate.text) return lastDate.midnight;
  const midnight = Date.UTC(year, month - 1, day);
  if (new Date(midnight).toISOString().slice(0, 10) !== text) return undefined;
  lastDate = { text, midnight };
  return midnight;
}

type SixParts = [number, number, number, number, number, number];
