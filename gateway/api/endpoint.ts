// What one address answers: its schema and its few lines of work. routes.ts gives it its address and
// says who may ask. Every status that it may answer with is declared, so that the OpenAPI document
// cannot leave one out; a query or a body that no schema speaks of is refused.
import type {
  ContextConfigDefault,
  FastifySchema,
  FastifySchemaCompiler,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
  RouteGenericInterface,
  RouteHandlerMethod,
  RouteOptions,
} from 'fastify';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { Type, type TSchema } from 'typebox';
import type { ProblemStatus } from './problem.ts';
import type { DoorRole } from './session.ts';
import { validatorCompiler } from './validation.ts';

declare module 'fastify' {
  interface FastifySchema {
    /** The statuses that it refuses with; problems need no schema of their own. */
    refusals?: readonly ProblemStatus[];
  }
  interface FastifyContextConfig {
    takes?: Takes;
  }
}

/** `fields`: a form without files, handed on as the text that it came as. */
export type Takes = 'json' | 'bytes' | 'form' | 'fields';

interface EndpointSchema extends FastifySchema {
  readonly operationId: string;
  /** One line for the reference. */
  readonly summary: string;
  readonly params?: TSchema;
  readonly querystring?: TSchema;
  readonly headers?: TSchema;
  readonly body?: TSchema;
  readonly response: Readonly<Record<number, unknown>>;
}

export interface Endpoint {
  readonly schema: FastifySchema;
  readonly handler: RouteHandlerMethod;
  /** `bytes`, `form`: the body reaches the endpoint as it came; its schema only describes it. */
  readonly takes?: Takes;
  /** Where refusals are told in another standard's words. */
  readonly answerError?: RouteOptions['errorHandler'];
}

type AnswerTo<S extends FastifySchema> = RouteHandlerMethod<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  RouteGenericInterface,
  ContextConfigDefault,
  S,
  TypeBoxTypeProvider
>;

/** The last part of an address that names one thing. */
export const ById = Type.Object({ id: Type.String({ minLength: 1, maxLength: 100 }) });

const NOTHING = Type.Object({}, { additionalProperties: false });
/** What any address may answer before its own work begins, or when that fails. */
const ALWAYS: readonly ProblemStatus[] = [400, 401, 403, 421, 500, 503];
const WITH_BODY: readonly ProblemStatus[] = [413, 415];

export function endpoint<const S extends EndpointSchema>(
  schema: S,
  handler: AnswerTo<S>,
): Endpoint {
  const own = schema.refusals ?? [];
  const refusals = [...ALWAYS, ...own, ...(schema.body ? WITH_BODY : [])];
  return {
    schema: { querystring: NOTHING, ...schema, refusals },
    handler: handler as RouteHandlerMethod,
  };
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly roles: readonly DoorRole[];
  readonly endpoint: Endpoint;
}

export const get = (url: string, roles: readonly DoorRole[], endpoint: Endpoint): Route => ({
  method: 'GET',
  url,
  roles,
  endpoint,
});

export const post = (url: string, roles: readonly DoorRole[], endpoint: Endpoint): Route => ({
  method: 'POST',
  url,
  roles,
  endpoint,
});

export const put = (url: string, roles: readonly DoorRole[], endpoint: Endpoint): Route => ({
  method: 'PUT',
  url,
  roles,
  endpoint,
});

export const del = (url: string, roles: readonly DoorRole[], endpoint: Endpoint): Route => ({
  method: 'DELETE',
  url,
  roles,
  endpoint,
});

export const forFastify = ({ method, url, roles, endpoint }: Route): RouteOptions => ({
  method,
  url,
  config: { roles, takes: endpoint.takes ?? 'json' },
  schema: endpoint.schema,
  handler: endpoint.handler,
  ...(endpoint.answerError && { errorHandler: endpoint.answerError }),
  ...(isDescribedOnly(endpoint) && { validatorCompiler: allButTheBody }),
});

/** What a role may ask for at all, by the operations' names in the reference. */
export const operationsFor = (list: readonly Route[], role: string): string[] =>
  list
    .filter(({ roles }) => (roles as readonly string[]).includes(role))
    .flatMap(({ endpoint: { schema } }) => schema.operationId ?? []);

const isDescribedOnly = ({ takes }: Endpoint): boolean => takes === 'bytes' || takes === 'form';

const allButTheBody: FastifySchemaCompiler<TSchema> = (part) =>
  part.httpPart === 'body' ? () => true : validatorCompiler(part);
