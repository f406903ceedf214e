// Rules: limits that can be reached and left again, and names that exist.
import { QUANTITIES, type Quantity } from '../domain/quantity.ts';
import { allAssets, type Check } from './check.ts';
import { type Finding, show } from './mistake.ts';
import { didYouMean } from './nearest.ts';
import { assetsOf, devicesIn, idsOf, listed, rulesIn, sourcesIn } from './roster.ts';
import type { Draft, SiteDraft } from './schema.ts';
import type { RuleForm } from './schema-rules.ts';

const LIMITS = ['above', 'below', 'clearBelow', 'clearAbove'] as const;

export const limitIsPossible: Check = function* (file) {
  for (const { form, at } of rulesIn(file)) {
    const quantity = 'quantity' in form ? form.quantity : undefined;
    if (quantity === undefined) continue;
    for (const key of LIMITS) {
      const value = limitIn(form, key);
      const what = value === undefined ? undefined : impossible(quantity, value);
      if (what !== undefined) yield { at: [...at, key], what };
    }
  }
};

function limitIn(form: Draft<RuleForm>, key: (typeof LIMITS)[number]): number | undefined {
  const value: unknown = (form as Readonly<Record<string, unknown>>)[key];
  return typeof value === 'number' ? value : undefined;
}

export function impossible(quantity: Quantity, value: number): string | undefined {
  const { unit, least, most } = QUANTITIES[quantity];
  if (unit === 'ratio') {
    if (value >= 0 && value <= 1) return undefined;
    const percent = value > 1 && value <= 100 ? `; ${value} % is ${value / 100}` : '';
    return `${value} is not a ratio 0–1${percent}`;
  }
  if (value >= least && value <= most) return undefined;
  return `${value} ${unit} cannot be; ${quantity} is ${least} to ${most} ${unit}`;
}

export const clearLevelIsOnTheOtherSide: Check = function* (file) {
  for (const { form, at } of rulesIn(file)) {
    yield* wrongSide(form, at, { limit: 'above', clear: 'clearBelow', most: 1 });
    yield* wrongSide(form, at, { limit: 'below', clear: 'clearAbove', most: -1 });
  }
};

function* wrongSide(
  form: Draft<RuleForm>,
  at: Finding['at'],
  side: { limit: (typeof LIMITS)[number]; clear: (typeof LIMITS)[number]; most: 1 | -1 },
): Iterable<Finding> {
  const [limit, clear] = [limitIn(form, side.limit), limitIn(form, side.clear)];
  if (limit === undefined || clear === undefined || (limit - clear) * side.most >= 0) return;
  const than = side.most === 1 ? 'at most' : 'at least';
  yield {
    at: [...at, side.clear],
    what: `${clear} must be ${than} ${side.limit}, which is ${limit}`,
    means: 'between the two nothing changes, so that a wobble raises no second alarm',
  };
}

export const onlyNamesKnownIds: Check = function* (file) {
  for (const { form, at } of rulesIn(file)) {
    const known = form.on === undefined ? undefined : idsOf(subjectsOf(form.on, file));
    if (!known) continue;
    for (const [index, id] of (form.only ?? []).entries()) {
      if (typeof id !== 'string' || known.has(id)) continue;
      const what = idsOf(allAssets(file)).has(id)
        ? `${show(id)} is no ${form.on}`
        : `unknown ${form.on} ${show(id)}${didYouMean(id, known)}`;
      yield { at: [...at, 'only', index], what };
    }
  }
};

function subjectsOf(on: NonNullable<RuleForm['on']>, file: SiteDraft) {
  if (on === 'device') return listed(devicesIn(file));
  if (on === 'source') return listed(sourcesIn(file));
  return assetsOf(on, file);
}

export const mostOfNamesALampRule: Check = function* (file) {
  const rules = rulesIn(file);
  const lampRules = idsOf(listed(rules.filter(({ form }) => 'should' in form)));
  const all = idsOf(listed(rules));
  for (const { form, at } of rules) {
    const of = 'mostOf' in form ? form.mostOf : undefined;
    if (of === undefined || lampRules.has(of)) continue;
    const what = all.has(of)
      ? `${show(of)} is no lamp rule`
      : `unknown rule ${show(of)}${didYouMean(of, lampRules)}`;
    yield { at: [...at, 'mostOf'], what, means: 'id of a rule with should: on' };
  }
};
