// What the log holds. Everything that the gateway knows is a fold over these, in their order.
// A Record is an Entry that was written down and so has its place in the log.
import type { AssetId, DeviceId, SourceId } from './asset.ts';
import type { ClockState, MachineRun } from './clock-state.ts';
import type { Loss } from './loss.ts';
import type { Quantity } from './quantity.ts';
import type { Reading, Refusal } from './reading.ts';
import type { Instant } from './time.ts';

/** The log's own counter: strictly increasing, never reused, 1 for the first record. */
export type Sequence = number;

/** What makes a message the same message when it comes again. */
export interface Imprint {
  /** The device's own counter, 0…65535, where it sends one. */
  readonly seq?: number;
  /** 32-bit digest of the message's bytes. */
  readonly digest: number;
}

export interface ReadingEntry extends Reading, Imprint {
  readonly kind: 'reading';
  /** Place among the entries of one frame, from 0: part n came n sequences after part 0. */
  readonly part: number;
}

/** A value that a projection computed; `origin` is part 0 of the frame that it comes from. */
export interface DerivedEntry {
  readonly kind: 'derived';
  readonly asset: AssetId;
  readonly quantity: Quantity;
  readonly value: number;
  readonly observedAt: Instant;
  readonly receivedAt: Instant;
  readonly origin: Sequence;
}

/** Something that was heard and not taken; kept so that it can be looked at. */
export interface RejectionEntry extends Partial<Imprint> {
  readonly kind: 'rejection';
  readonly source: SourceId;
  readonly device?: DeviceId;
  readonly reason: Refusal;
  /** For the engineer, in words: which field, which value, what was expected. */
  readonly detail?: string;
  /** Another entry of the same frame stands for the frame where frames are counted. */
  readonly isBeside?: true;
  readonly receivedAt: Instant;
}

/** The way to a source or a device went or came back. */
export interface LinkEntry {
  readonly kind: 'link';
  readonly of: 'source' | 'device';
  /** A source's or a device's, as `of` says. */
  readonly id: string;
  readonly state: 'up' | 'down';
  readonly why?: string;
  readonly receivedAt: Instant;
}

/**
 * The gateway came up or went down in order; a start without a stop before it was a crash. It `woke`
 * where its process or its machine had stood still for `blindMs`, and nothing was heard.
 */
export interface GatewayEntry {
  readonly kind: 'gateway';
  readonly event: 'started' | 'stopped' | 'woke';
  readonly receivedAt: Instant;
  readonly blindMs?: number;
  /** Started: names this run. */
  readonly boot?: string;
  /** Started: what is thought of the clock that stamps this run. */
  readonly clock?: ClockState;
  /** Started: the machine’s own run, which outlives many of ours. */
  readonly machine?: MachineRun;
  /** Started: digests of the site file that this run goes by, by its parts. */
  readonly site?: Readonly<Record<string, string>>;
}

/** What a command is about; each has a file in flow/ that says what may be asked of it. */
export type CommandSubject =
  | 'alarm'
  | 'asset'
  | 'ticket'
  | 'person'
  | 'device'
  | 'report'
  | 'round'
  | 'place'
  | 'post'
  | 'ledger'
  | 'notice';

/**
 * A person's accepted action on an alarm or a ticket, on an asset (`maintain`, `release`), or on who
 * works here: `put` and `disable` of a person, whose body is all of a `Person` but its id, and never a
 * password. Any other action on a person, and all on a device, is a note for the audit chain alone.
 */
export interface CommandEntry {
  readonly kind: 'command';
  readonly on: CommandSubject;
  /** Absent where the command opens a new ticket. */
  readonly id?: string;
  readonly action: string;
  readonly by: string;
  readonly role: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** The caller's Idempotency-Key, so that a resent command is answered, not done again. */
  readonly key?: string;
  readonly receivedAt: Instant;
}

/** Time went by and something fell due while the world was quiet. */
export interface TickEntry {
  readonly kind: 'tick';
  readonly receivedAt: Instant;
}

/** Something on its way to us was given up; `from` and `to` say when, `receivedAt` when it was said. */
export interface LossEntry extends Loss {
  readonly kind: 'loss';
  readonly receivedAt: Instant;
}

/**
 * The time of day was found to be wrong and was put right. What was received since the start with
 * this `boot` was stamped by a clock that was off by `stepMs`: its right moment is later by that much.
 */
export interface ClockEntry {
  readonly kind: 'clock';
  /** Names one run of the gateway. */
  readonly boot: string;
  /** Positive where the clock had been behind. 0 where it is believed as it is. */
  readonly stepMs: number;
  /** What is thought of it from here on. */
  readonly state?: ClockState;
  /**
   * No step but a note, written together with the last of them: what was `unsynchronised` up to this
   * sequence stands in the log once more, at its right moment.
   */
  readonly through?: Sequence;
  /** By the clock that is right. */
  readonly receivedAt: Instant;
}

export type Entry =
  | ReadingEntry
  | DerivedEntry
  | RejectionEntry
  | LinkEntry
  | GatewayEntry
  | CommandEntry
  | TickEntry
  | LossEntry
  | ClockEntry;

export type Recorded<E extends Entry = Entry> = E & { readonly sequence: Sequence };
/** An entry in its place in the log. */
export type LogRecord = {
  [K in Entry['kind']]: Recorded<Extract<Entry, { kind: K }>>;
}[Entry['kind']];
