// The way in, on one screen: what a source heard becomes Records, and is acknowledged after that.
//
//   source ──▶ decode ──▶ validate ──▶ log ──▶ acknowledge
//                │            │         │
//                └── reason ──┴─────────┘   a rejection is written down like a reading
//
// Promise: `offer` resolves only after the commit; it rejects for storage faults and nothing else.
import type { Compound } from '../domain/asset.ts';
import { Fault } from '../domain/fault.ts';
import type { Refusal } from '../domain/reading.ts';
import type { Entry, RejectionEntry } from '../domain/record.ts';
import { seconds, type Clock } from '../domain/time.ts';
import type { Decoded, Decoder, Refused } from '../decode/decoder.ts';
import type { Envelope, Intake, Receipt } from '../sources/source.ts';
import type { Log, RawBytes } from '../store/log.ts';
import { digestOf } from '../validate/digest.ts';
import type { Judge } from '../validate/judge.ts';
import type { Tally } from './tally.ts';

export interface IntakeParts {
  readonly compound: Compound;
  /** The decoder that a source's messages are in, where the source has one. */
  readonly decoderOf: (source: string) => string | undefined;
  readonly decoderNamed: (name: string) => Decoder | undefined;
  readonly judge: Judge;
  readonly log: Pick<Log, 'append'>;
  readonly clock: Clock;
  readonly tally: Tally;
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

export function createIntake(parts: IntakeParts): Intake {
  const underWay = new Set<Promise<unknown>>();
  return {
    async offer(envelope) {
      const understood = understand(parts, envelope);
      parts.tally.heard(envelope.source, understood.entries);
      // A resend is news neither to us nor to the log, but it may overtake its original's commit:
      // were it acknowledged and the original then lost, the reading would be gone.
      const before = understood.isResend ? [...underWay] : [];
      const writing = parts.log.append(understood.entries, understood.raw);
      underWay.add(writing);
      try {
        await Promise.all([writing, ...before]);
      } catch (fault) {
        understood.forget();
        throw fault;
      } finally {
        underWay.delete(writing);
      }
      parts.tally.stored(envelope.source, understood.entries);
      return receiptFor(understood.entries);
    },
    lost: (dropped) => {
      const at = parts.clock.now();
      writeLink(parts, { kind: 'loss', ...dropped, from: at, to: at, receivedAt: at });
    },
    link: (change) => writeLink(parts, { kind: 'link', ...change, receivedAt: parts.clock.now() }),
  };
}

function receiptFor(entries: readonly Entry[]): Receipt {
  const rejected = entries.filter((entry) => entry.kind === 'rejection');
  return {
    readings: entries.filter((entry) => entry.kind === 'reading').length,
    rejected: rejected.map(({ reason, detail }) => ({
      reason,
      ...(detail !== undefined && { detail }),
    })),
  };
}

function understand(parts: IntakeParts, envelope: Envelope): Understood {
  if (envelope.damage !== undefined) return damaged(envelope, envelope.damage);
  const decoded = decode(parts, envelope);
  const judged = decoded.frames.map((frame) =>
    parts.judge.hear({
      source: envelope.source,
      receivedAt: envelope.receivedAt,
      ...(envelope.packet && { packet: envelope.packet }),
      ...(envelope.device !== undefined && { envelopeDevice: envelope.device }),
      frame,
      digest: digestOf(frame.imprint),
    }),
  );
  const isOnlyResend = judged.length > 0 && judged.every(({ duplicate }) => duplicate);
  // What was refused beside a frame was written down with it the first time.
  const refused = isOnlyResend ? [] : decoded.refused.map((what) => rejection(envelope, what));
  const entries = [...refused, ...judged.flatMap((judgement) => judgement.entries)];
  if (entries.length === 0) return damaged(envelope, 'empty');
  return {
    entries,
    raw: rawFor(entries, envelope.bytes),
    isResend: judged.some(({ duplicate }) => duplicate),
    forget: () => judged.forEach((judgement) => judgement.forget()),
  };
}

const RETRY_AFTER = seconds(1);

/** A link that went or came back is said once by its source, so it is ours to get it written down. */
function writeLink(parts: IntakeParts, entry: Entry): void {
  parts.log.append([entry]).catch((fault: unknown) => {
    parts.onFault(fault);
    if (fault instanceof Fault && fault.code === 'stopping') return;
    parts.clock.after(RETRY_AFTER, () => writeLink(parts, entry));
  });
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
    (entry) =>
      entry.kind === 'rejection' || (entry.kind === 'reading' && entry.doubt !== undefined),
  );
  return index === -1 ? [] : [{ index, bytes }];
}
