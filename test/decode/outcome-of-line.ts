import type { Decoder } from '../../gateway/decode/decoder.ts';
import { textMessage } from './sample-message.ts';

/** What became of one line, in short: `gross 12.34`, or the reasons why not. */
export function outcomeOf(
  decoder: Decoder,
  line: string,
  options: Readonly<Record<string, unknown>> = {},
): string {
  const { frames, refused } = decoder.decode(textMessage(line), options);
  const measured = frames.flatMap((frame) => frame.measured);
  return [
    ...measured.map(({ quantity, value }) => `${quantity} ${Object.is(value, -0) ? '-0' : value}`),
    ...refused.map(({ reason }) => reason),
  ].join(', ');
}
