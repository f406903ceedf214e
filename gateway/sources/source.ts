// The contract of everything that hears: serial ports, brokers, recordings.
// A source frames bytes and hands them in; it decodes nothing and judges nothing.
import type { DeviceId, SourceId } from '../domain/asset.ts';
import type { Loss } from '../domain/loss.ts';
import type { Refusal } from '../domain/reading.ts';
import type { Instant } from '../domain/time.ts';

/** One message as it came off the wire. */
export interface Envelope {
  readonly source: SourceId;
  /** Whole: one line without its line end, one MQTT payload, one row. */
  readonly bytes: Uint8Array;
  readonly receivedAt: Instant;
  /** MQTT only. */
  readonly topic?: string;
  /** The device, where the way in already proves it (a topic's level, a token). */
  readonly device?: DeviceId;
  /** MQTT only: a QoS 1 packet's id, and whether the sender marks it as sent before. */
  readonly packet?: { readonly id: number; readonly dup: boolean };
  /** Set by a framer that could not make a whole message of it; the bytes are its beginning. */
  readonly damage?: Refusal;
}

/** What became of one message, for a sender that can be answered in words. */
export interface Receipt {
  /** Kept as readings, the doubted ones included. */
  readonly readings: number;
  readonly rejected: readonly { readonly reason: Refusal; readonly detail?: string }[];
}

/** What a source does with what it hears. */
export interface Intake {
  /**
   * Takes one message. Resolves once its readings, or its rejection, are durable: only then may
   * the source acknowledge. Rejects with a Fault for storage faults only, never for bad input.
   */
  offer(envelope: Envelope): Promise<Receipt>;
  /**
   * More is on its way to the disk than it can take: an offer would wait for its turn. What nobody
   * sends again is to be given up then (`lost`, `shed`), and whoever can be told to come back later
   * is told so. Cheap: ask for every message.
   */
  isPressed(): boolean;
  /** Says that the way to a source or device went or came back. */
  link(change: LinkChange): void;
  /** Says that something on its way was given up. Cheap: losses of one kind are gathered before they are written. */
  lost(loss: Dropped): void;
}

/** A loss at one moment, as its source sees it. */
export type Dropped = Pick<Loss, 'source' | 'device' | 'reason' | 'count'>;

export interface LinkChange {
  readonly of: 'source' | 'device';
  /** A source's or a device's, as `of` says. */
  readonly id: string;
  readonly state: 'up' | 'down';
  /** In words, for the engineer: `close: bad file descriptor`. */
  readonly why?: string;
}

/** Counters since start. */
export interface SourceHealth {
  readonly id: SourceId;
  readonly kind: string;
  readonly state: 'starting' | 'up' | 'down';
  /** Frames or messages as they came, whole or not. */
  readonly heard: number;
  /** Bytes that were skipped until the next frame began. */
  readonly skippedBytes: number;
  /** Heard and given up before the intake had taken them; absent where that cannot happen. */
  readonly dropped?: number;
  /** Commands sent to devices that speak only when asked; absent where nobody asks. */
  readonly asked?: number;
  /** Brokers: connections and packets that were refused, by reason; absent where nobody knocks. */
  readonly turnedAway?: Readonly<Record<string, number>>;
  /** What an engineer should look at though it hears, in words. */
  readonly notes?: readonly string[];
  /** Times the way was lost. */
  readonly lost: number;
  /** Why it is down, in words. */
  readonly why?: string;
}

export interface Source {
  readonly id: SourceId;
  readonly kind: string;
  /**
   * Begins to hear. Resolves when the first attempt is over, whether or not it succeeded: a
   * missing port or broker is retried with back-off for ever and never stops the gateway.
   */
  start(): Promise<void>;
  /** Hears nothing more once resolved; whatever was offered has been answered. */
  stop(): Promise<void>;
  health(): SourceHealth;
}
