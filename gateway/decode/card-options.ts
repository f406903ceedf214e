// A card's options as the site file gave them, checked against the card's own schema once and with
// its defaults filled in. Options that do not fit refuse every message: read with other options
// than its engineer wrote, a scale would lie by a thousand and nobody would see it.
import type { Static, TEnum, TObject } from 'typebox';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Decoded, Decoder, Message } from './decoder.ts';
import { refused } from './decoder.ts';

type Decode = Decoder['decode'];
type Reading<O> = (message: Message, options: O) => Decoded;

export function withOptions<O extends TObject>(schema: O, read: Reading<Static<O>>): Decode {
  // The same object comes with each message, so it is checked once.
  const checked = new WeakMap<object, Checked<Static<O>>>();
  return (message, given) => {
    const known = checked.get(given) ?? check(schema, given);
    checked.set(given, known);
    return 'options' in known ? read(message, known.options) : known.refusal;
  };
}

type Checked<O> = { readonly options: O } | { readonly refusal: Decoded };

function check<O extends TObject>(schema: O, given: object): Checked<Static<O>> {
  const options: unknown = Value.Default(schema, { ...given });
  if (Value.Check(schema, options)) return { options };
  const mistake = Value.Errors(schema, options).at(-1);
  const where = mistake?.instancePath ?? '';
  const detail = `options${where.replaceAll('/', '.')} ${mistake?.message ?? 'do not fit'}`;
  return { refusal: refused('unknown-decoder', detail) };
}

/** What the page of devices and the site file's forms say of an option. */
interface Facts {
  readonly title: string;
  readonly description: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
}

export const oneWordOf = <const W extends readonly string[]>(words: W, facts: Facts) =>
  Type.Enum([...words], { ...facts }) as unknown as TEnum<[...W]>;
