// Rules that came without their site file, held against a site that is already known: the same schema,
// the same checks, the same words as in the file, all mistakes at once. What the checks must know of
// the site is spelled back from it; of what they find only what is about the rules is told.
import type { AssetKind, Compound } from '../domain/asset.ts';
import type { RuleSettings } from '../domain/rule.ts';
import { ruleFrom } from './build-rule.ts';
import { CHECKS } from './checks.ts';
import { deepFreeze } from './freeze.ts';
import { match } from './match.ts';
import type { Finding, Path } from './mistake.ts';
import { SiteFile, type SiteDraft } from './schema.ts';
import type { RuleForm } from './schema-rules.ts';
import type { Site } from './site.ts';

export interface RuleMistake {
  /** From the list of rules down: `[0, 'holdFor']`. */
  readonly at: Path;
  readonly what: string;
}

export type ChangedRules =
  | { readonly rules: readonly RuleSettings[]; readonly mistakes?: never }
  | { readonly rules?: never; readonly mistakes: readonly RuleMistake[] };

type KnownSite = Pick<Site, 'compound' | 'sources' | 'rules'>;

/** All rules anew, in the site file's own form. */
export function readRules(site: KnownSite, forms: readonly unknown[]): ChangedRules {
  const { draft, findings } = match(SiteFile.properties.rules, forms);
  const rules = draft as SiteDraft['rules'];
  const mistakes = [...findings, ...checked(site, rules)];
  if (mistakes.length > 0) return { mistakes: mistakes.map(inOneSentence) };
  return { rules: deepFreeze((draft as RuleForm[]).map((form) => ruleFrom(form))) };
}

/** One rule in the place of the one with its id; one more where there is none. */
export function readRule(site: KnownSite, form: unknown): ChangedRules {
  const { draft, findings } = match(SiteFile.properties.rules, [form]);
  const [changed = {}] = (draft as Drafts | undefined) ?? [];
  const found = site.rules.findIndex(({ id }) => id === changed.id);
  const index = found === -1 ? site.rules.length : found;
  const mistakes = [...findings, ...checkedBeside(site, changed, index)];
  if (mistakes.length > 0) return { mistakes: mistakes.map(inOneSentence) };
  const rule = ruleFrom(changed as RuleForm);
  return { rules: deepFreeze(site.rules.toSpliced(index, 1, rule)) };
}

type Drafts = NonNullable<SiteDraft['rules']>;

/** What is wrong with it, and what it makes wrong of others, which are about it. */
function checkedBeside(site: KnownSite, changed: Drafts[number], index: number): Finding[] {
  const rules = site.rules.map(draftOf) as Drafts;
  const before = new Set(checked(site, rules).map((finding) => JSON.stringify(finding)));
  return checked(site, rules.toSpliced(index, 1, changed)).flatMap((finding) => {
    const [place, ...at] = finding.at;
    if (place === index) return [{ ...finding, at: [0, ...at] }];
    if (before.has(JSON.stringify(finding))) return [];
    const other = rules[Number(place)]?.id ?? '';
    return [{ ...finding, at: [0], what: `the rule ${other} then has a mistake: ${finding.what}` }];
  });
}

function checked(site: KnownSite, rules: SiteDraft['rules']): Finding[] {
  const file: SiteDraft = { ...spelledBack(site), ...(rules && { rules }) };
  const around = { decoders: [], readSecret: () => ({ kind: 'missing' }) as const };
  return CHECKS.flatMap((check) => [...check(file, around)])
    .filter(({ at }) => at[0] === 'rules')
    .map((finding) => ({ ...finding, at: finding.at.slice(1) }));
}

const inOneSentence = ({ at, what, also, means }: Finding): RuleMistake => {
  const other = also ? `; ${also.words} ${also.at.join('.')}` : '';
  return { at, what: `${what}${other}${means === undefined ? '' : ` (${means})`}` };
};

/** As much of a rule as it and others can say of each other. */
const draftOf = (rule: RuleSettings): object => ({
  id: rule.id,
  on: rule.on,
  ...('should' in rule && { should: rule.should }),
  ...(rule.kind === 'most-of' && { mostOf: rule.of }),
  ...(rule.kind === 'repeat' && { repeats: { of: rule.of } }),
});

/** Who is there, as the site file would list them. */
function spelledBack({ compound, sources }: Pick<Site, 'compound' | 'sources'>): SiteDraft {
  const { dayStartsAtMinute: _, ...place } = compound.place;
  const draft = {
    site: place,
    sources,
    stations: [...compound.stations.values()].map(({ id, name, windows }) => ({
      id,
      name,
      windows,
      bins: membersOf(compound, 'bin', id),
      scales: membersOf(compound, 'scale', id),
    })),
    circuits: ofKind(compound, 'circuit').map((circuit) => ({
      ...circuit,
      lamps: membersOf(compound, 'lamp', circuit.id),
    })),
    meters: ofKind(compound, 'meter'),
    devices: [...compound.devices.values()].map(({ id, source }) => ({ id, source })),
  };
  return draft as unknown as SiteDraft;
}

const ofKind = ({ assets }: Compound, kind: AssetKind) =>
  [...assets.values()].filter((asset) => asset.kind === kind);

/** All of a kind at one station, or on one circuit. */
const membersOf = (compound: Compound, kind: 'bin' | 'scale' | 'lamp', of: string) =>
  ofKind(compound, kind).filter(
    (asset) =>
      ('station' in asset && asset.station === of) || ('circuit' in asset && asset.circuit === of),
  );
