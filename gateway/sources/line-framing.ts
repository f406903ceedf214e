// Lines out of a stream of bytes that may break off and begin anew. A line end is LF; a CR right
// before it goes with it, and empty lines do not come out. Bytes stay bytes: they pass through
// ReadlineParser as latin-1, so that a decoder can refuse and show what is no text.
import { finished } from 'node:stream/promises';
import { ReadlineParser } from '@serialport/parser-readline';
import type { Refusal } from '../domain/reading.ts';
import type { BoundedLines } from './bounded-lines.ts';
import { createBoundedLines } from './bounded-lines.ts';

/** Takes one line, or the beginning of one that is damaged. */
export type HearLine = (bytes: Buffer, damage?: Refusal) => void;

export interface LineFraming {
  write(chunk: Buffer): void;
  /**
   * The stream has broken off: the unfinished line comes out as it is, for a decoder to judge, and
   * nothing of it is glued to what is written next. Resolves once it has come out.
   */
  renew(): Promise<void>;
  skippedBytes(): number;
}

export function createLineFraming(maxLine: number, hear: HearLine): LineFraming {
  let skippedBefore = 0;
  let { lines, parser } = connect(maxLine, hear);
  return {
    write(chunk) {
      lines.stream.write(chunk); // never fills up: the parser's data listener takes all at once
    },
    async renew() {
      const before = { lines, parser };
      skippedBefore += before.lines.skippedBytes();
      ({ lines, parser } = connect(maxLine, hear));
      before.lines.stream.end();
      await finished(before.parser);
    },
    skippedBytes: () => skippedBefore + lines.skippedBytes(),
  };
}

function connect(maxLine: number, hear: HearLine): { lines: BoundedLines; parser: ReadlineParser } {
  const lines = createBoundedLines({ maxLine, onOverlong: (start) => hear(start, 'too-long') });
  const parser = new ReadlineParser({ delimiter: '\n', encoding: 'latin1' });
  parser.on('data', (line: string) => {
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (text !== '') hear(Buffer.from(text, 'latin1'));
  });
  lines.stream.pipe(parser);
  return { lines, parser };
}
