// Lines out of a stream of bytes that may break off and begin anew. A line end is LF; a CR right
// before it goes with it, and empty lines do not come out. Where a card says so, CR alone ends a
// line too. Bytes stay bytes: they pass through ReadlineParser as latin-1, so that a decoder can
// refuse and show what is no text.
import { finished } from 'node:stream/promises';
import { ReadlineParser } from '@serialport/parser-readline';
import type { LineFraming } from '../decode/decoder.ts';
import type { BoundedLines } from './bounded-lines.ts';
import { createBoundedLines } from './bounded-lines.ts';
import type { Framer, HearFrame } from './framer.ts';

export interface LineRules {
  /** Bytes of the longest line, its line end not counted. */
  readonly maxLine: number;
  /** Absent for lines that prove themselves whole by a checksum. */
  readonly unproven?: LineFraming;
}

export function createLineFraming(rules: LineRules, hear: HearFrame): Framer {
  let skippedBefore = 0;
  let { lines, parser } = connect(rules, hear);
  const isEndedByCr = rules.unproven?.end === 'cr';
  return {
    write(chunk) {
      // Never fills up: the parser's data listener takes all at once.
      lines.stream.write(isEndedByCr ? withLfForCr(chunk) : chunk);
    },
    async renew() {
      const before = { lines, parser };
      skippedBefore += before.lines.skippedBytes();
      ({ lines, parser } = connect(rules, hear));
      before.lines.stream.end();
      await finished(before.parser);
    },
    skippedBytes: () => skippedBefore + lines.skippedBytes(),
  };
}

function connect(
  { maxLine, unproven }: LineRules,
  hear: HearFrame,
): { lines: BoundedLines; parser: ReadlineParser } {
  const lines = createBoundedLines({
    maxLine,
    onOverlong: (start) => hear(start, 'too-long'),
    ...(unproven && { onUnfinished: (bytes: Buffer) => hear(bytes, 'malformed') }),
  });
  const parser = new ReadlineParser({ delimiter: '\n', encoding: 'latin1' });
  parser.on('data', (line: string) => {
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (text !== '') hear(Buffer.from(text, 'latin1'));
  });
  lines.stream.pipe(parser);
  return { lines, parser };
}

const [LF, CR] = [0x0a, 0x0d];

/** CR LF then ends a line and an empty one, which does not come out. */
function withLfForCr(chunk: Buffer): Buffer {
  const written = Buffer.from(chunk);
  for (let at = written.indexOf(CR); at !== -1; at = written.indexOf(CR, at + 1)) written[at] = LF;
  return written;
}
