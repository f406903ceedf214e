// What all cards of printable lines have in common: bytes become text, line ends go, and what can
// be no line of any such device is refused by name before a card looks at it.
import type { Decoded, Message } from './decoder.ts';
import { refused } from './decoder.ts';
import { limitRefusals } from './refusal-limit.ts';
import { quoted } from './series-name.ts';

/** The longest line any of these makers documents has 60; a sketch may be more talkative. */
const LONGEST_LINE = 256;
/** Answers of several lines are handed on as one message where a person pastes them. */
const MOST_LINES = 64;
const LONGEST_MESSAGE = LONGEST_LINE * MOST_LINES;
/** What A&D's scales answer to a command that yields no data. */
const ACKNOWLEDGED = '\x06';
const PRINTABLE = /^[\t\x20-\x7e]*$/;

export function readLines(message: Message, readLine: (line: string) => Decoded): Decoded {
  const { bytes } = message;
  if (bytes.length > LONGEST_MESSAGE) return refused('too-long', `${bytes.length} bytes`);
  const lines = String.fromCharCode(...bytes)
    .split(/[\r\n]+/)
    .filter((line) => line !== '');
  if (lines.length === 0) return refused('empty');
  const read = lines.map((line) => refusedUnread(line) ?? readLine(line));
  return limitRefusals({
    frames: read.flatMap((each) => each.frames),
    refused: read.flatMap((each) => each.refused),
  });
}

function refusedUnread(line: string): Decoded | undefined {
  if (line === ACKNOWLEDGED) return refused('empty', 'acknowledges a command');
  if (line.length > LONGEST_LINE) return refused('too-long', `a line of ${line.length} bytes`);
  if (!PRINTABLE.test(line)) return refused('not-ascii', quoted(line));
  return line.trim() === '' ? refused('empty') : undefined;
}
