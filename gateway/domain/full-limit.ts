// When a bin is full: where its site's rules say so, or where the eye does.
import type { Bin } from './asset.ts';
import type { RuleSettings } from './rule.ts';

export interface FullLimits {
  /** 0…1 */
  readonly fill: number;
  /** kg; absent where no rule says how much a bin may hold. */
  readonly net?: number;
}

/** The rim: rubbish is no level surface, and a lid must still close. */
const BY_EYE = 0.9;

/** Of several rules the one that trips last: the others say that it is nearly full. */
export function fullLimits(rules: Iterable<RuleSettings>, { id }: Pick<Bin, 'id'>): FullLimits {
  const limits = { fill: 0, net: 0 };
  for (const rule of rules) {
    if (rule.kind !== 'threshold' || rule.on !== 'bin' || rule.side !== 'above') continue;
    if (rule.quantity !== 'fill' && rule.quantity !== 'net') continue;
    if (rule.only && !rule.only.includes(id)) continue;
    limits[rule.quantity] = Math.max(limits[rule.quantity], rule.limit);
  }
  return { fill: limits.fill || BY_EYE, ...(limits.net > 0 && { net: limits.net }) };
}
