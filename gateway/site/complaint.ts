// What is wrong with one value of the site file, in words: the option's own where it has some,
// else the schema's keywords said plainly.
import { Type } from 'typebox';
import { Errors } from 'typebox/value';
import { show } from './mistake.ts';
import type { Annotated } from './option.ts';

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
};

/** None where the value fits. */
export function complaint(schema: Annotated, value: unknown): string | undefined {
  const [error] = Errors(schema, value);
  if (!error) return undefined;
  if (value === null) return 'has no value';
  if (schema.complain) return schema.complain(value);
  const said = show(value);
  switch (error.keyword) {
    case 'type':
      return `${quoted(value)} must be ${typeWords(error.params.type)}${unquote(schema, value)}`;
    case 'const':
      return `${said} must be ${show(error.params.allowedValue)}`;
    case 'minimum':
      return `${said} must be at least ${error.params.limit}`;
    case 'maximum':
      return `${said} must be at most ${error.params.limit}`;
    case 'exclusiveMinimum':
      return `${said} must be greater than ${error.params.limit}`;
    case 'exclusiveMaximum':
      return `${said} must be less than ${error.params.limit}`;
    case 'minLength':
      return 'must not be empty';
    default:
      return `${said} ${error.message}`;
  }
}

/** Where the type is the trouble, text shows its quotes: "1000" is no number. */
const quoted = (value: unknown): string =>
  typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : show(value);

const typeWords = (type: string | string[]): string =>
  [type]
    .flat()
    .map((word) => TYPES[word] ?? word)
    .join(' or ');

/** The commonest slip: a number between quotes. */
function unquote(schema: Annotated, value: unknown): string {
  if (!Type.IsNumber(schema) && !Type.IsInteger(schema)) return '';
  if (typeof value !== 'string' || value.trim() === '') return '';
  return Number.isFinite(Number(value)) ? `; write ${Number(value)} without quotes` : '';
}
