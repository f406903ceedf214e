// Stands between a serial port and ReadlineParser, which keeps every byte until a line end comes
// and searches all of them again with each chunk: at a wrong baud rate, for ever.
//
//   bytes ──▶ [ held: at most maxLine + 1 ] ──▶ whole lines, byte for byte ──▶ ReadlineParser
//                     │ too long
//                     └──▶ onOverlong(its beginning), then nothing until the next LF
//
// Promise: each byte is looked at once and copied at most twice, and never more than one line is
// kept, whatever comes. How the bytes were chunked never changes what comes out.
import { Transform } from 'node:stream';

const LF = 0x0a;
const CR = 0x0d;

export interface BoundedLinesOptions {
  /** Bytes of a line, its line end (LF, or CR LF) not counted. */
  readonly maxLine: number;
  /** Called once per overlong line, with its first `maxLine` bytes. */
  readonly onOverlong: (beginning: Buffer) => void;
  /** Takes the unfinished line at the end of the stream, which otherwise comes out as a line. */
  readonly onUnfinished?: (bytes: Buffer) => void;
}

export interface BoundedLines {
  /** Gives whole lines with their line ends; at the end of the stream also an unfinished one. */
  readonly stream: Transform;
  /** Bytes of overlong lines so far, their line ends included. */
  skippedBytes(): number;
  /** Bytes of the unfinished line that is kept at the moment. */
  heldBytes(): number;
}

export function createBoundedLines(options: BoundedLinesOptions): BoundedLines {
  const { maxLine, onOverlong, onUnfinished } = options;
  // One more than a line may have: the CR of a CR LF whose LF is still to come.
  const unfinished = createUnfinished(maxLine + 1);
  let skipping = false;
  let skipped = 0;

  function take(piece: Buffer): void {
    if (skipping) skip(piece);
    else if (unfinished.lengthWith(piece) > maxLine) overflow(piece);
    else if (endsLine(piece)) stream.push(unfinished.takeOutWith(piece));
    else unfinished.add(piece);
  }

  function overflow(piece: Buffer): void {
    skipped += unfinished.length();
    const beginning = unfinished.takeOutWith(piece.subarray(0, maxLine));
    skip(piece);
    onOverlong(beginning.subarray(0, maxLine));
  }

  function skip(piece: Buffer): void {
    skipped += piece.length;
    skipping = !endsLine(piece);
  }

  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      for (const piece of piecesOf(chunk)) take(piece);
      done();
    },
    flush(done) {
      const bytes = unfinished.takeOutWith(Buffer.alloc(0));
      if (onUnfinished === undefined) stream.push(bytes);
      else if (bytes.length > 0) onUnfinished(bytes);
      done();
    },
  });
  return { stream, skippedBytes: () => skipped, heldBytes: () => unfinished.length() };
}

/** The bytes of the line that has no line end yet. */
function createUnfinished(capacity: number) {
  const bytes = Buffer.alloc(capacity);
  let length = 0;
  return {
    length: () => length,
    add(piece: Buffer): void {
      length += piece.copy(bytes, length);
    },
    takeOutWith(piece: Buffer): Buffer {
      const line = length === 0 ? piece : Buffer.concat([bytes.subarray(0, length), piece]);
      length = 0;
      return line;
    },
    /** What the line would measure, its line end not counted; a last CR may be part of one. */
    lengthWith(piece: Buffer): number {
      const body = endsLine(piece) ? piece.length - 1 : piece.length;
      const last = body > 0 ? piece[body - 1] : bytes[length - 1];
      return length + body - (last === CR && length + body > 0 ? 1 : 0);
    },
  };
}

/** Cuts a chunk behind each LF; every piece but the last ends a line. */
function* piecesOf(chunk: Buffer): Generator<Buffer> {
  for (let at = 0; at < chunk.length;) {
    const lf = chunk.indexOf(LF, at);
    const next = lf === -1 ? chunk.length : lf + 1;
    yield chunk.subarray(at, next);
    at = next;
  }
}

const endsLine = (piece: Buffer): boolean => piece.at(-1) === LF;
