// Several worlds' judgements as one, and in words.
import type { Judged } from './scale-judge.ts';

type Counted = Omit<Judged, 'dayErrors' | 'missed' | 'wrong'>;

export interface Summed extends Counted {
  /** Of a day's kg, told against true. */
  readonly worstDay: number;
  readonly meanDay: number;
}

export function summed(judged: readonly Judged[]): Summed {
  const errors = judged.flatMap(({ dayErrors }) => dayErrors).map(Math.abs);
  const sum = (of: (one: Judged) => number): number =>
    judged.reduce((all, one) => all + of(one), 0);
  return {
    deposits: sum((one) => one.deposits),
    looked: sum((one) => one.looked),
    found: sum((one) => one.found),
    alone: sum((one) => one.alone),
    parted: sum((one) => one.parted),
    told: sum((one) => one.told),
    isFalse: sum((one) => one.isFalse),
    collections: sum((one) => one.collections),
    collectionsFound: sum((one) => one.collectionsFound),
    collectionsFalse: sum((one) => one.collectionsFalse),
    worstDay: Math.max(...errors),
    meanDay: errors.reduce((all, error) => all + error, 0) / errors.length,
  };
}

const share = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(2)} %`;

export function figures(all: Summed): string {
  return [
    `found ${share(all.found, all.looked)} of ${all.looked} deposits over 0.3 kg`,
    `${share(all.alone, all.deposits)} of all told by themselves`,
    `${share(all.parted, all.looked)} in a sum that was parted wrongly`,
    `${share(all.isFalse, all.told)} of ${all.told} told were none`,
    `daily kg off by ${share(all.meanDay, 1)} on average and ${share(all.worstDay, 1)} at worst`,
    `${all.collectionsFound} of ${all.collections} collections found, ${all.collectionsFalse} false`,
  ].join('; ');
}
