// Each file of test/mistakes is one kind of mistake. Its first lines, `#= `, are all that is to be
// said about it; in warning-*.yaml, which are taken as they are, they are the warnings.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHECKS } from '../../gateway/site/checks.ts';
import { readYaml } from '../../gateway/site/locate.ts';
import { match } from '../../gateway/site/match.ts';
import { formatMistake } from '../../gateway/site/mistake.ts';
import { type SiteDraft, SiteFile } from '../../gateway/site/schema.ts';
import { WARNINGS } from '../../gateway/site/warnings.ts';
import { ROOT } from '../tools.ts';
import { DECODERS, load, read, readSecret } from './tools.ts';

const files = readdirSync(path.join(ROOT, 'test/mistakes')).filter((file) =>
  file.endsWith('.yaml'),
);

describe('each kind of mistake is told with its place, its meaning and its cure', () => {
  const named = files.map((file) => [path.basename(file, '.yaml').replaceAll('-', ' '), file]);
  it.each(named)('%s', (_name, file = '') => {
    const text = read(`test/mistakes/${file}`);
    const { mistakes = [], warnings } = load(text);
    const all = file.startsWith('warning-') ? [...mistakes, ...warnings] : mistakes;
    const said = all.map(formatMistake);
    expect(said).toEqual(expectedIn(text));
    expect(said).not.toEqual([]);
  });
});

describe('the folder of mistakes', () => {
  it('has a file for each check, in which the check finds something', () => {
    const drafts = files.flatMap((file) => {
      const yaml = readYaml(read(`test/mistakes/${file}`));
      return yaml.kind === 'read' ? [match(SiteFile, yaml.value).draft as SiteDraft] : [];
    });
    const around = { decoders: DECODERS, readSecret };
    const idle = [...CHECKS, ...WARNINGS].filter((check) =>
      drafts.every((draft) => [...check(draft, around)].length === 0),
    );
    expect(idle.map((check) => check.name)).toEqual([]);
  }, 30_000);

  it('tells all mistakes of one file at once, from the top down', () => {
    const { mistakes = [] } = load(read('test/mistakes/many-at-once.yaml'));
    const lines = mistakes.map((mistake) => mistake.line);
    expect(lines.length).toBeGreaterThan(5);
    expect(lines).toEqual([...lines].sort((a, b) => a - b));
  });
});

const expectedIn = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('#= '))
    .map((line) => `site.yaml:${line.slice(3)}`);
