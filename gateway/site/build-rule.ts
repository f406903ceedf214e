// One rule of the site file → the rule as the stages know it.
import type { RuleSettings } from '../domain/rule.ts';
import { durationOf } from './option.ts';
import type { RuleForm } from './schema-rules.ts';

export function ruleFrom(form: RuleForm): RuleSettings {
  const head = headOf(form);
  if ('above' in form) {
    const { on, quantity, above: limit, clearBelow: clearAt = limit } = form;
    return { ...head, kind: 'threshold', on, quantity, side: 'above', limit, clearAt };
  }
  if ('below' in form) {
    const { on, quantity, below: limit, clearAbove: clearAt = limit } = form;
    return { ...head, kind: 'threshold', on, quantity, side: 'below', limit, clearAt };
  }
  if ('silentFor' in form) {
    return { ...head, kind: 'silence', on: form.on, silentFor: durationOf(form.silentFor) };
  }
  if ('should' in form) {
    return { ...head, kind: 'lamp', on: form.on, should: form.should, litFrom: form.litFrom };
  }
  if ('mostOf' in form) {
    return { ...head, kind: 'most-of', on: form.on, of: form.mostOf, share: form.share };
  }
  if ('lostFor' in form) {
    const sources = form.only && { sources: form.only };
    return { ...head, kind: 'link', on: form.on, ...sources };
  }
  const { on, quantity, unchangedFor } = form;
  return { ...head, kind: 'stuck', on, quantity, unchangedFor: durationOf(unchangedFor) };
}

function headOf(form: RuleForm) {
  return {
    id: form.id,
    severity: form.severity,
    holdFor: durationOf('lostFor' in form ? form.lostFor : form.holdFor),
    ...(form.ticket && { ticket: form.ticket }),
    ...(form.only && { only: form.only }),
  };
}
