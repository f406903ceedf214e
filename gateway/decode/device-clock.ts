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
  return typeof at === 'string' ? momentWritten(at) : undefined;
}

/** How long a moment is as nearly every program writes it: 2026-11-22T07:08:09.123Z. */
export const USUAL_MOMENT = 24;

/** Written in this way, and of the day that was read last; undefined for any other, whatever it says. */
export function momentInBytes(bytes: Uint8Array, at: number): Instant | undefined {
  const date = lastDate.text;
  for (let n = 0; n < date.length; n++) if (bytes[at + n] !== date.charCodeAt(n)) return undefined;
  if (bytes[at + 10] !== LETTER_T || bytes[at + 13] !== COLON || bytes[at + 16] !== COLON)
    return undefined;
  if (bytes[at + 19] !== POINT || bytes[at + 23] !== LETTER_Z) return undefined;
  const hour = twoDigits(bytes, at + 11);
  const minute = twoDigits(bytes, at + 14);
  const second = twoDigits(bytes, at + 17);
  const fraction = twoDigits(bytes, at + 20) * 10 + digit(bytes[at + 22]);
  if (!(hour <= 23 && minute <= 59 && second <= 59 && fraction <= 999)) return undefined;
  return instant(lastDate.midnight + ((hour * 60 + minute) * 60 + second) * 1000 + fraction);
}

const [LETTER_T, LETTER_Z, COLON, POINT, ZERO] = [0x54, 0x5a, 0x3a, 0x2e, 0x30];

/** NaN where it is none. */
const digit = (byte = NaN): number => (byte >= ZERO && byte <= ZERO + 9 ? byte - ZERO : NaN);

const twoDigits = (bytes: Uint8Array, at: number): number =>
  digit(bytes[at]) * 10 + digit(bytes[at + 1]);

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
let lastDate = { text: '1970-01-01', midnight: 0 };

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
