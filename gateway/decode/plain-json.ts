// JSON as nearly every device writes it, read byte by byte in one walk: flat objects of names that
// we know, plain numbers, true and false, no escapes. It takes a third of the time of making a text,
// an object, and a text again to tell the frame by. Promise: what is read here is read exactly as
// courtyard-json.ts reads it with JSON.parse, its imprint too. Of anything else, and of anything
// that has to be refused, nothing is read at all.
import { digestOn, NO_DIGEST } from '../domain/digest.ts';
import { QUANTITIES } from '../domain/quantity.ts';
import type { Instant } from '../domain/time.ts';
import type { Frame, Measured } from './decoder.ts';
import { momentInBytes, momentOf, USUAL_MOMENT } from './device-clock.ts';
import { seriesNamed, type SeriesName } from './series-name.ts';

export interface PlainLimits {
  readonly bytes: number;
  readonly elements: number;
  readonly fields: number;
  readonly seq: number;
}

/** Where the walk is, and the digest of what JSON.stringify would have written of this element. */
interface Walk {
  readonly bytes: Uint8Array;
  at: number;
  digest: number;
}

const [OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = [0x7b, 0x7d, 0x5b, 0x5d];
const [QUOTE, COMMA, COLON, MINUS, POINT, ZERO, SPACE] = [0x22, 0x2c, 0x3a, 0x2d, 0x2e, 0x30, 0x20];

/** Undefined where JSON.parse has to decide. */
export function readPlain(bytes: Uint8Array, limits: PlainLimits): Frame[] | undefined {
  if (bytes.length > limits.bytes) return undefined;
  const walk: Walk = { bytes, at: 0, digest: NO_DIGEST };
  const frames = bytes[0] === OPEN_LIST ? readList(walk, limits) : readAlone(walk, limits);
  return walk.at === bytes.length ? frames : undefined;
}

function readAlone(walk: Walk, limits: PlainLimits): Frame[] | undefined {
  const frame = readObject(walk, limits);
  return frame && [frame];
}

function readList(walk: Walk, limits: PlainLimits): Frame[] | undefined {
  const { bytes } = walk;
  const frames: Frame[] = [];
  do {
    leave(walk);
    const frame = readObject(walk, limits);
    if (frame === undefined || frames.push(frame) > limits.elements) return undefined;
  } while (bytes[walk.at] === COMMA);
  return bytes[walk.at++] === CLOSE_LIST ? frames : undefined;
}

let walks = 0;

function readObject(walk: Walk, limits: PlainLimits): Frame | undefined {
  const { bytes } = walk;
  if (bytes[walk.at] !== OPEN) return undefined;
  walk.digest = NO_DIGEST;
  walks += 1;
  const measured: Measured[] = [];
  let seq: number | undefined;
  let observedAt: Instant | undefined;
  do {
    take(walk, walk.at + 1);
    const name = nameAt(walk);
    if (name === undefined || name.lastWalk === walks) return undefined;
    name.lastWalk = walks;
    const { series } = name;
    if (series === 'at') {
      observedAt = momentAt(walk);
      if (observedAt === undefined) return undefined;
      continue;
    }
    const value = (name.isSwitch ? switchAt(walk) : undefined) ?? numberAt(walk);
    if (value === undefined) return undefined;
    if (series === 'seq') seq = value;
    else measured.push(measuredOf(series, value));
  } while (bytes[walk.at] === COMMA);
  const isWhole = bytes[walk.at] === CLOSE && isSeq(seq, limits.seq);
  if (!isWhole || measured.length === 0 || measured.length > limits.fields) return undefined;
  take(walk, walk.at + 1);
  return frameOf({ measured, imprint: walk.digest >>> 0 }, seq, observedAt);
}

const isSeq = (seq: number | undefined, highest: number): boolean =>
  seq === undefined || (Number.isInteger(seq) && seq >= 0 && seq <= highest);

const measuredOf = ({ channel, quantity }: SeriesName, value: number): Measured =>
  channel === undefined ? { quantity, value } : { channel, quantity, value };

/** Whole from the start where it can be, for what is added to an object later lies apart from it. */
function frameOf(
  { measured, imprint }: Pick<Frame, 'measured' | 'imprint'>,
  seq: number | undefined,
  observedAt: Instant | undefined,
): Frame {
  if (seq !== undefined && observedAt !== undefined) return { seq, observedAt, measured, imprint };
  if (seq !== undefined) return { seq, measured, imprint };
  return observedAt === undefined ? { measured, imprint } : { observedAt, measured, imprint };
}

/** On to `end`, past what tells this element from another, and past spaces, which do not. */
function take(walk: Walk, end: number): void {
  const { bytes } = walk;
  let { digest } = walk;
  for (let at = walk.at; at < end; at++) digest = digestOn(digest, bytes[at] as number);
  walk.digest = digest;
  walk.at = end;
  if (bytes[end] === SPACE) leave(walk);
}

/** Past this byte and the spaces behind it, none of which tells an element from another. */
function leave(walk: Walk): void {
  do walk.at += 1;
  while (walk.bytes[walk.at] === SPACE);
}

/** A name that was read before. */
interface Known {
  readonly code: readonly number[];
  readonly series: SeriesName | 'seq' | 'at';
  readonly isSwitch: boolean;
  /** Which walk met it last: a name that is given twice counts once. */
  lastWalk: number;
}

const LONGEST_NAME = 65;
/** Devices say the same few names for ever. */
const MOST_KNOWN = 4096;
/** By the digest of the name. Of two with the same digest the second is never known. */
const knownNames = new Map<number, Known>();

/** Past a name and its colon. */
function nameAt(walk: Walk): Known | undefined {
  const { bytes, at } = walk;
  if (bytes[at] !== QUOTE) return undefined;
  let digest = NO_DIGEST;
  let end = at + 1;
  for (; bytes[end] !== QUOTE; end++) {
    if (end - at > LONGEST_NAME) return undefined;
    digest = digestOn(digest, bytes[end] as number);
  }
  const name = knownNames.get(digest) ?? learn(bytes.subarray(at + 1, end), digest);
  if (name === undefined || !isAt(bytes, at + 1, name.code)) return undefined;
  if (name.code.length !== end - at - 1) return undefined;
  take(walk, end + 1);
  if (bytes[walk.at] !== COLON) return undefined;
  take(walk, walk.at + 1);
  return name;
}

function learn(bytes: Uint8Array, digest: number): Known | undefined {
  const text = String.fromCharCode(...bytes);
  const series: Known['series'] | undefined =
    text === 'seq' || text === 'at' ? text : seriesNamed(text);
  if (series === undefined || knownNames.size >= MOST_KNOWN) return undefined;
  const isSwitch = typeof series === 'object' && QUANTITIES[series.quantity].unit === '0/1';
  const known: Known = { code: [...bytes], series, isSwitch, lastWalk: 0 };
  knownNames.set(digest, known);
  return known;
}

function isAt(bytes: Uint8Array, from: number, code: readonly number[]): boolean {
  for (let n = 0; n < code.length; n++) if (bytes[from + n] !== code[n]) return false;
  return true;
}

const codeOf = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));
const [TRUE, FALSE] = [codeOf('true'), codeOf('false')];

/** Undefined where it is not in words. */
function switchAt(walk: Walk): 0 | 1 | undefined {
  const { bytes, at } = walk;
  const isOn = isAt(bytes, at, TRUE);
  if (!isOn && !isAt(bytes, at, FALSE)) return undefined;
  take(walk, at + (isOn ? TRUE : FALSE).length);
  return isOn ? 1 : 0;
}

function momentAt(walk: Walk): Instant | undefined {
  const { bytes, at } = walk;
  if (bytes[at] !== QUOTE) return momentOf(numberAt(walk));
  const end = at + 1 + USUAL_MOMENT;
  const moment = bytes[end] === QUOTE ? momentInBytes(bytes, at + 1) : undefined;
  if (moment !== undefined) take(walk, end + 1);
  return moment;
}

/** So many digits are less than 2^53, and one number of so many is told from any other. */
const MOST_DIGITS = 15;
/** What is nearer to zero is written with an exponent. */
const NEAREST = 1e-6;
/** Powers of ten are exact up to 1e22, and so one division rounds once, as a parser has to. */
const TENS = Array.from({ length: MOST_DIGITS + 1 }, (_, places) => 10 ** places);

/** Digits with a point or without: no exponent, no idle zero in front, no zero below zero. */
function numberAt(walk: Walk): number | undefined {
  const { bytes } = walk;
  const isBelowZero = bytes[walk.at] === MINUS;
  const first = isBelowZero ? walk.at + 1 : walk.at;
  let digits = 0;
  let at = first;
  for (; isDigit(bytes[at]); at++) digits = digits * 10 + ((bytes[at] as number) - ZERO);
  if (at === first || (at > first + 1 && bytes[first] === ZERO)) return undefined;
  // Up to the last digit that is no idle zero: 28.40 is written 28.4, and 28.0 is 28.
  let told = at;
  const point = at;
  if (bytes[point] === POINT) {
    for (at += 1; isDigit(bytes[at]); at++) {
      digits = digits * 10 + ((bytes[at] as number) - ZERO);
      if (bytes[at] !== ZERO) told = at + 1;
    }
    if (at === point + 1) return undefined;
  }
  if (at - first > MOST_DIGITS) return undefined;
  const size = at === point ? digits : digits / (TENS[at - point - 1] as number);
  if (size < NEAREST && (size !== 0 || isBelowZero)) return undefined;
  take(walk, told);
  if (at > told) {
    walk.at = at - 1;
    leave(walk);
  }
  return isBelowZero ? -size : size;
}

const isDigit = (byte: number | undefined): boolean =>
  byte !== undefined && byte >= ZERO && byte <= ZERO + 9;
