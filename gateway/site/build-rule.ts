// One rule of the site file → the rule as the stages know it.
import type { Hours, RuleSettings } from '../domain/rule.ts';
import { spanOf } from './hours.ts';
import { durationOf } from './option.ts';
import { otherNumber } from './other-number.ts';
import type { DuringForm } from './schema-rule-head.ts';
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
    const silentFor = form.silentFor === 'learned' ? 'learned' : durationOf(form.silentFor);
    return { ...head, kind: 'silence', on: form.on, silentFor };
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
  if (!('unchangedFor' in form)) return seriesRuleFrom(form, head);
  const { on, quantity, unchangedFor } = form;
  return { ...head, kind: 'stuck', on, quantity, unchangedFor: durationOf(unchangedFor) };
}

type SeriesForm = Exclude<
  RuleForm,
  | { above: unknown }
  | { below: unknown }
  | { silentFor: unknown }
  | { should: unknown }
  | { mostOf: unknown }
  | { lostFor: unknown }
  | { unchangedFor: unknown }
>;

function seriesRuleFrom(form: SeriesForm, head: ReturnType<typeof headOf>): RuleSettings {
  if ('outside' in form) {
    const { on, quantity, outside, clearWithin = outside } = form;
    const clear = { clearLeast: clearWithin.least, clearMost: clearWithin.most };
    return { ...head, kind: 'outside', on, quantity, ...outside, ...clear };
  }
  if ('outsideWindow' in form) {
    const { moreThanKg } = form.outsideWindow;
    return { ...head, kind: 'off-hours', on: form.on, quantity: 'net', moreThanKg };
  }
  if ('meaning' in form) {
    const { on, meaning } = form;
    const quantity = meaning === 'sensor-blinded' ? 'fill' : 'net';
    return { ...head, kind: 'meaning', on, quantity, meaning };
  }
  if ('repeats' in form) {
    const { of, moreThan, within } = form.repeats;
    return { ...head, kind: 'repeat', on: form.on, of, moreThan, within: durationOf(within) };
  }
  const { on, quantity } = form;
  if ('noisy' in form) {
    const { moreThan, within } = form.noisy;
    return { ...head, kind: 'noise', on, quantity, moreThan, within: durationOf(within) };
  }
  if ('disagrees' in form) {
    const { with: named, moreThan, within } = form.disagrees;
    const other = otherNumber(named) ?? { quantity };
    return { ...head, kind: 'disagree', on, quantity, other, moreThan, within: durationOf(within) };
  }
  const [side, change] =
    'rises' in form ? (['rises', form.rises] as const) : (['falls', form.falls] as const);
  return {
    ...head,
    kind: 'rate',
    on,
    quantity,
    side,
    by: change.by,
    within: durationOf(change.within),
  };
}

function headOf(form: RuleForm) {
  return {
    id: form.id,
    severity: form.severity,
    holdFor: durationOf('lostFor' in form ? form.lostFor : form.holdFor),
    ...(form.ticket && { ticket: form.ticket }),
    ...(form.only && { only: form.only }),
    ...(form.clearFor !== undefined && { clearFor: durationOf(form.clearFor) }),
    ...(form.ends === 'when-seen' && { ends: form.ends }),
    ...(form.reAlarmAfter !== undefined && { reAlarmAfter: durationOf(form.reAlarmAfter) }),
    ...(form.graver && { graver: form.graver }),
    ...(form.during && { during: hoursFrom(form.during) }),
  };
}

const hoursFrom = ({ windows, holidays, season }: DuringForm): Hours => ({
  spans: windows.map(spanOf),
  holidays,
  ...(season && { season }),
});
