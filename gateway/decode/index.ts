// Every device family that we understand, by hand: adding one is a file and a line here.
import { a02yyuw } from './a02yyuw.ts';
import { andIndicator } from './and-indicator.ts';
import { andStandard } from './and-standard.ts';
import { courtyardJson } from './courtyard-json.ts';
import { courtyardLine } from './courtyard-line.ts';
import type { Decoder } from './decoder.ts';
import { hx711Print } from './hx711-print.ts';
import { maxbotix } from './maxbotix.ts';
import { mtSics } from './mt-sics.ts';

export const DECODERS: readonly Decoder[] = [
  courtyardLine,
  courtyardJson,
  mtSics,
  andStandard,
  andIndicator,
  hx711Print,
  maxbotix,
  a02yyuw,
];

const byName = new Map(DECODERS.map((decoder) => [decoder.name, decoder]));

/** The card that the site file names; undefined where there is none. */
export const decoderNamed = (name: string): Decoder | undefined => byName.get(name);
