// A rule of the site file as far as it is turned on this page: its plain numbers and spans, its hold and
// its severity. What else it says is kept as it is and sent along.

export type RuleInWords = Readonly<Record<string, unknown>>;

const SPANS = ['silentFor', 'unchangedFor', 'lostFor', 'holdFor', 'clearFor'] as const;
const NUMBERS = ['above', 'below', 'clearBelow', 'clearAbove', 'share', 'litFrom'] as const;
export type Knob = (typeof SPANS)[number] | (typeof NUMBERS)[number] | 'severity';

const ORDER: readonly Knob[] = [...NUMBERS, ...SPANS, 'severity'];
const isSpan = (knob: Knob): boolean => SPANS.some((span) => span === knob);

export const kindOf = (knob: Knob): 'span' | 'number' | 'severity' => {
  if (knob === 'severity') return 'severity';
  return isSpan(knob) ? 'span' : 'number';
};

/** What of this rule can be turned here, each as the text that it has now. */
export function knobsOf(rule: RuleInWords): { readonly knob: Knob; readonly now: string }[] {
  return ORDER.flatMap((knob) => {
    const value = rule[knob];
    // A rule that clears at once may be asked to wait.
    if (value === undefined) return knob === 'clearFor' ? [{ knob, now: '' }] : [];
    return typeof value === 'string' || typeof value === 'number'
      ? [{ knob, now: String(value) }]
      : [];
  });
}

export type Turned = Readonly<Partial<Record<Knob, string>>>;

/** The rule with what was turned; what was left empty is as it was. */
export function turnedRule(rule: RuleInWords, turned: Turned): RuleInWords {
  const changed = Object.entries(turned).flatMap(([knob, text]) => {
    const said = (text ?? '').trim();
    if (said === '') return [];
    const value = kindOf(knob as Knob) === 'number' ? Number(said) : said;
    return [[knob, value] as const];
  });
  return { ...rule, ...Object.fromEntries(changed) };
}

/** Whether anything was turned at all, and everything to something that can be one. */
export function isTurned(rule: RuleInWords, turned: Turned): boolean {
  const after = turnedRule(rule, turned);
  const numbers = NUMBERS.map((knob) => after[knob]).filter((value) => value !== undefined);
  const areFine = numbers.every((value) => Number.isFinite(value));
  return areFine && JSON.stringify(after) !== JSON.stringify(rule);
}
