// Rules that look at more than one number: bands with a width, numbers that can be held against each
// other, rules that can be counted.
import { QUANTITIES, type Quantity } from '../domain/quantity.ts';
import { allAssets, type Check } from './check.ts';
import { impossible } from './check-rules.ts';
import { type Finding, show } from './mistake.ts';
import { didYouMean } from './nearest.ts';
import { otherNumber } from './other-number.ts';
import { idsOf, listed, rulesIn, stationsIn } from './roster.ts';

const BANDS = ['outside', 'clearWithin'] as const;

export const bandHasWidth: Check = function* (file) {
  for (const { form, at } of rulesIn(file)) {
    if (!('outside' in form)) continue;
    const { outside = {}, clearWithin = {}, quantity } = form;
    for (const key of BANDS) yield* endsOf(form[key] ?? {}, { at: [...at, key], quantity });
    const { least, most } = clearWithin;
    if (least !== undefined && outside.least !== undefined && least < outside.least)
      yield clearsOutside([...at, 'clearWithin', 'least'], `${least}`);
    if (most !== undefined && outside.most !== undefined && most > outside.most)
      yield clearsOutside([...at, 'clearWithin', 'most'], `${most}`);
  }
};

interface Band {
  readonly least?: number | undefined;
  readonly most?: number | undefined;
}

function* endsOf(
  { least, most }: Band,
  { at, quantity }: { readonly at: Finding['at']; readonly quantity: Quantity | undefined },
): Iterable<Finding> {
  for (const [end, value] of Object.entries({ least, most })) {
    const what = quantity && value !== undefined ? impossible(quantity, value) : undefined;
    if (what !== undefined) yield { at: [...at, end], what };
  }
  if (least !== undefined && most !== undefined && least >= most)
    yield { at: [...at, 'most'], what: `${most} must be more than least, which is ${least}` };
}

const clearsOutside = (at: Finding['at'], value: string): Finding => ({
  at,
  what: `${value} is outside of the band that it should clear within`,
  means: 'between the two nothing changes, so that a wobble raises no second alarm',
});

/** A change or a distance larger than the quantity's whole range never comes. */
export const changeIsPossible: Check = function* (file) {
  for (const { form, at } of rulesIn(file)) {
    const quantity = 'quantity' in form ? form.quantity : undefined;
    if (quantity === undefined) continue;
    for (const [path, value] of changesIn(form)) {
      if (value === undefined) continue;
      const unit = quantity === 'on' ? 'ratio' : QUANTITIES[quantity].unit;
      const { least, most } = QUANTITIES[quantity];
      const percent = unit === 'ratio' && value > 1 ? `; ${value} % is ${value / 100}` : '';
      if (percent !== '' && value <= 100)
        yield { at: [...at, ...path], what: `${value} is not a ratio 0–1${percent}` };
      else if (value > most - least)
        yield {
          at: [...at, ...path],
          what: `${value} ${unit} is more than ${quantity} can ever change`,
        };
    }
  }
};

type Path = readonly string[];

function changesIn(form: object): [Path, number | undefined][] {
  const inner = (key: string, end: string): [Path, number | undefined] => {
    const section: unknown = (form as Readonly<Record<string, unknown>>)[key];
    const value: unknown =
      typeof section === 'object' && section !== null
        ? (section as Readonly<Record<string, unknown>>)[end]
        : undefined;
    return [[key, end], typeof value === 'number' ? value : undefined];
  };
  return [
    inner('rises', 'by'),
    inner('falls', 'by'),
    inner('noisy', 'moreThan'),
    inner('disagrees', 'moreThan'),
  ];
}

export const otherNumberExists: Check = function* (file) {
  const assets = idsOf(allAssets(file));
  for (const { form, at } of rulesIn(file)) {
    const named = 'disagrees' in form ? form.disagrees?.with : undefined;
    if (named === undefined || !('quantity' in form) || form.quantity === undefined) continue;
    const what = cannotBeHeldAgainst(form.quantity, named, assets);
    if (what !== undefined) yield { at: [...at, 'disagrees', 'with'], what };
  }
};

function cannotBeHeldAgainst(
  quantity: Quantity,
  named: string,
  assets: ReadonlySet<string>,
): string | undefined {
  const other = otherNumber(named);
  if (!other) {
    const word = named.slice(named.lastIndexOf('.') + 1);
    return `${show(word)} is no quantity${didYouMean(word, Object.keys(QUANTITIES))}`;
  }
  if (other.asset !== undefined && !assets.has(other.asset))
    return `unknown asset ${show(other.asset)}${didYouMean(other.asset, assets)}`;
  if (other.asset === undefined && other.quantity === quantity)
    return `${quantity} always agrees with itself; name another asset’s`;
  const [mine, theirs] = [QUANTITIES[quantity].unit, QUANTITIES[other.quantity].unit];
  const isSwitch = quantity === 'on' && other.quantity === 'power';
  return mine === theirs || isSwitch
    ? undefined
    : `${quantity} is in ${mine} and ${other.quantity} in ${theirs}; they cannot be compared`;
}

export const repeatsNamesARule: Check = function* (file) {
  const rules = rulesIn(file);
  const all = idsOf(listed(rules));
  for (const { form, at } of rules) {
    const of = 'repeats' in form ? form.repeats?.of : undefined;
    if (of === undefined) continue;
    const counted = rules.find((rule) => rule.form.id === of)?.form;
    const where = [...at, 'repeats', 'of'];
    if (!all.has(of)) yield { at: where, what: `unknown rule ${show(of)}${didYouMean(of, all)}` };
    else if (counted && 'repeats' in counted)
      yield {
        at: where,
        what: `${show(of)} counts alarms itself`,
        means: 'count a rule of its own',
      };
    else if (counted?.on !== undefined && form.on !== undefined && counted.on !== form.on)
      yield { at: where, what: `${show(of)} watches ${counted.on}, and this rule ${form.on}` };
  }
};

export const windowsCanBeMissed: Check = function* (file) {
  const stations = stationsIn(file).map(({ form }) => form.windows);
  if (stations.some((windows) => windows === undefined || windows.length > 0)) return;
  for (const { form, at } of rulesIn(file)) {
    if ('outsideWindow' in form)
      yield {
        at: [...at, 'outsideWindow'],
        what: 'no station has windows, so nothing is outside of them',
        means: 'stations without windows take rubbish always',
      };
  }
};
