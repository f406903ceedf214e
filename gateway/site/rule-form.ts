// A rule as the site file would write it: build-rule.ts the other way round. For whoever wants to change
// one thing of a rule and try it; read back it is the same rule.
import type { DailySpan } from '../domain/asset.ts';
import type { Hours, RuleSettings } from '../domain/rule.ts';
import { formatDuration } from '../domain/time.ts';

export type RuleInWords = Readonly<Record<string, unknown>>;

export function formOf(rule: RuleSettings): RuleInWords {
  const { id, on, severity, holdFor, clearFor, reAlarmAfter, during } = rule;
  return {
    id,
    on,
    ...conditionIn(rule),
    ...(rule.kind !== 'link' && { holdFor: formatDuration(holdFor) }),
    ...(clearFor !== undefined && { clearFor: formatDuration(clearFor) }),
    ...(rule.ends && { ends: rule.ends }),
    ...(reAlarmAfter !== undefined && { reAlarmAfter: formatDuration(reAlarmAfter) }),
    severity,
    ...(rule.graver && { graver: rule.graver }),
    ...(during && { during: hoursIn(during) }),
    ...(rule.only && { only: rule.only }),
    ...(rule.ticket && { ticket: rule.ticket }),
  };
}

function conditionIn(rule: RuleSettings): RuleInWords {
  switch (rule.kind) {
    case 'threshold': {
      const { quantity, limit, clearAt } = rule;
      return rule.side === 'above'
        ? { quantity, above: limit, clearBelow: clearAt }
        : { quantity, below: limit, clearAbove: clearAt };
    }
    case 'silence':
      return {
        silentFor: rule.silentFor === 'learned' ? 'learned' : formatDuration(rule.silentFor),
      };
    case 'lamp':
      return { should: rule.should, litFrom: rule.litFrom };
    case 'most-of':
      return { mostOf: rule.of, share: rule.share };
    case 'link':
      return { lostFor: formatDuration(rule.holdFor) };
    case 'stuck':
      return { quantity: rule.quantity, unchangedFor: formatDuration(rule.unchangedFor) };
    default:
      return seriesConditionIn(rule);
  }
}

type SeriesRule = Exclude<
  RuleSettings,
  { readonly kind: 'threshold' | 'silence' | 'lamp' | 'most-of' | 'link' | 'stuck' }
>;

/** What looks at more than one number. */
function seriesConditionIn(rule: SeriesRule): RuleInWords {
  if (rule.kind === 'off-hours') return { outsideWindow: { moreThanKg: rule.moreThanKg } };
  if (rule.kind === 'meaning') return { meaning: rule.meaning };
  if (rule.kind === 'outside') {
    const { quantity, least, most, clearLeast, clearMost } = rule;
    const clearWithin = { least: clearLeast, most: clearMost };
    return { quantity, outside: { least, most }, clearWithin };
  }
  const within = formatDuration(rule.within);
  switch (rule.kind) {
    case 'rate':
      return { quantity: rule.quantity, [rule.side]: { by: rule.by, within } };
    case 'noise':
      return { quantity: rule.quantity, noisy: { moreThan: rule.moreThan, within } };
    case 'repeat':
      return { repeats: { of: rule.of, moreThan: rule.moreThan, within } };
    case 'disagree': {
      const { asset, quantity } = rule.other;
      const named = asset === undefined ? quantity : `${asset}.${quantity}`;
      const disagrees = { with: named, moreThan: rule.moreThan, within };
      return { quantity: rule.quantity, disagrees };
    }
  }
}

const hoursIn = ({ spans, holidays, season }: Hours): RuleInWords => ({
  windows: spans.map(windowIn),
  holidays,
  ...(season && { season }),
});

const windowIn = ({ days, fromMinute, toMinute }: DailySpan): RuleInWords => ({
  days: days.join(','),
  from: clockIn(fromMinute),
  to: clockIn(toMinute),
});

const two = (count: number): string => String(count).padStart(2, '0');
const clockIn = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
