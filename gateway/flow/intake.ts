// The way in, on one screen: what a source heard becomes Records, and is acknowledged after that.
//
//   source ──▶ decode ──▶ validate ──▶ log ──▶ acknowledge
//                │            │         │
//                └── reason ──┴─────────┘   a rejection is written down like a reading
//
// Promise: `offer` resolves only after the commit; it rejects for storage faults and nothing else.
import type { Compound } from '../domain/asset.ts';
import type { Entry, RejectionEntry } from '../domain/record.ts';
import type { Clock } from '../domain/time.ts';
import type { Decoded, Decoder } from '../decode/decoder.ts';
import type { Envelope, Intake } from '../sources/source.ts';
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
  /** Where the entries could not be written: the sender's next attempt must be news again. */
  forget(): void;
}

export function createIntake(parts: IntakeParts): Intake {
  return {
    async offer(envelope) {
      const understood = understand(parts, envelope);
      parts.tally.heard(envelope.source, understood.entries);
      try {
        await parts.log.append(understood.entries, understood.raw);
      } catch (fault) {
        understood.forget();
        throw fault;
      }
      parts.tally.stored(envelope.source, understood.entries);
    },
    link(change) {
      const entry: Entry = { kind: 'link', ...change, receivedAt: parts.clock.now() };
      parts.log.append([entry]).catch(parts.onFault);
    },
  };
}

function understand(parts: IntakeParts, envelope: Envelope): Understood {
  const decoded = envelope.damage === undefined ? decode(parts, envelope) : undefined;
  const entries: Entry[] = (decoded?.refused ?? []).map((refused) =>
    rejection(envelope, { device: envelope.device, ...refused }),
  );
  if (envelope.damage !== undefined) entries.push(rejection(envelope, { reason: envelope.damage }));
  const forgets: (() => void)[] = [];
  for (const frame of decoded?.frames ?? []) {
    const judgement = parts.judge.hear({
      source: envelope.source,
      receivedAt: envelope.receivedAt,
      ...(envelope.packet && { packet: envelope.packet }),
      ...(envelope.device !== undefined && { envelopeDevice: envelope.device }),
      frame,
      digest: digestOf(frame.imprint),
      firstPart: entries.length,
    });
    entries.push(...judgement.entries);
    forgets.push(() => judgement.forget());
  }
  if (entries.length === 0) entries.push(rejection(envelope, { reason: 'empty' }));
  return {
    entries,
    raw: rawFor(entries, envelope.bytes),
    forget: () => forgets.forEach((forget) => forget()),
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

function rejection(
  envelope: Envelope,
  refused: Pick<RejectionEntry, 'reason'> & {
    device?: string | undefined;
    detail?: string;
    seq?: number;
  },
): RejectionEntry {
  const { reason, device, detail, seq } = refused;
  return {
    kind: 'rejection',
    source: envelope.source,
    reason,
    receivedAt: envelope.receivedAt,
    ...(device !== undefined && { device }),
    ...(detail !== undefined && { detail }),
    ...(seq !== undefined && { seq }),
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
