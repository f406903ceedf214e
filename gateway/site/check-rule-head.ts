// What every rule may say beside its condition: hours that have a length, steps that make it graver,
// and the site's own holidays.
import { isGraver } from '../domain/alarm.ts';
import { isLocalDay } from '../domain/day.ts';
import type { Check } from './check.ts';
import { lengthless } from './check-hours.ts';
import { show } from './mistake.ts';
import { rulesIn } from './roster.ts';

export const ruleHoursHaveLength: Check = function* (file) {
  for (const { form, at } of rulesIn(file)) {
    yield* lengthless(form.during?.windows ?? [], [...at, 'during', 'windows']);
  }
};

export const graverIsGraver: Check = function* (file) {
  for (const { form, at } of rulesIn(file)) {
    for (const [index, step] of (form.graver ?? []).entries()) {
      const where = [...at, 'graver', index];
      if (step.severity && form.severity && !isGraver(step.severity, form.severity))
        yield {
          at: [...where, 'severity'],
          what: `${step.severity} is no worse than the rule’s own ${form.severity}`,
        };
      const [above, below] = [limitOf(form, 'above'), limitOf(form, 'below')];
      const { from } = step;
      if (from === undefined) continue;
      const isReached =
        (above !== undefined && from < above) || (below !== undefined && from > below);
      if (isReached)
        yield {
          at: [...where, 'from'],
          what: `${from} is reached before the limit, which is ${above ?? below}`,
        };
    }
  }
};

function limitOf(form: object, key: 'above' | 'below'): number | undefined {
  const value: unknown = (form as Readonly<Record<string, unknown>>)[key];
  return typeof value === 'number' ? value : undefined;
}

export const holidaysAreDays: Check = function* (file) {
  const { add = [], remove = [] } = file.site?.holidays ?? {};
  for (const [key, days] of Object.entries({ add, remove })) {
    for (const [index, day] of days.entries()) {
      const at = ['site', 'holidays', key, index];
      const looksLikeOne = /^\d{4}-\d\d-\d\d$/.test(day);
      if (looksLikeOne && !isLocalDay(day)) yield { at, what: `${show(day)} is in no calendar` };
      if (key === 'remove' && add.includes(day))
        yield { at, what: `${show(day)} is added above`, means: 'it is a holiday or it is not' };
    }
  }
};
