// Chance, made repeatable: the same seed lives the same day again, bag by bag.
// Nothing else in this company's code may draw lots.

export interface Random {
  /** At least 0, below 1. */
  uniform(): number;
  between(least: number, most: number): number;
  /** Bell-shaped about 0 with a standard deviation of 1. */
  normal(): number;
  /** The wait until the next of events that come `mean` apart on average. */
  wait(mean: number): number;
  chance(share: number): boolean;
}

export function randomFrom(seed: number): Random {
  const uniform = mulberry32(seed);
  const between = (least: number, most: number) => least + (most - least) * uniform();
  // 1 − u is never 0, so the logarithm is always finite.
  const wait = (mean: number) => -mean * Math.log(1 - uniform());
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, between, normal, wait, chance: (share) => uniform() < share };
}

/** Tommy Ettinger's 32-bit generator: small, quick, and good enough for rubbish. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
