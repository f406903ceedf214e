import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readYaml } from '../../gateway/site/locate.ts';
import { formatMistake, type Path, spell } from '../../gateway/site/mistake.ts';
import { load, ONE_OF_EACH, read } from './tools.ts';

const TEXT = `site: { id: a, name: b }
stations:
  - id: k1
    bins:
      - { id: k1-wet, emptyMm: 1000 }
      - &dry
        id: k1-dry
        emptyMm: 900
  - *dry
`;

describe('where a path stands in the text', () => {
  const places: [string, Path, number, number][] = [
    ['a key at the top', ['stations'], 2, 1],
    ['a key inside braces', ['site', 'name'], 1, 16],
    ['an item of a list', ['stations', 0], 3, 5],
    ['a key deep inside', ['stations', 0, 'bins', 0, 'emptyMm'], 5, 23],
    ['a key of an anchored block', ['stations', 0, 'bins', 1, 'emptyMm'], 8, 9],
    ['an alias, where it is used', ['stations', 1], 9, 5],
    ['a key behind an alias, where it is written', ['stations', 1, 'emptyMm'], 8, 9],
    ['a missing key, at what lacks it', ['stations', 0, 'name'], 3, 5],
    ['a missing item, at its list', ['stations', 7, 'name'], 2, 1],
    ['the file itself', [], 1, 1],
  ];
  it.each(places)('%s', (_what, path, line, column) => {
    const yaml = readYaml(TEXT);
    expect(yaml.kind === 'read' && yaml.locate(path)).toEqual({ line, column });
  });

  it('Windows line ends count as one line end', () => {
    const yaml = readYaml(TEXT.replaceAll('\n', '\r\n'));
    expect(yaml.kind === 'read' && yaml.locate(['stations', 0, 'bins', 0, 'emptyMm'])).toEqual({
      line: 5,
      column: 23,
    });
  });
});

describe('how a path is said', () => {
  const root = { stations: [{ id: 'k1', windows: [{}], bins: [{ id: 'k1-wet' }, {}] }] };
  const words: [Path, string][] = [
    [[], 'file'],
    [['site', 'zone'], 'site.zone'],
    [['stations', 0], 'stations.k1'],
    [['stations', 0, 'windows', 0, 'from'], 'stations.k1.windows[0].from'],
    [['stations', 0, 'bins', 0, 'emptyMm'], 'bins.k1-wet.emptyMm'],
    [['stations', 0, 'bins', 1, 'emptyMm'], 'stations.k1.bins[1].emptyMm'],
    [['a b\n'], '"a b\\n"'],
  ];
  it.each(words)('%j is %s', (path, said) => {
    expect(spell(path, root)).toBe(said);
  });
});

describe('text that is no site file', () => {
  const texts: [string, string][] = [
    ['brackets ten thousand deep', '['.repeat(10_000)],
    ['braces ten thousand deep', '{a: '.repeat(10_000)],
    ['twenty thousand aliases', `a: &a x\nb: [${'*a, '.repeat(20_000)}]\n`],
    ['a binary file', '\u0000\u0001\uFFFD\u0007'.repeat(50)],
    ['three megabytes', 'a'.repeat(3_000_000)],
    ['keys of the object prototype', '__proto__: { x: 1 }\nconstructor: 1\ntoString: 2\n'],
    ['a key that is a mapping', '? { a: 1 }\n: 2\n'],
    ['a rule made of foreign keys', 'rules: [{ toString: 1, on: { toString: 2 } }]\n'],
    ['tags of other languages', 'site: !!python/object:os.system [rm]\nversion: !!set {1}\n'],
    ['another version of YAML', '%YAML 1.1\n---\nversion: yes\n'],
    ['a byte order mark alone', '\uFEFF'],
  ];
  it.each(texts)(
    '%s is told and does not throw',
    (_what, text) => {
      expect(load(text).mistakes).not.toEqual([]);
    },
    30_000,
  );
});

describe('a site file that was damaged at random', () => {
  const text = read('config/site.yaml');
  const spot = fc.nat(text.length);
  const scrap = fc.oneof(
    fc.constantFrom('\t', '\n', ':', '- ', '{', '}', '[', ']', '"', "'", '&a ', '*a', '#', '---\n'),
    fc.constantFrom('? ', '!!', '|', '>', '%', '0', '-1', '.nan', '1e999', 'null', '~', '<<: '),
    fc.string({ unit: 'binary', maxLength: 8 }),
  );
  const damage = fc.record({ at: spot, drop: fc.nat(40), scrap });

  it('never throws, and is either a site or has mistakes that fit on one line', () => {
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), (damages) => {
        const damaged = damages.reduce(
          (now, { at, drop, scrap }) => now.slice(0, at) + scrap + now.slice(at + drop),
          text,
        );
        const { site, mistakes = [] } = load(damaged);
        expect(site === undefined).toBe(mistakes.length > 0);
        const lines = damaged.split(/\r\n|\r|\n/).length;
        for (const mistake of mistakes) {
          expect(mistake.line).toBeLessThanOrEqual(lines);
          expect(formatMistake(mistake)).toMatch(/^site\.yaml:\d+:\d+ [^\n\r]+: [^\n\r]+$/);
        }
      }),
      { numRuns: 100 },
    );
  }, 30_000);
});

describe('a site file in which one value is of another kind', () => {
  const lines = ONE_OF_EACH.split('\n');
  const others = ['', '[]', '7', 'x', '[[7]]', '{ id: 1 }', '{ id: k1 }'];

  it('as it stands is a site', () => {
    expect(load(ONE_OF_EACH)).toMatchObject({ site: expect.anything(), warnings: [] });
  });

  it.each(others)(
    '%s instead of any one value never throws',
    (other) => {
      for (const [index, line] of lines.entries()) {
        const changed = line.replace(/: .*$|(?<=- )[^:]*$/, (was) =>
          was.startsWith(':') ? `: ${other}` : other,
        );
        const { site, mistakes = [] } = load(lines.with(index, changed).join('\n'));
        const isSite = mistakes.length === 0;
        expect({ changed, isSite: site !== undefined }).toEqual({ changed, isSite });
      }
    },
    30_000,
  );

  it.each(others)(
    '%s instead of any one block never throws',
    (other) => {
      for (const [index, line] of lines.entries()) {
        if (!line.endsWith(':')) continue;
        const depth = line.search(/\S/);
        const after = lines.findIndex((next, at) => at > index && next.search(/[^ ]/) <= depth);
        const changed = lines.toSpliced(index, after - index, `${line} ${other}`).join('\n');
        const { site, mistakes = [] } = load(changed);
        const isSite = mistakes.length === 0;
        expect({ changed, isSite: site !== undefined }).toEqual({ changed, isSite });
      }
    },
    30_000,
  );
});
