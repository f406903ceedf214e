// Holds decoded frames against what the site knows and what was heard before: the last stop before
// the log. Nothing disappears here: each number becomes a reading, a reading with a doubt, or a
// rejection with its reason, and each frame gives at least one entry. Time comes with the call.
//
//   frame ─▶ device known? ─▶ heard before? ─▶ each number: channel ─▶ range ─▶ echo, order, jump
//               │                  │                          │           │            │
//               ▼ unknown-device   ▼ duplicate                ▼ rejection ▼            ▼ doubt
import type { Asset, Compound, Device, SourceId } from '../domain/asset.ts';
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
import { isBadEcho, outOfRange } from './range.ts';
import { createTraces } from './trace.ts';
import type { Traces } from './trace.ts';

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
}

export function createJudge({ compound }: { readonly compound: Compound }): Judge {
  const before = createHeardBefore(compound.devices.size);
  const memory: Memory = { compound, before, traces: createTraces() };
  return {
    hear: (heard) => hear(memory, heard),
    remember(records, now) {
      for (const record of records) recall(memory, record, now);
    },
    clockMoved(byMs) {
      before.move(byMs);
      memory.traces.move(byMs);
    },
  };
}

const nothing = (): void => undefined;

function hear(memory: Memory, heard: Heard): Judgement {
  const { before } = memory;
  const speaker = speakerOf(memory.compound, heard);
  if (typeof speaker === 'string') {
    const entries = [rejection(heard, 'unknown-device', speaker)];
    return { entries, doubted: false, duplicate: false, forget: nothing };
  }
  const mark = hallmarkOf(heard, speaker);
  if (before.isResend(mark, heard.receivedAt)) {
    const entries = [{ ...rejection(heard, 'duplicate'), device: speaker.id }];
    return { entries, doubted: false, duplicate: true, forget: nothing };
  }
  before.keep(mark, heard.receivedAt);
  const entries = judgeFrame(memory, heard, speaker);
  const doubted = entries.some((entry) => entry.kind === 'reading' && entry.doubt !== undefined);
  return { entries, doubted, duplicate: false, forget: () => before.forget(mark) };
}

/** The device, or in words why nobody we know can have said this. */
function speakerOf(compound: Compound, heard: Heard): Device | string {
  const { envelopeDevice, frame, source } = heard;
  const id = frame.device ?? envelopeDevice;
  if (id === undefined) return 'neither the frame nor its way in names a device';
  if (envelopeDevice !== undefined && id !== envelopeDevice) {
    return `${quoted(envelopeDevice)} speaks for ${quoted(id)}`;
  }
  const device = compound.devices.get(id);
  if (!device) return `${quoted(id)} is not in the site file`;
  return device.source === source ? device : `${quoted(id)} belongs to source ${device.source}`;
}

function hallmarkOf({ frame, digest, packet }: Heard, device: Device): Hallmark {
  const mark: Draft<Hallmark> = { device: device.id, digest };
  if (frame.seq !== undefined) mark.seq = frame.seq;
  if (packet !== undefined) mark.packet = packet;
  return mark;
}

function judgeFrame(
  memory: Memory,
  heard: Heard,
  device: Device,
): (ReadingEntry | RejectionEntry)[] {
  const { frame, receivedAt } = heard;
  const time = heard.clock
    ? undatedTime(frame.observedAt, receivedAt)
    : pointTime(frame.observedAt, receivedAt);
  const entries: (ReadingEntry | RejectionEntry)[] = [];
  const judged: Judged = { heard, device, time, spoken: NOTHING, part: 0 };
  for (const spoken of frame.measured) {
    judged.spoken = spoken;
    entries.push(judgeSpoken(memory, judged));
    judged.part += 1;
  }
  if (time.absurd !== undefined) {
    const detail = `${absurdInWords(time.absurd, receivedAt)}; the moment of receipt stands in`;
    const beside = entries.length > 0 && ({ isBeside: true } as const);
    entries.push({ ...rejection(heard, 'bad-time', detail), device: device.id, ...beside });
  }
  if (entries.length === 0) entries.push({ ...rejection(heard, 'empty'), device: device.id });
  return entries;
}

/** One for all numbers of a frame: this runs for every number that is heard. */
interface Judged {
  readonly heard: Heard;
  readonly device: Device;
  readonly time: PointTime;
  spoken: Spoken;
  /** Its place among the numbers of its frame. */
  part: number;
}

const NOTHING: Spoken = { quantity: 'on', value: NaN };

function judgeSpoken(memory: Memory, judged: Judged): ReadingEntry | RejectionEntry {
  const { device, spoken } = judged;
  const { quantity, value } = spoken;
  const id = device.assets.get(spoken.channel ?? '');
  if (id === undefined) return refusal(judged, 'unknown-channel', channelWords(spoken));
  const asset = memory.compound.assets.get(id);
  if (!asset) return refusal(judged, 'unknown-asset', `${quoted(id)} is not in the site file`);
  if (!Number.isFinite(value)) return refusal(judged, 'not-a-number', `${quantity} ${value}`);
  const beyond = outOfRange(quantity, value);
  if (beyond !== undefined) return refusal(judged, 'out-of-range', beyond);
  return readingOf(memory, asset, judged);
}

const refusal = (
  { heard, device, part }: Judged,
  reason: Refusal,
  detail: string,
): RejectionEntry => ({
  ...rejection(heard, reason, detail),
  device: device.id,
  ...(part > 0 && { isBeside: true }),
});

function readingOf(memory: Memory, asset: Asset, judged: Judged): ReadingEntry {
  const { heard, device, spoken, time, part } = judged;
  const { quantity, value } = spoken;
  const { observedAt } = time;
  const doubt = doubtOf(memory.traces, asset, judged);
  const point = { value, observedAt, by: time.by };
  if (isBelieved(doubt)) memory.traces.believe(asset.id, quantity, point);
  if (doubt === 'jump') memory.traces.suspect(asset.id, quantity, point);
  const { receivedAt, digest, frame } = heard;
  const { seq } = frame;
  const kind = 'reading';
  // Whole from the start, for what is added to an object later lies apart from it.
  const reading: Draft<ReadingEntry> =
    seq === undefined
      ? {
          kind,
          device: device.id,
          asset: asset.id,
          quantity,
          value,
          observedAt,
          receivedAt,
          digest,
          part,
        }
      : {
          kind,
          device: device.id,
          asset: asset.id,
          quantity,
          value,
          observedAt,
          receivedAt,
          digest,
          part,
          seq,
        };
  if (doubt !== undefined) reading.doubt = doubt;
  return reading;
}

/** While it is being made. Filled in rather than spread together: this runs for every number heard. */
type Draft<T> = { -readonly [K in keyof T]: T[K] };

/** The gravest first: a bad echo says nothing about the bin, whenever it was heard. */
function doubtOf(traces: Traces, asset: Asset, judged: Judged): Doubt | undefined {
  const { heard, spoken, time } = judged;
  const { quantity, value } = spoken;
  if (isBadEcho(asset, quantity, value)) return 'bad-echo';
  const trace = traces.of(asset.id, quantity);
  const isOvertaken = trace && isLate(time, trace.believed.observedAt, heard.receivedAt);
  if (isOvertaken && !heard.clock) return 'late';
  if (trace && isJump(quantity, trace, { value, observedAt: time.observedAt })) return 'jump';
  return heard.clock;
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
  const point = {
    value,
    observedAt,
    by: observedAt === receivedAt ? 'receipt' : 'device',
  } as const;
  if (isBelieved(doubt)) traces.believe(asset, quantity, point);
  if (doubt === 'jump') traces.suspect(asset, quantity, point);
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
