// How whoever looks at a page stands with the gateway.
import type { SessionView } from '../../gateway/api/schemas.ts';

export type Standing =
  | { readonly state: 'asking' }
  /** A person, a program, a station's screen; or, before the first account, whoever is on the spot. */
  | { readonly state: 'in'; readonly who: SessionView }
  /** It was there and is no more. */
  | { readonly state: 'ended'; readonly who: SessionView }
  | { readonly state: 'out' };

/** What the gateway's word makes of how things stood; no word changes nothing. */
export function standingAfter(before: Standing, who: SessionView | undefined): Standing {
  if (!who) return before;
  if (who.state !== 'nobody') return { state: 'in', who };
  const wasIn = before.state === 'in' || before.state === 'ended';
  return wasIn ? { state: 'ended', who: before.who } : { state: 'out' };
}
