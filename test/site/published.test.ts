import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Check } from 'typebox/schema';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { siteJsonSchema, siteReference } from '../../gateway/site/published.ts';
import { SiteFile } from '../../gateway/site/schema.ts';
import { ROOT } from '../tools.ts';
import { load, read } from './tools.ts';

const PUBLISHED: [string, () => string][] = [
  ['config/site.schema.json', siteJsonSchema],
  ['docs/site-file.md', siteReference],
];

describe('what is published of the schema', () => {
  it.each(PUBLISHED)('%s is what the schema says (UPDATE_DOCS=1 writes it anew)', (file, made) => {
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(path.join(ROOT, file), made());
    expect(read(file)).toBe(made());
  });

  const schema = JSON.parse(siteJsonSchema()) as Record<string, unknown>;
  const FILES = ['config/site.yaml', 'config/site.demo.yaml'];

  it.each(FILES)('an editor finds nothing wrong with %s', (file) => {
    expect(Check(schema, parse(read(file)))).toBe(true);
  });

  it.each(FILES)('%s names the schema in its first line', (file) => {
    expect(read(file).split('\n')[0]).toBe('# yaml-language-server: $schema=./site.schema.json');
  });

  it('an editor sees what the check sees: an unknown key, a wrong number, a missing key', () => {
    const good = parse(read('config/site.yaml')) as Record<string, unknown>;
    expect(Check(schema, { ...good, colour: 'red' })).toBe(false);
    expect(Check(schema, { ...good, http: { port: 80_800 } })).toBe(false);
    expect(Check(schema, { ...good, site: undefined })).toBe(false);
  });
});

describe('every option', () => {
  const options = [...optionsOf(SiteFile as unknown as Node, 'file')];

  it('has a title and says in one phrase what it is', () => {
    const dumb = options.filter(
      ([, { title, description }]) =>
        !title || !description || /^[A-Z][a-z]+ .*\.$/.test(description),
    );
    expect(dumb.map(([name]) => name)).toEqual([]);
  });

  it('that is a number says its unit', () => {
    const bare = options.filter(
      ([, { type, unit, maximum }]) =>
        (type === 'number' || type === 'integer') && unit === undefined && maximum !== 65_535,
    );
    expect(bare.map(([name]) => name).filter((name) => !name.endsWith('.version'))).toEqual([]);
  });

  it('that is not a list or a mapping shows an example that the check takes', () => {
    const leaves = options.filter(([, { type, anyOf }]) => !anyOf && isLeaf(type));
    const lacking = leaves.filter(([, leaf]) => !leaf.examples && leaf.default === undefined);
    expect(lacking.map(([name]) => name).filter((name) => !name.endsWith('[]'))).toEqual([]);
    const wrong = leaves.filter(([, leaf]) => leaf.examples?.some((each) => !Check(leaf, each)));
    expect(wrong.map(([name]) => name)).toEqual([]);
  });

  it('that has a default takes its own default', () => {
    const wrong = options.filter(
      ([, leaf]) => isLeaf(leaf.type) && leaf.default !== undefined && !Check(leaf, leaf.default),
    );
    expect(wrong.map(([name]) => name)).toEqual([]);
    expect(load(read('config/site.yaml')).site).toBeDefined();
  });
});

interface Node extends Record<string, unknown> {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string;
  readonly unit?: string;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
}

const isLeaf = (type: string | undefined): boolean => type !== 'object' && type !== 'array';

function* optionsOf(node: Node, name: string): Iterable<[string, Node]> {
  yield [name, node];
  for (const [key, property] of Object.entries(node.properties ?? {})) {
    yield* optionsOf(property, `${name}.${key}`);
  }
  if (node.items) yield* optionsOf(node.items, `${name}[]`);
  for (const form of node.anyOf ?? []) yield* optionsOf(form, name);
}
