// What it means that a bin's scale and its fill sensor do not agree: something else is wrong than
// either of them says. It holds until they agree again: at the next collection, or when the level moves.
import type { Agreement } from '../domain/agreement.ts';
import type { MeaningRule } from '../domain/rule.ts';
import { CLEAR, UNKNOWN, type Verdict } from './verdict.ts';

/** One collection that a level did not see may be an echo; two are a blind sensor. */
const UNSEEN_TWICE = 2;
/** So many bags, and so much of the bin by the heaviest rubbish that there is, move any level. */
const [UNMOVED_DEPOSITS, UNMOVED_SHARE, HEAVIEST_KG_PER_L] = [10, 0.25, 0.6];
/** A level at its top has nowhere to go. */
const TOP = 0.9;
/** An emptied bin is never quite empty, and never says the same of it four times. */
const [RESTS, OFF_KG, ALIKE_KG, ALIKE_SHARE] = [4, 2, 0.4, 0.15];

export function judgeMeaning(
  { meaning }: Pick<MeaningRule, 'meaning'>,
  agreement: Agreement | undefined,
  volumeL: number,
): Verdict {
  if (!agreement) return UNKNOWN;
  switch (meaning) {
    case 'contaminated': {
      const { heavy } = agreement;
      return heavy ? { kind: 'violated', since: heavy.since, value: heavy.times } : CLEAR;
    }
    case 'sensor-blinded':
      return blinded(agreement, volumeL);
    case 'needs-tare':
      return needsTare(agreement);
  }
}

function blinded({ unseen, unmoved }: Agreement, volumeL: number): Verdict {
  if (unseen && unseen.count >= UNSEEN_TWICE)
    return { kind: 'violated', since: unseen.since, value: unseen.fill };
  if (!unmoved || unmoved.deposits < UNMOVED_DEPOSITS || unmoved.fill > TOP) return CLEAR;
  const share = unmoved.kg / (HEAVIEST_KG_PER_L * volumeL);
  if (share < UNMOVED_SHARE) return CLEAR;
  return { kind: 'violated', since: unmoved.since, value: unmoved.fill };
}

/** Off by the same, whichever way, each of the last times. */
function needsTare({ rests = [] }: Agreement): Verdict {
  const last = rests.slice(-RESTS);
  const [first] = last;
  if (!first || last.length < RESTS) return CLEAR;
  const kgs = last.map(({ kg }) => kg).toSorted((a, b) => a - b);
  const [least, most] = [kgs[0]!, kgs.at(-1)!];
  const off = (least + most) / 2;
  const isSame = most - least <= Math.max(ALIKE_KG, ALIKE_SHARE * Math.abs(off));
  const isOff = Math.abs(off) >= OFF_KG;
  return isSame && isOff ? { kind: 'violated', since: first.at, value: off } : CLEAR;
}
