// Holds decoded frames against what the site knows and what was heard before: the last stop before
// the log. Nothing disappears here: each number becomes a reading, a reading with a doubt, or a
// rejection with its reason, and each frame gives at least one entry. Time comes with the call.
//
//   frame ─▶ device known? ─▶ heard before? ─▶ each number: channel ─▶ range ─▶ echo, order, jump
//               │                  │                          │           │            │
//               ▼ unknown-device   ▼ duplicate                ▼ rejection ▼            ▼ doubt
import type { Compound, Device, SourceId } from '../domain/asset.ts';
import type { Quantity } from '../domain/quantity.ts';
import type { Doubt, Refusal } from '../domain/reading.ts';
import type { Imprint, LogRecord, ReadingEntry, RejectionEntry } from '../domain/record.ts';
import type { Instant } from '../domain/time.ts';
import { absurdInWords, pointTime, undatedTime } from './device-time.ts';
import type { PointTime } from './device-time.ts';
import { createHeardBefore } from './duplicate.ts';
import type { Hallmark, HeardBefore } from './duplicate.ts';
import { isJump } from './jump.ts';
import { isLate } from './order.ts';
import { isBadEcho, isWithin, outOfRange } from './range.ts';
import { createSpeakers, type Series, type Speaker, type Speakers } from './speaker.ts';
import { createTraces } from './trace.ts';
import type { Point, Traces } from './trace.ts';

/** Of a decoded frame, what is judged. */
export interface JudgedFrame {
  readonly device?: string;
  readonly seq?: number;
  readonly observedAt?: Instant;
  readonly measured: readonly Spoken[];
}

interface Spoken {
  readonly channel?: string;
  readonly quantity: Quantity;
  readonly value: number;
}

export interface Heard {
  readonly source: SourceId;
  readonly receivedAt: Instant;
  readonly packet?: { readonly id: number; readonly dup: boolean };
  /** The device that the way in proves; a frame that names another one is refused. */
  readonly envelopeDevice?: string;
  readonly frame: JudgedFrame;
  /** Of the frame's imprint (digest.ts). */
  readonly digest: number;
  /** Present while our own clock is known to be wrong: then no moment can be held against another. */
  readonly clock?: 'unsynchronised';
}

export interface Judgement {
  /** Never empty; in the order in which they must be written. */
  readonly entries: readonly (ReadingEntry | RejectionEntry)[];
  /** At least one reading is kept with a doubt. */
  readonly doubted: boolean;
  readonly duplicate: boolean;
  /**
   * To be called where the entries could not be made durable: the sender will send again, and
   * that must then be news. Does nothing after a duplicate: its first hearing still counts.
   */
  forget(): void;
}

export interface Judge {
  hear(heard: Heard): Judgement;
  /**
   * At start, from the log's last minute: a sensor resends what was written but not acknowledged
   * before a kill. All of it counts as heard at `now`, however long the gateway was down.
   */
  remember(records: readonly LogRecord[], now: Instant): void;
  /** Our own clock was put right by so much: what is remembered by it goes along. */
  clockMoved(byMs: number): void;
}

interface Memory {
  readonly compound: Compound;
  readonly before: HeardBefore;
  readonly traces: Traces;
  readonly speakers: Speakers;
}

export function createJudge({ compound }: { readonly compound: Compound }): Judge {
  const before = createHeardBefore(compound.devices.size);
  const traces = createTraces();
  const memory: Memory = { compound, before, traces, speakers: createSpeakers(compound, traces) };
  return {
    hear: (heard) => hear(memory, heard),
    remember(records, now) {
      for (const record of records) recall(memory, record, now);
    },
    clockMoved(byMs) {
      before.move(byMs);
      traces.move(byMs);
    },
  };
}

const nothing = (): void => undefined;

function hear(memory: Memory, heard: Heard): Judgement {
  const { before } = memory;
  const speaker = speakerOf(memory.speakers, heard);
  if (typeof speaker === 'string') {
    const entries = [rejection(heard, 'unknown-device', speaker)];
    return { entries, doubted: false, duplicate: false, forget: nothing };
  }
  const mark = hallmarkOf(heard, speaker.device);
  if (before.meet(mark, heard.receivedAt) === 'resend') {
    const entries = [{ ...rejection(heard, 'duplicate'), device: speaker.device.id }];
    return { entries, doubted: false, duplicate: true, forget: nothing };
  }
  const entries = judgeFrame(memory, heard, speaker);
  return {
    entries,
    doubted: entries.some(isDoubted),
    duplicate: false,
    forget: () => before.forget(mark),
  };
}

const isDoubted = (entry: ReadingEntry | RejectionEntry): boolean =>
  entry.kind === 'reading' && entry.doubt !== undefined;

/** The device, or in words why nobody we know can have said this. */
function speakerOf(speakers: Speakers, heard: Heard): Speaker | string {
  const { envelopeDevice, frame, source } = heard;
  const id = frame.device ?? envelopeDevice;
  if (id === undefined) return 'neither the frame nor its way in names a device';
  if (envelopeDevice !== undefined && id !== envelopeDevice) {
    return `${quoted(envelopeDevice)} speaks for ${quoted(id)}`;
  }
  const speaker = speakers.named(id);
  if (!speaker) return `${quoted(id)} is not in the site file`;
  const { source: own } = speaker.device;
  return own === source ? speaker : `${quoted(id)} belongs to source ${own}`;
}

function hallmarkOf({ frame, digest, packet }: Heard, device: Device): Hallmark {
  const mark: Draft<Hallmark> = { device: device.id, digest };
  if (frame.seq !== undefined) mark.seq = frame.seq;
  if (packet !== undefined) mark.packet = packet;
  return mark;
}

type Judged = ReadingEntry | RejectionEntry;

function judgeFrame(memory: Memory, heard: Heard, speaker: Speaker): Judged[] {
  const { frame, receivedAt } = heard;
  const time = heard.clock
    ? undatedTime(frame.observedAt, receivedAt)
    : pointTime(frame.observedAt, receivedAt);
  const entries: Judged[] = [];
  const hearing: Hearing = { memory, heard, speaker, time };
  for (const spoken of frame.measured) entries.push(judgeSpoken(hearing, spoken, entries.length));
  const device = speaker.device.id;
  if (time.absurd !== undefined) {
    const detail = `${absurdInWords(time.absurd, receivedAt)}; the moment of receipt stands in`;
    const beside = entries.length > 0 && ({ isBeside: true } as const);
    entries.push({ ...rejection(heard, 'bad-time', detail), device, ...beside });
  }
  if (entries.length === 0) entries.push({ ...rejection(heard, 'empty'), device });
  return entries;
}

/** One for all numbers of a frame: what follows runs for every number that is heard. */
interface Hearing {
  readonly memory: Memory;
  readonly heard: Heard;
  readonly speaker: Speaker;
  readonly time: PointTime;
}

/** @param part the number's place among those of its frame */
function judgeSpoken(hearing: Hearing, spoken: Spoken, part: number): Judged {
  const { memory, speaker } = hearing;
  const series = memory.speakers.seriesOf(speaker, spoken, part);
  if (!series || !isWithin(series.range, spoken.value)) return refusal(hearing, spoken, part);
  return readingOf(hearing, series, { value: spoken.value, part });
}

function refusal(
  { memory, heard, speaker }: Hearing,
  spoken: Spoken,
  part: number,
): RejectionEntry {
  const { device } = speaker;
  const [reason, detail] = whyRefused(memory.compound, device, spoken);
  return {
    ...rejection(heard, reason, detail),
    device: device.id,
    ...(part > 0 && { isBeside: true }),
  };
}

function whyRefused(compound: Compound, device: Device, spoken: Spoken): [Refusal, string?] {
  const { quantity, value } = spoken;
  const id = device.assets.get(spoken.channel ?? '');
  if (id === undefined) return ['unknown-channel', channelWords(spoken)];
  if (!compound.assets.has(id)) return ['unknown-asset', `${quoted(id)} is not in the site file`];
  if (!Number.isFinite(value)) return ['not-a-number', `${quantity} ${value}`];
  return ['out-of-range', outOfRange(quantity, value) ?? `${quantity} ${value}`];
}

function readingOf(
  hearing: Hearing,
  series: Series,
  { value, part }: { readonly value: number; readonly part: number },
): ReadingEntry {
  const { memory, heard, time, speaker } = hearing;
  const { quantity, place } = series;
  const { observedAt } = time;
  const doubt = doubtOf(hearing, series, value);
  if (isBelieved(doubt)) memory.traces.believe(place, value, time);
  if (doubt === 'jump') memory.traces.suspect(place, value, time);
  const { receivedAt, digest, frame } = heard;
  const { seq } = frame;
  const [kind, device, asset] = ['reading' as const, speaker.device.id, series.id];
  // Whole from the start, for what is added to an object later lies apart from it.
  // oxfmt-ignore
  const reading: Draft<ReadingEntry> =
    seq === undefined
      ? { kind, device, asset, quantity, value, observedAt, receivedAt, digest, part }
      : { kind, device, asset, quantity, value, observedAt, receivedAt, digest, part, seq };
  if (doubt !== undefined) reading.doubt = doubt;
  return reading;
}

/** While it is being made. Filled in rather than spread together: this runs for every number heard. */
type Draft<T> = { -readonly [K in keyof T]: T[K] };

/** The gravest first: a bad echo says nothing about the bin, whenever it was heard. */
function doubtOf(
  { memory, heard, time }: Hearing,
  series: Series,
  value: number,
): Doubt | undefined {
  const { asset, quantity, place } = series;
  if (isBadEcho(asset, quantity, value)) return 'bad-echo';
  const newest = memory.traces.believedAt(place);
  if (newest === undefined) return heard.clock;
  if (isLate(time, newest, heard.receivedAt) && !heard.clock) return 'late';
  const isOdd =
    series.hasJumps && isJumpIn(memory.traces, series, { value, observedAt: time.observedAt });
  return isOdd ? 'jump' : heard.clock;
}

function isJumpIn(traces: Traces, { quantity, place }: Series, point: Point): boolean {
  const trace = traces.of(place);
  return trace !== undefined && isJump(quantity, trace, point);
}

const isBelieved = (doubt: Doubt | undefined): boolean =>
  doubt === undefined || doubt === 'unsynchronised';

/** A duplicate in the log counts too: it proves that its frame is written, though acknowledged late. */
function recall({ before, traces }: Memory, record: LogRecord, now: Instant): void {
  if (record.kind !== 'reading' && record.kind !== 'rejection') return;
  const { device, seq, digest } = record;
  if (device !== undefined && seq !== undefined && digest !== undefined) {
    before.keep({ device, seq, digest }, now);
  }
  if (record.kind !== 'reading') return;
  const { asset, quantity, value, observedAt, receivedAt, doubt } = record;
  const dated = { observedAt, by: observedAt === receivedAt ? 'receipt' : 'device' } as const;
  const place = traces.placeOf(asset, quantity);
  if (isBelieved(doubt)) traces.believe(place, value, dated);
  if (doubt === 'jump') traces.suspect(place, value, dated);
}

const rejection = (heard: Heard, reason: Refusal, detail?: string): RejectionEntry => ({
  kind: 'rejection',
  source: heard.source,
  reason,
  ...(detail !== undefined && { detail }),
  receivedAt: heard.receivedAt,
  ...imprintOf(heard),
});

const imprintOf = ({ frame, digest }: Heard): Imprint =>
  frame.seq === undefined ? { digest } : { seq: frame.seq, digest };

const quoted = (text: string): string => JSON.stringify(text.slice(0, 40));

const channelWords = ({ channel, quantity }: Spoken): string =>
  channel === undefined
    ? `${quantity} without a channel, and the device as a whole has no asset`
    : `no asset is mapped to channel ${quoted(channel)}`;
