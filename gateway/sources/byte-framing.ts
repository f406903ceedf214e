// Binary frames out of a stream of bytes that begins anywhere and may break off:
//
//   bytes ──▶ [ held: less than one frame ] ──▶ front is a frame? ──▶ hear(frame)
//                        ▲                          │ no
//                        └─── one byte on ◀─────────┴──▶ stray, told once as one damaged piece
//
// Promise: never more is held than one frame and the beginning of the stray bytes before it, and
// how the bytes were chunked never changes what comes out.
import type { ByteFraming } from '../decode/byte-frames.ts';
import { nextFrame } from '../decode/byte-frames.ts';
import type { Framer, HearFrame } from './framer.ts';

/** Stray bytes that are told with their piece: enough to see a wrong speed or polarity. */
export const MOST_SHOWN = 64;
/** A piece that is no frame for this long is told before its end, for it may have none. */
export const TOLD_AFTER = 256;

const NOTHING = Buffer.alloc(0);

export function createByteFraming(framing: ByteFraming, hear: HearFrame): Framer {
  const stray = createStray(framing, hear);
  let held: Buffer = NOTHING;

  return {
    write(chunk) {
      const bytes = Buffer.concat([held, chunk]);
      let at = 0;
      for (;;) {
        const front = nextFrame(bytes.subarray(at), framing);
        if (front === 'undecided') break;
        if (front === 'stray') {
          stray.add(bytes.subarray(at, at + framing.length));
          at += 1;
        } else {
          stray.end();
          hear(Buffer.from(front));
          at += framing.length;
        }
      }
      held = Buffer.from(bytes.subarray(at));
    },
    renew() {
      for (let at = 0; at < held.length; at++) stray.add(held.subarray(at));
      held = NOTHING;
      stray.end();
      return Promise.resolve();
    },
    skippedBytes: () => stray.total(),
  };
}

/** The bytes since the last frame that belong to none. */
function createStray({ start, length: whole }: ByteFraming, hear: HearFrame) {
  const shown = Buffer.alloc(MOST_SHOWN);
  let length = 0;
  let total = 0;
  let isCandidate = false;

  function tell(): void {
    const beginning = Buffer.from(shown.subarray(0, Math.min(length, MOST_SHOWN)));
    hear(beginning, isCandidate ? 'checksum' : 'malformed');
  }

  return {
    total: () => total,
    /** @param rest the stray byte, and what of a frame's length stands behind it */
    add(rest: Buffer): void {
      if (length < MOST_SHOWN) shown[length] = rest[0] ?? 0;
      if (rest[0] === start && rest.length === whole) isCandidate = true;
      length += 1;
      total += 1;
      if (length === TOLD_AFTER) tell();
    },
    end(): void {
      if (length > 0 && length < TOLD_AFTER) tell();
      length = 0;
      isCandidate = false;
    },
  };
}
