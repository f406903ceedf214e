// The highest rate that something sustains, found by trying: upwards by a factor while it does, then
// between the last that it did and the first that it did not, until the two are close enough.

export interface Search {
  readonly from: number;
  /** How much more is tried after a rate that was sustained. */
  readonly factor: number;
  /** A result may be this much below the truth: 1.1 is a tenth. */
  readonly exactTo: number;
}

/** Below it nothing is worth measuring. */
const LOWEST = 50;

/** 0 where not even the lowest rate was sustained. */
export async function highestRate(
  sustains: (rate: number) => Promise<boolean>,
  { from, factor, exactTo }: Search,
): Promise<number> {
  let [good, bad] = [0, Number.POSITIVE_INFINITY];
  let rate = rounded(from);
  while (rate >= LOWEST && rate > good && rate < bad) {
    if (await sustains(rate)) good = rate;
    else bad = rate;
    if (bad / good <= exactTo) return good;
    rate = rounded(next({ good, bad, factor }));
  }
  return good;
}

function next({ good, bad, factor }: { good: number; bad: number; factor: number }): number {
  if (bad === Number.POSITIVE_INFINITY) return good * factor;
  if (good === 0) return bad / factor;
  return Math.sqrt(good * bad);
}

/** To three digits, that tables can be read. */
function rounded(rate: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(rate)) - 2);
  return Math.round(rate / unit) * unit;
}
