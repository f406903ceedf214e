import { describe, expect, it } from 'vitest';
import { readRule, readRules } from '../../gateway/site/changed-rules.ts';
import type { Site } from '../../gateway/site/site.ts';
import { load } from './tools.ts';

const RULES = `
  - { id: bin-full, on: bin, quantity: fill, above: 0.9, clearBelow: 0.7, holdFor: 10m, severity: medium, ticket: { category: bin-full, team: cleaners } }
  - { id: lamp-out, on: lamp, should: "on", holdFor: 10m, severity: medium }
  - { id: dark, on: circuit, mostOf: lamp-out, holdFor: 1m, severity: high }
  - { id: silent, on: device, silentFor: 10m, severity: low, only: [k1] }
`;
const SITE: Site = siteWith(RULES);

function siteWith(rules: string): Site {
  const { site, mistakes } = load(`version: 1
site: { id: yard, name: Yard, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
sources: [{ id: web, kind: http }]
stations:
  - id: k
    name: K
    bins: [{ id: k1-wet, stream: wet, position: 1, volumeL: 240, emptyMm: 1000, fullMm: 200 }]
circuits: [{ id: c1, lamps: [{ id: lamp-1, nominalW: 30 }, { id: lamp-2, nominalW: 30 }] }]
devices: [{ id: k1, source: web, decoder: courtyard-json, asset: k1-wet }]
rules: ${rules}`);
  if (!site) throw new Error(mistakes.map(({ what }) => what).join());
  return site;
}

const FULL = { id: 'bin-full', on: 'bin', quantity: 'fill', above: 0.95, severity: 'medium' };
const OUT = { id: 'lamp-out', on: 'lamp', should: 'on', severity: 'medium' };
const DARK = { id: 'dark', on: 'circuit', mostOf: 'lamp-out', severity: 'high' };

describe('rules without their site file', () => {
  it('are what the site file would make of them', () => {
    const { rules } = readRules(SITE, [FULL, OUT, DARK]);
    const filed = siteWith(
      `\n${[FULL, OUT, DARK].map((rule) => `  - ${JSON.stringify(rule)}`).join('\n')}\n`,
    );
    expect(rules).toEqual(filed.rules);
    expect(Object.isFrozen(rules)).toBe(true);
  });

  it('all their mistakes are told at once, each at its place', () => {
    const { mistakes = [] } = readRules(SITE, [
      { ...FULL, above: 95, holdfor: '10m' },
      { ...DARK, mostOf: 'lamp-on', only: ['c2'] },
      { id: 'bin-full', on: 'device', silentFor: 10, severity: 'grave' },
      'bin-full',
    ]);
    expect(mistakes.map(({ at, what }) => `${at.join('.')}: ${what}`)).toEqual([
      expect.stringMatching(/^0\.holdfor: unknown key holdfor.*holdFor/),
      expect.stringMatching(/^2\.severity: grave is none of/),
      expect.stringMatching(/^2\.silentFor: 10 has no unit/),
      expect.stringMatching(/^3: .*must be a mapping/),
      expect.stringMatching(/^2\.id: duplicate id bin-full; it is already taken in rules\.0\.id/),
      expect.stringMatching(/^0\.above: 95 is not a ratio.*95 % is 0\.95/),
      expect.stringMatching(/^1\.only\.0: unknown circuit c2/),
      expect.stringMatching(/^1\.mostOf: unknown rule lamp-on/),
    ]);
  });

  it('none at all is a list too', () => {
    expect(readRules(SITE, [])).toEqual({ rules: [] });
  });

  it('one takes the place of the one with its id', () => {
    const { rules = [] } = readRule(SITE, FULL);
    expect(rules.map(({ id }) => id)).toEqual(SITE.rules.map(({ id }) => id));
    expect(rules[0]).toMatchObject({ limit: 0.95 });
    expect(rules.slice(1)).toEqual(SITE.rules.slice(1));
  });

  it('one of another id stands beside the others, and may be about them', () => {
    const { rules = [] } = readRule(SITE, { ...DARK, id: 'all-dark', share: 0.9 });
    expect(rules.map(({ id }) => id)).toEqual([...SITE.rules.map(({ id }) => id), 'all-dark']);
  });

  it('one that others are about may not become what they are not about', () => {
    const { mistakes = [] } = readRule(SITE, { ...FULL, id: 'lamp-out' });
    expect(mistakes).toMatchObject([
      { at: [0], what: expect.stringContaining('the rule dark then has a mistake') },
    ]);
  });

  it.each([
    ['a limit that cannot be', { ...FULL, above: 9 }, 'above', 'not a ratio'],
    ['a rule that there is not', { ...DARK, mostOf: 'lamp-on' }, 'mostOf', 'unknown rule'],
    [
      'a device that there is not',
      { id: 's', on: 'device', silentFor: '1h', severity: 'low', only: ['k9'] },
      'only.0',
      'unknown device',
    ],
    ['a rule of no kind', { id: 's', severity: 'low' }, '', 'no condition'],
  ])('one with %s is told so, at its place', (_, rule, place, words) => {
    const { mistakes = [] } = readRule(SITE, rule);
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]?.at.slice(1).join('.')).toBe(place);
    expect(mistakes[0]?.what).toContain(words);
  });
});
