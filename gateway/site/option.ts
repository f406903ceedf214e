// The leaves of the site file's schema: each option with its title, its unit, its meaning in one
// phrase, its default and an example. The check, the JSON Schema and the reference page all come
// from here. A leaf with a form of its own says in its own words what is wrong with a value.
//
// An option with a default is not optional to TypeScript: `Static` is the file with defaults
// filled in. The published schema takes such options out of `required`.
import { type TEnum, type TProperties, type TSchema, Type } from 'typebox';
import { type Duration, FOREVER, parseDuration } from '../domain/time.ts';
import { show } from './mistake.ts';
import { didYouMean } from './nearest.ts';

interface Facts {
  readonly title: string;
  /** One phrase, lower case, without a full stop; it ends up in brackets behind a mistake. */
  readonly description: string;
  readonly examples?: unknown[];
  readonly default?: unknown;
}

interface Measured extends Facts {
  readonly unit: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
}

/** What a schema carries beside JSON Schema's own words; functions vanish when it is published. */
export interface Annotated extends TSchema {
  readonly title?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly unit?: string;
  /** Says what is wrong with a value that does not fit. */
  readonly complain?: (value: unknown) => string;
  /** Of several forms, the one that the value means to be; or why none. */
  readonly choose?: (value: unknown) => Choice;
}

export type Choice = { readonly form: TSchema } | { readonly complaint: string };

export const section = <P extends TProperties>(facts: Facts, properties: P) =>
  Type.Object(properties, { ...facts, additionalProperties: false });

export const listOf = <S extends TSchema>(items: S, facts: Facts) =>
  Type.Array(items, { ...facts });

export const text = (facts: Facts) => Type.String({ ...facts, minLength: 1 });

export const flag = (facts: Facts) => Type.Boolean({ ...facts });

export const measure = (facts: Measured) => Type.Number({ ...facts });

export const count = (facts: Measured) => Type.Integer({ ...facts });

export const oneWord = <const W extends readonly string[]>(words: W, facts: Facts) =>
  Type.Enum([...words], {
    ...facts,
    complain: (value: unknown) =>
      `${show(value)} is none of ${words.join(', ')}${didYouMean(value, words)}`,
  }) as unknown as TEnum<[...W]>;

/** A number out of a few. */
export const oneOf = <const N extends readonly number[]>(
  numbers: N,
  facts: Facts & { readonly unit: string },
) =>
  Type.Enum([...numbers], {
    ...facts,
    complain: (value: unknown) => `${show(value)} is none of ${numbers.join(', ')}`,
  }) as unknown as TEnum<[...N]>;

/** As in topics, addresses and file names: nothing that any of them would have to escape. */
export const identifier = (facts: Facts) =>
  Type.String({ ...facts, pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$', complain: noIdentifier });

const noIdentifier = (value: unknown): string =>
  typeof value === 'number'
    ? `${value} is a number; write "${value}"`
    : `${show(value)} is no id; use up to 64 letters, digits, hyphens, dots and underscores`;

/** Longer than nothing. */
export const duration = (facts: Facts) =>
  Type.String({ ...facts, pattern: `^${SOMETHING}${SPAN}$`, complain: noDuration });

/** `0s` is allowed: at once. */
export const hold = (facts: Facts) =>
  Type.String({ ...facts, pattern: `^${SPAN}$`, complain: noDuration });

/** Ahead of a span: it is a millisecond at least, for that is what it is read to. */
const SOMETHING = String.raw`(?=.*[1-9])(?!0+\.[0-4]\d*ms$)`;
const SPAN = String.raw`\d{1,9}(\.\d{1,3})?(ms|s|m|h|d)`;

function noDuration(value: unknown): string {
  if (typeof value === 'number') return `${value} has no unit; write ${value}s or ${value}m`;
  if (typeof value === 'string' && new RegExp(`^${SPAN}$`).test(value)) {
    return `${value} must be longer than nothing`;
  }
  return `${show(value)} is no duration; write 500ms, 90s, 5m, 2h or 7d`;
}

/** A duration, or a word that says how it is found. */
export const durationOr = (word: string, facts: Facts) =>
  Type.String({
    ...facts,
    pattern: `^(${word}|${SOMETHING}${SPAN})$`,
    complain: (value: unknown) => `${noDuration(value)}, or ${word}`,
  });

/** How long something is kept: a duration, or `forever`. */
export const keepFor = (facts: Facts) =>
  Type.String({
    ...facts,
    pattern: `^(forever|${SOMETHING}${SPAN})$`,
    complain: (value: unknown) => `${noDuration(value)}, or forever`,
  });

/** What a string that passed `duration`, `hold` or `keepFor` says. */
export function durationOf(text: string): Duration {
  const span = text === 'forever' ? FOREVER : parseDuration(text);
  if (span === undefined) throw new TypeError(`${text} passed the schema and is no duration`);
  return span;
}

export const webAddress = (facts: Facts) =>
  Type.String({
    ...facts,
    pattern: String.raw`^https?://[^\s/?#]+[^\s]*$`,
    complain: (value: unknown) =>
      `${show(value)} is no web address; it begins with http:// or https://`,
  });

/** Without a user: its password would then stand in the site file. */
export const brokerAddress = (facts: Facts) =>
  Type.String({
    ...facts,
    pattern: String.raw`^mqtts?://(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?/?$`,
    complain: (value: unknown) =>
      typeof value === 'string' && value.includes('@')
        ? 'holds a user or password; write username and passwordFile beside it instead'
        : `${show(value)} is no broker’s address; write mqtt://host or mqtts://host, with :port at will`,
  });

export const netPort = (facts: Facts) =>
  Type.Integer({
    ...facts,
    minimum: 1,
    maximum: 65_535,
    complain: (value: unknown) => `${show(value)} is no port; ports are whole numbers 1–65535`,
  });
