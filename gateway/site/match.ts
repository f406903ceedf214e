// Holds the plain values of a site file against its schema: every mismatch becomes a finding,
// every default is filled in, and what did not fit is left out of the draft that goes on.
// Strings of the wrong form stay in: an ill-spelt id must not make all that name it unknown too.
import { type TArray, type TObject, type TRecord, type TSchema, Type } from 'typebox';
import { complaint } from './complaint.ts';
import { type Finding, type Path, show } from './mistake.ts';
import { didYouMean, nearest } from './nearest.ts';
import type { Annotated } from './option.ts';

export interface Matched {
  readonly draft: unknown;
  readonly findings: readonly Finding[];
}

export function match(schema: TSchema, value: unknown): Matched {
  const findings: Finding[] = [];
  const draft = walk({ schema, value, at: [] }, findings);
  return { draft, findings };
}

/** One value, the schema it is held against, and where it stands. */
interface Held<S extends Annotated = Annotated> {
  readonly schema: S;
  readonly value: unknown;
  readonly at: Path;
}

function walk(held: Held, findings: Finding[]): unknown {
  const { schema, value, at } = held;
  if (schema.choose) return walkChoice(held, findings);
  if (Type.IsObject(schema)) return walkMapping({ schema, value, at }, findings);
  if (Type.IsRecord(schema)) return walkRecord({ schema, value, at }, findings);
  if (Type.IsArray(schema)) return walkList({ schema, value, at }, findings);
  const what = complaint(schema, value);
  if (what === undefined) return value;
  findings.push(about(held, what));
  return typeof value === 'string' && Type.IsString(schema) ? value : undefined;
}

function walkChoice(held: Held, findings: Finding[]): unknown {
  const { schema, value, at } = held;
  const choice = schema.choose?.(value) ?? { form: schema };
  if ('form' in choice) return walk({ schema: choice.form, value, at }, findings);
  findings.push(about(held, choice.complaint));
  const meansMapping = Type.IsUnion(schema) && schema.anyOf.every((form) => Type.IsObject(form));
  return meansMapping ? idAlone(value) : undefined;
}

function walkMapping(held: Held<Annotated & TObject>, findings: Finding[]): unknown {
  const { schema, value, at } = held;
  if (!isMapping(value)) {
    findings.push(about(held, `${show(value)} must be a mapping of key: value`));
    return {};
  }
  const known = Object.keys(schema.properties);
  const strange = Object.keys(value).filter((key) => !known.includes(key));
  findings.push(...strange.map((key) => unknownKey(key, known, at)));
  // A mistyped key was given, if wrongly: that it is missing need not be told as well.
  const meant = new Set(strange.map((key) => nearest(key, known)));
  const draft: Record<string, unknown> = {};
  for (const key of known) {
    const given = Object.hasOwn(value, key) ? value[key] : undefined;
    const property: Held = { schema: schema.properties[key] ?? {}, value: given, at: [...at, key] };
    const filled = withDefault(property);
    if (given === undefined && meant.has(key)) draft[key] = undefined;
    else if (filled.value !== undefined) draft[key] = walk(filled, findings);
    else if (!Type.IsOptional(property.schema)) findings.push(about(property, 'is missing'));
  }
  return draft;
}

function unknownKey(key: string, known: readonly string[], at: Path): Finding {
  if (key === '<<') return { at: [...at, key], what: 'merging is not read here; write the keys' };
  const guess = didYouMean(key, known) || `; known here: ${known.join(', ')}`;
  return { at: [...at, key], what: `unknown key ${show(key)}${guess}` };
}

/** A section whose lines are all commented out is as good as left out. */
function withDefault(held: Held): Held {
  const fallback = held.schema.default;
  const isEmpty = held.value === null && typeof fallback === 'object';
  return held.value === undefined || isEmpty ? { ...held, value: fallback } : held;
}

function walkRecord(held: Held<Annotated & TRecord>, findings: Finding[]): unknown {
  const { schema, value, at } = held;
  if (!isMapping(value)) {
    findings.push(about(held, `${show(value)} must be a mapping of key: value`));
    return undefined;
  }
  const [each = Type.Unknown()] = Object.values(schema.patternProperties);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      walk({ schema: each, value: item, at: [...at, key] }, findings),
    ]),
  );
}

function walkList(held: Held<Annotated & TArray>, findings: Finding[]): unknown {
  const { schema, value, at } = held;
  if (!Array.isArray(value)) {
    findings.push(about(held, `${show(value)} must be a list; begin each item with a hyphen`));
    return [];
  }
  return value.map((item: unknown, index) =>
    walk({ schema: schema.items, value: item, at: [...at, index] }, findings),
  );
}

/** So that whatever names it is not told that it is unknown. */
function idAlone(value: unknown): { readonly id?: string } {
  const id = isMapping(value) ? value['id'] : undefined;
  return typeof id === 'string' ? { id } : {};
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** A finding that says what the option means and gives its example. */
function about({ schema, at }: Held, what: string): Finding {
  const { description, examples: [example] = [] } = schema;
  if (description === undefined) return { at, what };
  if (example === undefined) return { at, what, means: description };
  const shown = typeof example === 'string' ? example : JSON.stringify(example);
  return { at, what, means: `${description}; example ${shown}` };
}
