import { isQuantity } from '../domain/quantity.ts';
import type { DisagreeRule } from '../domain/rule.ts';

/** `net` or `k1-scale.net`, told apart at the last dot; undefined where the quantity is none. */
export function otherNumber(text: string): DisagreeRule['other'] | undefined {
  const dot = text.lastIndexOf('.');
  const quantity = text.slice(dot + 1);
  if (!isQuantity(quantity)) return undefined;
  return dot === -1 ? { quantity } : { asset: text.slice(0, dot), quantity };
}
