// Every device family that we understand, by hand: adding one is a file and a line here.
import { courtyardJson } from './courtyard-json.ts';
import { courtyardLine } from './courtyard-line.ts';
import type { Decoder } from './decoder.ts';

export const DECODERS: readonly Decoder[] = [courtyardLine, courtyardJson];

const byName = new Map(DECODERS.map((decoder) => [decoder.name, decoder]));

/** The card that the site file names; undefined where there is none. */
export const decoderNamed = (name: string): Decoder | undefined => byName.get(name);
