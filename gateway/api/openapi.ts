// The API's own description, made from the very schemas that check what comes in and shape what goes
// out. Every schema with a name stands once under components and is referred to everywhere else.
import swagger from '@fastify/swagger';
import type { FastifyInstance, FastifySchema } from 'fastify';
import { Type } from 'typebox';
import { endpoint, type Endpoint } from './endpoint.ts';
import { PROBLEMS } from './problem.ts';
import { Problem } from './schemas.ts';

const ABOUT =
  'Sorting stations, courtyard lights and water meters of one compound. ' +
  'Times are UTC, units stand beside their values, errors are RFC 9457 problems.';

const SECURITY = {
  deviceToken: { type: 'http', scheme: 'bearer' },
  key: { type: 'http', scheme: 'bearer' },
  session: { type: 'apiKey', in: 'cookie', name: 'courtyard_session' },
} as const;

/** What an address answers with when all is well; `node:http` would name them all, for 14 MB. */
const DONE: Readonly<Record<string, string>> = { 200: 'OK', 201: 'Created' };

type Schemas = Record<string, object>;

/** Must run before the first route is registered. */
export async function describeApi(app: FastifyInstance, version: string): Promise<Endpoint> {
  const schemas: Schemas = {};
  byName(Problem, schemas);
  app.addHook('onRoute', ({ schema }) => void byName(schema, schemas));
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Courtyard', description: ABOUT, version },
      components: { schemas, securitySchemes: SECURITY },
    },
    transform: ({ schema, url }) => ({
      schema: { ...described(schema, schemas), tags: [subjectOf(url)] },
      url,
    }),
  });
  return endpoint(
    {
      operationId: 'readOpenApi',
      summary: 'This document',
      response: { 200: Type.Object({}, { additionalProperties: true }) },
    },
    async () => app.swagger(),
  );
}

/** A copy in which each schema that has a name is a reference to it; the schemas are collected. */
function byName(node: unknown, schemas: Schemas): unknown {
  if (Array.isArray(node)) return node.map((item) => byName(item, schemas));
  if (typeof node !== 'object' || node === null) return node;
  const { $id, ...fields } = node as { $id?: unknown };
  const copy = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, byName(value, schemas)]),
  );
  if (typeof $id !== 'string') return copy;
  schemas[$id] = copy;
  return { $ref: `#/components/schemas/${$id}` };
}

function described(schema: FastifySchema, schemas: Schemas): FastifySchema {
  const told = byName(schema, schemas) as FastifySchema;
  const [media = 'application/json'] = told.produces ?? [];
  const response: object = told.response ?? {};
  const answers = Object.entries(response).map(([status, answer]) => [
    status,
    answerOf(DONE[status] ?? '', media, answer),
  ]);
  const problem = byName(Problem, schemas);
  const refusals = (told.refusals ?? [])
    .filter((status) => !(status in response))
    .map((status) => [status, answerOf(PROBLEMS[status][1], 'application/problem+json', problem)]);
  return { ...told, response: Object.fromEntries([...answers, ...refusals]) };
}

/** What the address speaks of: `/api/v1/tickets/:id/take` is about tickets. */
const subjectOf = (url: string): string => /^\/api\/v1\/([a-z]+)/.exec(url)?.[1] ?? 'gateway';

const answerOf = (description: string, media: string, schema: unknown): object => ({
  description,
  content: { [media]: { schema } },
});
