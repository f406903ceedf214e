// Who is measured: whoever was asked for and is there. Without being asked, a short run has those that
// a target compares with and a long run has all of them.
import { has } from '../../tools.ts';
import type { Candidate } from './candidate.ts';
import { courtyard } from './courtyard.ts';
import { installNodeRed, nodeRedAsDrawn, nodeRedBatched, nodeRedByHand } from './node-red.ts';
import { hasTelegraf, telegraf } from './telegraf.ts';

/** In the order of the table's columns; every ratio is the first one's. */
const CANDIDATES: readonly Candidate[] = [
  courtyard,
  nodeRedBatched,
  nodeRedByHand,
  nodeRedAsDrawn,
  telegraf,
];

export const CANDIDATE_KEYS: readonly string[] = CANDIDATES.map(({ key }) => key);

export interface Choice {
  /** By their keys; those that a target compares with, and in a long run all, where left out. */
  readonly wanted: readonly string[] | undefined;
  readonly isQuick: boolean;
}

export const chosen = ({ wanted, isQuick }: Choice): readonly Candidate[] =>
  CANDIDATES.filter((each) => wanted?.includes(each.key) ?? !(isQuick && each.isBeside));

/** Installs what is not there and can be; says of the others why they are not measured. */
export function presentOf(
  candidates: readonly Candidate[],
  note: (words: string) => void,
): readonly Candidate[] {
  const others = candidates.filter((each) => each !== courtyard);
  if (others.length === 0) return candidates;
  if (!has('mosquitto')) {
    note('mosquitto is absent: no peers');
    return candidates.filter((each) => each === courtyard);
  }
  if (others.some((each) => each !== telegraf)) installNodeRed();
  if (!others.includes(telegraf) || hasTelegraf()) return candidates;
  note('telegraf is not on the path: not measured');
  return candidates.filter((each) => each !== telegraf);
}
