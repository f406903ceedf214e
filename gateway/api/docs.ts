// The reference of the API as a page to read and to try things on: Swagger UI over /openapi.json,
// from its package's own files, so that it works without the internet. The package's plugin brings
// routes of its own, which do not say their roles; these few lines do, and leave the content security
// policy as strict as it is on every other page: one script and one style sheet, nothing inline.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyReply, RouteHandlerMethod } from 'fastify';
import type { Endpoint } from './endpoint.ts';

const FILES = path.dirname(
  fileURLToPath(import.meta.resolve('@fastify/swagger-ui/static/swagger-ui.css')),
);

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Courtyard API</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<div id="docs"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/open.js"></script>
</html>
`;

/** Its validator badge would ask a server on the internet. */
const OPEN = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
});
`;

/** Whole files of the package, by the name they are asked for. */
const SERVED = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'] as const;
type Served = (typeof SERVED)[number];

/** Its files change with the version of the gateway only. */
const KEPT = { maxAge: '1h' } as const;

export interface DocsPages {
  readonly page: Endpoint;
  readonly script: Endpoint;
  readonly files: readonly (readonly [name: Served, endpoint: Endpoint])[];
}

export const docsPages = (): DocsPages => ({
  page: unlisted((_request, reply) => sendText(reply, 'text/html', PAGE)),
  script: unlisted((_request, reply) => sendText(reply, 'text/javascript', OPEN)),
  files: SERVED.map((name) => [
    name,
    unlisted((_request, reply) => reply.sendFile(name, FILES, KEPT)),
  ]),
});

const sendText = (reply: FastifyReply, type: string, text: string): FastifyReply =>
  reply.type(`${type}; charset=utf-8`).send(text);

const unlisted = (handler: RouteHandlerMethod): Endpoint => ({ schema: { hide: true }, handler });
