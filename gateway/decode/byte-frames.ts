// Binary frames of one length behind a start byte, as small sensors send them without any end mark.
// A start byte may as well be data or a checksum, so only the checksum says where a frame begins;
// where it does not hold, the search goes on one byte further. Never by a whole frame: that would
// take the next frame's beginning along with the noise before it.

export interface ByteFraming {
  readonly kind: 'bytes';
  /** Bytes of a whole frame, its start byte and its checksum among them. */
  readonly length: number;
  readonly start: number;
  /** Whether the checksum holds, of `length` bytes of which the first is `start`. */
  isWhole(candidate: Uint8Array): boolean;
}

/** What stands at the front: a frame, a byte that begins none, or too little to tell. */
export type AtFront = Uint8Array | 'stray' | 'undecided';

export function nextFrame(bytes: Uint8Array, framing: ByteFraming): AtFront {
  if (bytes.length === 0) return 'undecided';
  if (bytes[0] !== framing.start) return 'stray';
  if (bytes.length < framing.length) return 'undecided';
  const candidate = bytes.subarray(0, framing.length);
  return framing.isWhole(candidate) ? candidate : 'stray';
}
