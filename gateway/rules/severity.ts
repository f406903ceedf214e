import { isGraver, type Severity } from '../domain/alarm.ts';
import type { RuleSettings } from '../domain/rule.ts';

/** The gravest of what the rule says of this value; the rule's own where it says nothing of it. */
export function severityBy(rule: RuleSettings, value: number | undefined): Severity {
  let severity = rule.severity;
  if (value === undefined) return severity;
  const isDownwards = 'side' in rule && rule.side === 'below';
  for (const step of rule.graver ?? []) {
    const isReached = isDownwards ? value <= step.from : value >= step.from;
    if (isReached && isGraver(step.severity, severity)) severity = step.severity;
  }
  return severity;
}
