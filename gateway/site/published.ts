// What people and their editors read of the schema: JSON Schema for completion while typing, and
// the reference page. Both are made from the same constant that the check uses.
import { type TSchema, Type } from 'typebox';
import type { Annotated } from './option.ts';
import { SiteFile } from './schema.ts';

/** config/site.schema.json, draft 2020-12. Functions fall out; what has a default may be left out. */
export function siteJsonSchema(): string {
  const published: unknown = JSON.parse(JSON.stringify(SiteFile), (_key, node: unknown) =>
    isObjectSchema(node) ? { ...node, required: node.required.filter(lacksDefaultIn(node)) } : node,
  );
  const head = { $schema: 'https://json-schema.org/draft/2020-12/schema' };
  return `${JSON.stringify({ ...head, ...(published as object) }, null, 2)}\n`;
}

interface ObjectSchema {
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, object>>;
}

const isObjectSchema = (node: unknown): node is ObjectSchema =>
  typeof node === 'object' &&
  node !== null &&
  'properties' in node &&
  'required' in node &&
  Array.isArray(node.required);

const lacksDefaultIn = (node: ObjectSchema) => (key: string) =>
  !('default' in (node.properties[key] ?? {}));

/** docs/site-file.md: every key with its meaning, unit, default and example. */
export function siteReference(): string {
  const written = new Set([INTRODUCTION, ...pages(annotated(SiteFile), '')]);
  return `${[...written].join('\n\n')}\n`;
}

const INTRODUCTION = `# The site file

One YAML file says what there is in a compound and what counts as wrong. This page is made from its
schema by \`UPDATE_DOCS=1 npx vitest run --project unit test/site\`. Editors that know
\`yaml-language-server\` complete and explain every key from \`config/site.schema.json\`.

- \`bin/courtyard check -c FILE\` names every mistake at once, each with its line and cure.
- Start from \`config/site.yaml\`; \`config/site.demo.yaml\` is the compound of the demo.
- Unknown keys are mistakes. Durations carry their unit: \`500ms\`, \`90s\`, \`5m\`, \`2h\`, \`7d\`.
- Units stand in the names of keys: \`emptyMm\`, \`tareKg\`. Hours and days are the site's own.
- Ids are unique among their kind; bins, scales, lamps, circuits and meters are one kind.
- Secrets never stand in this file: it names files that only the gateway's user can read.
- Anchors (\`&name\`, \`*name\`) are welcome; merging with \`<<\` is not.`;

/** A page for each mapping, the outer ones first. */
function pages(schema: Annotated, path: string): string[] {
  const forms = formsOf(schema);
  if (forms.length > 0) return choicePages(schema, forms, path);
  if (Type.IsArray(schema)) return pages(annotated(schema.items), `${path}[]`);
  if (!Type.IsObject(schema)) return [];
  const properties = propertiesOf(schema);
  return [page(schema, path, properties), ...innerPages(properties, path)];
}

/** What all forms share is said once, then what each has of its own. */
function choicePages(schema: Annotated, forms: readonly Annotated[], path: string): string[] {
  const [first = new Map<string, Annotated>(), ...others] = forms.map(propertiesOf);
  const isShared = ([key, property]: [string, Annotated]): boolean =>
    others.every((other) => other.get(key) === property);
  const shared = new Map([...first].filter(isShared));
  return [
    page(schema, path, shared),
    ...innerPages(shared, path),
    ...forms.flatMap((form) => {
      const own = new Map([...propertiesOf(form)].filter(([key]) => !shared.has(key)));
      return [page(form, path, own), ...innerPages(own, path)];
    }),
  ];
}

type Properties = ReadonlyMap<string, Annotated>;

const innerPages = (properties: Properties, path: string): string[] =>
  [...properties].flatMap(([key, property]) =>
    pages(property, path === '' ? key : `${path}.${key}`),
  );

/** The forms of a union that are mappings; a word or a list of hours fits in a row of a table. */
const formsOf = (schema: Annotated): Annotated[] =>
  Type.IsUnion(schema) ? schema.anyOf.filter((form) => Type.IsObject(form)).map(annotated) : [];

const propertiesOf = (schema: Annotated): Properties =>
  new Map(
    Type.IsObject(schema)
      ? Object.entries(schema.properties).map(([key, property]) => [key, annotated(property)])
      : [],
  );

/** Every schema of this room was made by option.ts; its static type has only forgotten it. */
const annotated = (schema: TSchema): Annotated => schema;

function page(schema: Annotated, path: string, properties: Properties): string {
  const { title = '', description = '' } = schema;
  const heading = path === '' ? '## The file' : `## \`${path}\`: ${title}`;
  const sentence = `${description.charAt(0).toUpperCase()}${description.slice(1)}.`;
  const rows = [...properties].map(([key, property]) => row(key, property));
  const table = [
    '| key | what it is | unit | default | example |',
    '|---|---|---|---|---|',
    ...rows,
  ];
  return [heading, '', sentence, '', ...table].join('\n');
}

function row(key: string, property: Annotated): string {
  const { description = '', unit = '', examples: [example] = [] } = property;
  const cells = [
    `\`${key}\``,
    description.replaceAll('<', '&lt;') + wordsOf(property),
    unit,
    defaultOf(property),
    example === undefined ? '' : code(example),
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
}

const wordsOf = (schema: Annotated): string =>
  Type.IsEnum(schema) ? `: ${schema.enum.map((word) => `\`${word}\``).join(', ')}` : '';

function defaultOf(schema: Annotated): string {
  if (schema.default === undefined) return Type.IsOptional(schema) ? 'none' : '**required**';
  return typeof schema.default === 'object' ? 'empty' : code(schema.default);
}

const code = (value: unknown): string =>
  `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
