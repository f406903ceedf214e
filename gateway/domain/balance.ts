// Whether a day's ledger balances: what was thrown in, less what was taken away, is the change in what
// stands in the bins. Where the scales themselves say otherwise by more than they err, the day says by
// how much: a scale that was set to zero, a container that was changed, a bin that stood off its scale.
import type { AssetId } from './asset.ts';
import type { BinDay, LedgerDay } from './ledger.ts';

/** A load cell's error and a day's creep, of a bin through which little went. */
const LEAST_KG = 0.5;
/** Of all that went through a bin on a day, and of what stands in it. */
const SHARE = 0.01;

/** What no event explains, above 0 where more stands there than came; undefined where nobody can say. */
function unexplainedKg({ inKg, outKg, startKg, endKg }: BinDay): number | undefined {
  if (startKg === undefined || endKg === undefined) return undefined;
  return endKg - startKg - (inKg - outKg);
}

/** What a scale may be off by without anybody being to blame. */
const toleratedKg = ({ inKg, outKg, startKg = 0, endKg = 0 }: BinDay): number =>
  Math.max(LEAST_KG, SHARE * Math.max(Math.abs(inKg) + outKg, startKg, endKg));

interface BinBalance extends BinDay {
  readonly asset: AssetId;
  readonly unexplainedKg?: number;
  readonly toleratedKg: number;
  readonly isBalanced: boolean;
}

export const binBalances = ({ byBin = {} }: Pick<LedgerDay, 'byBin'>): BinBalance[] =>
  Object.entries(byBin).map(([asset, { heap: _heap, ...bin }]) => {
    const unexplained = unexplainedKg(bin);
    const tolerated = toleratedKg(bin);
    return {
      asset,
      ...bin,
      ...(unexplained !== undefined && { unexplainedKg: unexplained }),
      toleratedKg: tolerated,
      isBalanced: unexplained === undefined || Math.abs(unexplained) <= tolerated,
    };
  });

/** Of the bins that do not balance, each by its own: one that lost and one that won do not make up. */
export const unbalancedKg = (day: Pick<LedgerDay, 'byBin'>): number =>
  binBalances(day)
    .filter(({ isBalanced }) => !isBalanced)
    .reduce((sum, one) => sum + Math.abs(one.unexplainedKg ?? 0), 0);

/** What stood in the bins when the day ended; undefined where none of them was weighed. */
export function standingKg({ byBin = {} }: Pick<LedgerDay, 'byBin'>): number | undefined {
  const known = Object.values(byBin).flatMap(({ endKg }) => endKg ?? []);
  return known.length === 0 ? undefined : known.reduce((a, b) => a + b, 0);
}
