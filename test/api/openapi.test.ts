import { describe, expect, it } from 'vitest';
import { routes } from '../../gateway/api/routes.ts';
import { screens } from '../../gateway/api/screens.ts';
import { handDesk } from '../fakes/hand-desk.ts';
import { face } from './face.ts';

interface Operation {
  operationId: string;
  summary: string;
  parameters?: { name: string; in: string; schema: object }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { description: string; content: Record<string, { schema: Schema }> }>;
}
type Schema = { $ref?: string; type?: string; items?: Schema };
interface Document {
  openapi: string;
  info: { title: string; version: string };
  components: { schemas: Record<string, object> };
  paths: Record<string, Record<string, Operation>>;
}

const documentOf = async (): Promise<Document> => {
  const { get } = await face();
  return (await get('/openapi.json')).json<Document>();
};
const operationsOf = (document: Document): Operation[] =>
  Object.values(document.paths).flatMap((methods) => Object.values(methods));

function refsIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) =>
    name === '$ref' ? [String(value)] : refsIn(value),
  );
}

describe('the API’s own description', () => {
  it('is OpenAPI 3.1 of this version', async () => {
    const document = await documentOf();
    expect(document.openapi).toBe('3.1.0');
    expect(document.info).toMatchObject({ title: 'Courtyard', version: '1.2.3' });
  });

  it('names every route but the pages, with its method', async () => {
    const told = Object.entries((await documentOf()).paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const nothing = { schema: {}, handler: () => undefined };
    const parts = { desk: handDesk(), version: '', live: nothing, document: nothing };
    const served = routes({ ...parts, screens: screens(undefined) })
      .filter(({ endpoint }) => !endpoint.schema.hide)
      .map(({ method, url }) => `${method} ${url.replace(/:(\w+)/g, '{$1}')}`);
    expect(told.sort()).toEqual(served.sort());
  });

  it('refers to nothing that it does not hold, and holds nothing unreferred', async () => {
    const document = await documentOf();
    const held = Object.keys(document.components.schemas).map((n) => `#/components/schemas/${n}`);
    expect([...new Set(refsIn(document))].sort()).toEqual(held.sort());
  });

  it('gives every operation a name of its own and a summary', async () => {
    const operations = operationsOf(await documentOf());
    const names = operations.map(({ operationId }) => operationId);
    expect(names.filter((name) => !/^[a-z][A-Za-z]+$/.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    expect(operations.filter(({ summary }) => !summary)).toEqual([]);
  });

  it('calls every body and every answer by the name of its schema', async () => {
    const nameless = operationsOf(await documentOf()).flatMap((operation) =>
      [operation.requestBody, ...Object.values(operation.responses)]
        .flatMap((message) => Object.values(message?.content ?? {}))
        .map(({ schema }) => schema as Schema)
        .filter((schema) => !schema.$ref && !schema.items?.$ref)
        .map(() => operation.operationId),
    );
    expect(nameless).toEqual(['readOpenApi', 'followLive']);
  });

  it('declares for every operation what it refuses with, as problems', async () => {
    for (const { responses } of operationsOf(await documentOf())) {
      expect(Object.keys(responses)).toEqual(
        expect.arrayContaining(['400', '403', '421', '500', '503']),
      );
      expect(responses['400']?.content).toEqual({
        'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
      });
    }
  });

  it('knows the headers that make a command safe to send twice', async () => {
    const document = await documentOf();
    const { parameters } = document.paths['/api/v1/tickets/{id}/look-back']?.['post'] ?? {};
    expect(parameters?.map((parameter) => `${parameter.in} ${parameter.name}`).sort()).toEqual([
      'header idempotency-key',
      'header if-match',
      'path id',
    ]);
  });

  it('describes what is sent: the answers fit the schemas that they are made from', async () => {
    const document = await documentOf();
    expect(document.paths['/api/v1/live']?.['get']?.responses['200']?.content).toHaveProperty([
      'text/event-stream',
    ]);
    expect(document.components.schemas['Asset']).toMatchObject({
      type: 'object',
      properties: { latest: { additionalProperties: { $ref: '#/components/schemas/Latest' } } },
    });
  });
});
