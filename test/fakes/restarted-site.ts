// A folded site that was switched off and on again: what it had saved is all that it knows.
import type { RuleSettings } from '../../gateway/domain/rule.ts';
import type { SavedStanding } from '../../gateway/domain/standing.ts';
import type { Instant } from '../../gateway/domain/time.ts';
import { foldedSite, type FoldedSite } from './folded-site.ts';
import { SMALL_SITE } from './small-site.ts';

export function savedBy(site: FoldedSite): SavedStanding {
  const { puts, alarms, tickets } = site.standing.takeChanges();
  return {
    slices: puts.flatMap(([key, json]) => (json === null ? [] : [[key, json] as const])),
    alarms: alarms.filter(({ state }) => state !== 'normal'),
    tickets,
  };
}

/** On again at `at`, perhaps with other rules. */
export function restarted(
  site: FoldedSite,
  at: Instant,
  rules: readonly RuleSettings[],
): FoldedSite {
  const next = foldedSite({ ...SMALL_SITE, rules }, savedBy(site));
  next.start(at);
  return next;
}
