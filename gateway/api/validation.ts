// Whether a request fits its schema, and if not, every field that does not, in words.
// Nothing is coerced and nothing is cut off: a number sent as text in a body is a mistake, and so is
// an unknown field. Only in an address, where all is text, are whole numbers read as numbers, and the
// words true and false as what they say.
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { problem, Refused } from './problem.ts';

type Complaint = ReturnType<Validator['Errors']>[number];
interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** A caller's own field name is told back to him, but not 60 kB of it. */
const LONGEST_NAME = 60;
const WHOLE_NUMBER = /^-?\d{1,15}$/;

export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  let compiled: Validator | undefined;
  const part = httpPart === 'querystring' ? 'query' : (httpPart ?? 'body');
  return (sent: unknown) => {
    // At its first request: 300 schemas took 55 ms of every start, and most are never asked for.
    const validator = (compiled ??= Compile(schema));
    const value = httpPart === 'querystring' ? withTextRead(schema, sent) : sent;
    if (validator.Check(value)) return { value };
    return { error: misfit(part, validator.Errors(value)) };
  };
};

function withTextRead(schema: TSchema, sent: unknown): unknown {
  const fields = (schema as { properties?: Record<string, { type?: string }> }).properties ?? {};
  return Object.fromEntries(
    Object.entries(sent as Record<string, unknown>).map(([name, value]) => [
      name,
      Object.hasOwn(fields, name) ? readText(fields[name]?.type, value) : value,
    ]),
  );
}

/** What cannot be read stays as it was sent, to be complained of. */
function readText(type: string | undefined, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (type === 'integer' && WHOLE_NUMBER.test(value)) return Number(value);
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

/** The validator stops at eight complaints: enough to mend, and no page of them. */
function misfit(part: string, complaints: readonly Complaint[]): Refused {
  const errors = complaints.flatMap((complaint) => inWords(part, complaint));
  const detail = errors.map((error) => `${error.path} ${error.message}`).join('; ');
  return new Refused(problem(400, `${detail}.`, { errors }));
}

function inWords(part: string, complaint: Complaint): FieldError[] {
  const path = [part, ...complaint.instancePath.split('/').slice(1)].map(shortened).join('.');
  switch (complaint.keyword) {
    case 'required':
      return complaint.params.requiredProperties.map((name) => ({
        path: `${path}.${name}`,
        message: 'is missing',
      }));
    // Unknown fields are complained of one by one, as `false`, and then once more all together.
    case 'boolean':
      return [{ path, message: 'is not known here' }];
    case 'additionalProperties':
      return [];
    case 'enum':
      return [{ path, message: `must be one of ${complaint.params.allowedValues.join(', ')}` }];
    default:
      return [{ path, message: complaint.message }];
  }
}

const shortened = (name: string): string =>
  name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
