// How bins fill, learned as the fold goes by: each level is held against the hour it came in, and a bin
// that stands full while its station takes rubbish has its minutes marked. Touches the rhythms, and the
// ledger's days through its book.
import type { Bin, Compound } from '../domain/asset.ts';
import { fullLimits, type FullLimits } from '../domain/full-limit.ts';
import { hoursOfWeek } from '../domain/hour-of-week.ts';
import { heardLevel } from '../domain/rhythm.ts';
import type { Reading } from '../domain/reading.ts';
import type { RuleSettings } from '../domain/rule.ts';
import type { Standing } from '../domain/standing.ts';
import { createLedgerBook } from './ledger-keeping.ts';

export interface Filling {
  /** Takes in a reading or what was derived from one, before it is the latest; all but bins' levels pass. */
  hear(reading: Reading): void;
}

export function createFilling(
  { compound, rules }: { readonly compound: Compound; readonly rules: readonly RuleSettings[] },
  standing: Standing,
): Filling {
  const book = createLedgerBook(compound, standing);
  const hourOfWeek = hoursOfWeek(compound.place.zone);
  const known = new Map<string, FullLimits>();
  const limitsOf = (bin: Bin): FullLimits => {
    const limits = known.get(bin.id) ?? fullLimits(rules, bin);
    known.set(bin.id, limits);
    return limits;
  };
  return {
    hear(reading) {
      const { quantity, value, asset, observedAt: at, doubt } = reading;
      if (quantity !== 'fill' && quantity !== 'net') return;
      const bin = compound.assets.get(asset);
      if (bin?.kind !== 'bin') return;
      const isBelieved = doubt === undefined || doubt === 'late';
      if (!isBelieved) return;
      if (quantity === 'fill') book.heard(bin, reading);
      const limit = limitsOf(bin)[quantity];
      if (limit !== undefined && value >= limit) book.full(bin, reading);
      if (doubt !== undefined) return;
      const latest = standing.assets.get(asset)?.latest[quantity];
      const before = standing.rhythms.get(asset);
      const said = { asset, quantity, level: value, at, before: latest?.value };
      const after = heardLevel(before, said, hourOfWeek);
      if (after !== before) standing.rhythms.put(asset, after);
    },
  };
}
