// The way in, on one screen: what a source heard becomes Records, and is acknowledged after that.
//
//   source ──▶ decode ──▶ validate ──▶ log ──▶ acknowledge
//                │            │         │
//                └── reason ──┴─────────┘   a rejection is written down like a reading
//
// Promise: `offer` resolves only after the commit; it rejects for storage faults and nothing else.
import type { Compound } from '../domain/asset.ts';
import type { Doubt, Refusal } from '../domain/reading.ts';
import type { Entry, RejectionEntry } from '../domain/record.ts';
import type { Clock } from '../domain/time.ts';
import type { Decoded, Decoder, Frame, Refused } from '../decode/decoder.ts';
import type { Envelope, Intake, Receipt } from '../sources/source.ts';
import type { Log, RawBytes } from '../store/log.ts';
import { digestOf } from '../validate/digest.ts';
import type { Heard, Judge, Judgement } from '../validate/judge.ts';
import type { ClockKeeping } from './clock/clock-keeping.ts';
import { createLinkWords } from './link-words.ts';
import { createLossGathering } from './losses/loss-gathering.ts';
import { createPressure, weightOf, type Pressure } from './pressure.ts';
import type { Tally } from './tally.ts';

export interface IntakeParts {
  readonly compound: Compound;
  /** The decoder that a source's messages are in, where the source has one. */
  readonly decoderOf: (source: string) => string | undefined;
  readonly decoderNamed: (name: string) => Decoder | undefined;
  readonly judge: Judge;
  readonly log: Pick<Log, 'append'>;
  readonly clock: Clock;
  /** What is known of the clock; it is believed where absent. */
  readonly times?: Pick<ClockKeeping, 'isDated' | 'rightly'>;
  readonly tally: Tally;
  /** Who waits where more is heard than the disk takes; one with the usual limits where absent. */
  readonly pressure?: Pressure;
  /** Hears of link changes that could not be written down. */
  readonly onFault: (fault: unknown) => void;
}

/** What one message came to, before it is durable. */
interface Understood {
  readonly entries: readonly Entry[];
  /** The bytes behind entries that were rejected or doubted are kept with them. */
  readonly raw: readonly RawBytes[];
  /** Part of it was heard before; it must not be acknowledged before its original is durable. */
  readonly isResend: boolean;
  /** Where the entries could not be written: the sender's next attempt must be news again. */
  forget(): void;
}

/** The way in, and how it ends: once no source speaks any more, what is still to be said of drops. */
export interface WayIn extends Intake {
  finish(): Promise<void>;
}

export function createIntake(parts: IntakeParts): WayIn {
  const { pressure = createPressure(parts.clock) } = parts;
  const losses = createLossGathering(parts);
  const take = createTaking(parts, pressure);
  return {
    offer: (envelope) =>
      pressure.isPressed()
        ? pressure.inTurn(envelope.bytes.length, () => take(envelope))
        : take(envelope),
    isPressed: () => pressure.isPressed(),
    lost(dropped) {
      parts.tally.dropped(dropped);
      losses.lost(dropped);
    },
    finish: () => losses.finish(),
    link: createLinkWords(parts),
  };
}

/** Keeps no entry while it waits: thousands wait in a flood, and the log has packed theirs by then. */
function createTaking(
  parts: IntakeParts,
  pressure: Pressure,
): (envelope: Envelope) => Promise<Receipt> {
  const { tally, log } = parts;
  let failures = 0;
  let lastFault: unknown;

  return (envelope) => {
    const { entries, raw, isResend, forget } = understand(parts, envelope);
    const passage = tally.heard(envelope.source, entries, envelope.damage);
    const held = pressure.hold(weightOf(envelope.bytes.length, entries.length));
    const receipt = receiptFor(entries);
    const failuresBefore = failures;
    const fail = (fault: unknown): never => {
      forget();
      tally.failed(passage);
      pressure.failed(held, fault);
      throw fault;
    };
    return log.append(entries, raw).then(
      () => {
        // A resend is news neither to us nor to the log, but its original was on the way before it:
        // were it acknowledged and the original lost, the reading would be gone. The log answers in
        // order, so by now whatever was on the way has been stored or has failed.
        if (isResend && failures !== failuresBefore) fail(lastFault);
        tally.stored(passage);
        pressure.stored(held);
        return receipt;
      },
      (fault: unknown) => {
        failures += 1;
        lastFault = fault;
        return fail(fault);
      },
    );
  };
}

const NOTHING_REJECTED: Receipt['rejected'] = [];

function receiptFor(entries: readonly Entry[]): Receipt {
  if (entries.every(({ kind }) => kind === 'reading'))
    return { readings: entries.length, rejected: NOTHING_REJECTED };
  const rejected: { reason: Refusal; detail?: string }[] = [];
  let readings = 0;
  for (const entry of entries) {
    if (entry.kind === 'reading') readings += 1;
    if (entry.kind !== 'rejection') continue;
    const { reason, detail } = entry;
    rejected.push(detail === undefined ? { reason } : { reason, detail });
  }
  return { readings, rejected };
}

/** It may have waited while our clock was put right. */
function timed({ times }: IntakeParts, envelope: Envelope): Envelope {
  const receivedAt = times?.rightly(envelope.receivedAt) ?? envelope.receivedAt;
  return receivedAt === envelope.receivedAt ? envelope : { ...envelope, receivedAt };
}

function understand(parts: IntakeParts, heard: Envelope): Understood {
  const envelope = timed(parts, heard);
  if (envelope.damage !== undefined) return damaged(envelope, envelope.damage);
  const decoded = decode(parts, envelope);
  const judged = decoded.frames.map((frame) => parts.judge.hear(heardOf(parts, envelope, frame)));
  const [only] = judged;
  if (only && judged.length === 1 && decoded.refused.length === 0) return alone(only, envelope);
  const isOnlyResend = judged.length > 0 && judged.every(({ duplicate }) => duplicate);
  // What was refused beside a frame was written down with it the first time.
  const refused = isOnlyResend
    ? []
    : decoded.refused.map((what, place) => ({
        ...rejection(envelope, what),
        ...(judged.length + place > 0 && ({ isBeside: true } as const)),
      }));
  const entries = [...refused, ...judged.flatMap((judgement) => judgement.entries)];
  if (entries.length === 0) return damaged(envelope, 'empty');
  return {
    entries,
    raw: rawFor(entries, envelope.bytes),
    isResend: judged.some(({ duplicate }) => duplicate),
    forget: () => judged.forEach((judgement) => judgement.forget()),
  };
}

/** As nearly every message is: one frame, and nothing wrong with it. */
const alone = ({ entries, duplicate, forget }: Judgement, { bytes }: Envelope): Understood => ({
  entries,
  raw: rawFor(entries, bytes),
  isResend: duplicate,
  forget,
});

/** Filled in rather than spread together: this is done for every message. */
function heardOf({ times }: IntakeParts, envelope: Envelope, frame: Frame): Heard {
  const { source, receivedAt, packet, device } = envelope;
  const heard: { -readonly [K in keyof Heard]: Heard[K] } = {
    source,
    receivedAt,
    frame,
    digest: digestOf(frame.imprint),
  };
  if (packet) heard.packet = packet;
  if (device !== undefined) heard.envelopeDevice = device;
  if (times && !times.isDated()) heard.clock = 'unsynchronised';
  return heard;
}

function damaged(envelope: Envelope, reason: Refusal): Understood {
  const detail = envelope.topic === undefined ? {} : { detail: `on topic ${envelope.topic}` };
  const entries = [rejection(envelope, { reason, ...detail })];
  return {
    entries,
    raw: rawFor(entries, envelope.bytes),
    isResend: false,
    forget: () => undefined,
  };
}

function decode(parts: IntakeParts, envelope: Envelope): Decoded {
  const device =
    envelope.device === undefined ? undefined : parts.compound.devices.get(envelope.device);
  const name = device?.decoder ?? parts.decoderOf(envelope.source) ?? '';
  const decoder = parts.decoderNamed(name);
  if (!decoder) return { frames: [], refused: [{ reason: 'unknown-decoder', detail: name }] };
  return decoder.decode(envelope, device?.decoderOptions ?? {});
}

function rejection(envelope: Envelope, refused: Refused): RejectionEntry {
  const { source, receivedAt, device } = envelope;
  return {
    kind: 'rejection',
    source,
    receivedAt,
    ...(device !== undefined && { device }),
    ...refused,
  };
}

/** One copy, with the first that wants it: all entries of a message stand side by side. */
function rawFor(entries: readonly Entry[], bytes: Uint8Array): RawBytes[] {
  const index = entries.findIndex(
    (entry) => entry.kind === 'rejection' || (entry.kind === 'reading' && isOdd(entry.doubt)),
  );
  return index === -1 ? [] : [{ index, bytes }];
}

/** That our clock was wrong is nothing that the bytes could explain. */
const isOdd = (doubt: Doubt | undefined): boolean =>
  doubt !== undefined && doubt !== 'unsynchronised';
