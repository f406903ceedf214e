// A rule's condition, apart from how long it must hold, how grave it is and who hears of it. Where it
// differs from the one that was saved, the site file was edited in between: what was found by the old
// condition says nothing of the new one. All else of a rule may change under an alarm that stands.
import type { RuleSettings } from '../domain/rule.ts';

export function askedBy(rule: RuleSettings): string {
  const { id: _i, severity: _s, graver: _g, ticket: _t, only: _o, during: _d, ...rest } = rule;
  const { holdFor: _h, clearFor: _c, ends: _e, reAlarmAfter: _r, ...asked } = rest;
  return JSON.stringify(Object.entries(asked).sort(([a], [b]) => (a < b ? -1 : 1)));
}
