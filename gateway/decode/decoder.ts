// The contract of a driver card: one device family, its datasheet, its samples, one pure function.
import type { TObject } from 'typebox';
import type { Quantity } from '../domain/quantity.ts';
import type { Refusal } from '../domain/reading.ts';
import type { Instant } from '../domain/time.ts';
import type { ByteFraming } from './byte-frames.ts';

/** What a decoder sees of a message. */
export interface Message {
  readonly bytes: Uint8Array;
  readonly topic?: string;
  /** LoRaWAN's FPort, where there is one. */
  readonly port?: number;
}

export interface Measured {
  /** Which of a device's several mouths spoke; absent for the device as a whole. */
  readonly channel?: string;
  readonly quantity: Quantity;
  /** In the quantity's unit (quantity.ts): cards convert once, here. Always finite. */
  readonly value: number;
}

/** Numbers that a device said together. */
export interface Frame {
  /** The device, where the bytes name it. */
  readonly device?: string;
  readonly seq?: number;
  /** The device's own clock, as it said it; whether it is plausible is judged later. */
  readonly observedAt?: Instant;
  readonly measured: readonly Measured[];
  /**
   * The exact text or bytes (as latin-1) that make this frame the same frame when resent, or their
   * digest (domain/digest.ts) where the card took it while it read.
   */
  readonly imprint: string | number;
}

/** Something in the message that is no reading; the rest of the message is kept beside it. */
export interface Refused {
  readonly reason: Refusal;
  /** Which field, which value, what was expected. */
  readonly detail?: string;
  readonly device?: string;
  readonly seq?: number;
}

export interface Decoded {
  readonly frames: readonly Frame[];
  readonly refused: readonly Refused[];
}

export interface Sample {
  readonly title: string;
  /** Text of a line or payload, or bytes as hex. */
  readonly line?: string;
  readonly payload?: string;
  readonly hex?: string;
  readonly topic?: string;
  readonly port?: number;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly gives:
    | { readonly readings: readonly (Measured & { readonly observedAt?: string })[] }
    | { readonly rejected: Refusal };
}

/** How a serial line's bytes become messages. */
export type Framing =
  /** Lines that end in LF, with or without a CR before it, and prove themselves by a checksum. */
  | 'line'
  | LineFraming
  | ByteFraming
  /** Whole messages as a broker or HTTP hands them on; no framing of its own. */
  | 'message';

/**
 * Lines without a checksum: one that broke off when its port was lost may look like another number,
 * and is refused unread.
 */
export interface LineFraming {
  readonly kind: 'line';
  /** `cr`: CR, LF, or both. `lf`: LF, and a CR right before it. */
  readonly end: 'cr' | 'lf';
}

export interface Decoder {
  /** As written in the site file: `courtyard-line`. */
  readonly name: string;
  readonly title: string;
  readonly maker: string;
  /** Document and section, or the path of the format page in this repository. */
  readonly datasheet: string;
  /** How messages are framed on a serial line. */
  readonly framing: Framing;
  /**
   * Who says which device speaks: the bytes themselves, or the way in (a topic, a token). A serial
   * line proves nothing of its own, so one whose card says `way-in` has exactly one device on it.
   */
  readonly speaker: 'bytes' | 'way-in';
  readonly options: TObject;
  /** Every quantity it may ever yield; `any` for formats that name their own. */
  readonly yields: readonly Quantity[] | 'any';
  readonly samples: readonly Sample[];
  /** Pure, bounds-checked, never throws, whatever the bytes. */
  decode(message: Message, options: Readonly<Record<string, unknown>>): Decoded;
}

/** Checks a card's shape at compile time and keeps its exact type. */
export const defineDecoder = <const D extends Decoder>(decoder: D): D => decoder;

export const refused = (reason: Refusal, detail?: string): Decoded => ({
  frames: [],
  refused: [detail === undefined ? { reason } : { reason, detail }],
});
