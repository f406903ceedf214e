// What stands between a port's bytes and the queue: the contract that line and byte framing keep,
// and the choice between them, which is the decoder card's.
import type { Framing } from '../decode/decoder.ts';
import type { Refusal } from '../domain/reading.ts';
import { createByteFraming } from './byte-framing.ts';
import { createLineFraming } from './line-framing.ts';

/** Takes one frame, or the beginning of what could not be made one. */
export type HearFrame = (bytes: Buffer, damage?: Refusal) => void;

export interface Framer {
  write(chunk: Buffer): void;
  /**
   * The stream has broken off: what is unfinished comes out, and nothing of it is glued to what is
   * written next. Resolves once it has come out.
   */
  renew(): Promise<void>;
  /** Bytes that became part of no frame. */
  skippedBytes(): number;
}

export interface FramerRules {
  readonly framing: Framing;
  readonly maxLine: number;
}

/** Messages of a broker have no framing of their own; on a line they come one a line. */
export function createFramer({ framing, maxLine }: FramerRules, hear: HearFrame): Framer {
  if (typeof framing === 'string') return createLineFraming({ maxLine }, hear);
  if (framing.kind === 'bytes') return createByteFraming(framing, hear);
  return createLineFraming({ maxLine, unproven: framing }, hear);
}
