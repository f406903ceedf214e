// Delays counted into buckets that grow with the delay, as an HDR histogram's do: every bucket is at
// most 1/64 of its value wide, so a percentile is right to 1.6 % from a microsecond to an hour, in
// one small array and without keeping the delays themselves.

/** Milliseconds. */
export interface Percentiles {
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

export interface Histogram {
  /** A delay below zero counts as none. */
  add(ms: number): void;
  /** The delay that this share (0…1) of all did not exceed, in ms; NaN while there are none. */
  quantile(share: number): number;
  percentiles(): Percentiles;
}

/** Buckets of one octave. */
const FINE = 64;
const FINE_BITS = 6;
/** 2^32 µs are more than an hour; what is longer is counted there. */
const OCTAVES = 32 - FINE_BITS + 1;
const LONGEST_US = 2 ** 32 - 1;

export function createHistogram(): Histogram {
  const buckets = new Uint32Array(OCTAVES * FINE);
  let count = 0;
  let sum = 0;
  let max = 0;

  function quantile(share: number): number {
    if (count === 0) return Number.NaN;
    const wanted = Math.max(1, Math.ceil(share * count));
    let passed = 0;
    for (const [bucket, inside] of buckets.entries()) {
      passed += inside;
      if (passed >= wanted) return Math.min(upperEndOf(bucket) / 1000, max);
    }
    return max;
  }

  return {
    add(ms) {
      const delay = Math.max(0, ms);
      count += 1;
      sum += delay;
      max = Math.max(max, delay);
      const bucket = bucketOf(Math.min(LONGEST_US, Math.round(delay * 1000)));
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    },
    quantile,
    percentiles: () => ({
      count,
      mean: round(sum / count),
      p50: round(quantile(0.5)),
      p90: round(quantile(0.9)),
      p99: round(quantile(0.99)),
      p999: round(quantile(0.999)),
      max: round(max),
    }),
  };
}

/** Below FINE one µs each; from there on FINE buckets to every doubling. */
function bucketOf(us: number): number {
  if (us < FINE) return us;
  const octave = 31 - Math.clz32(us) - FINE_BITS;
  return (octave + 1) * FINE + ((us >>> octave) - FINE);
}

function upperEndOf(bucket: number): number {
  if (bucket < FINE) return bucket;
  const octave = Math.floor(bucket / FINE) - 1;
  return ((bucket % FINE) + FINE + 1) * 2 ** octave - 1;
}

const round = (ms: number): number => Math.round(ms * 1000) / 1000;
