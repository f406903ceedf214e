// The screens, as built by Vite: one page per address, and their assets, whose names carry a hash of
// what is in them and which therefore never change. A page itself is asked for anew each time.
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { FastifyReply, RouteHandlerMethod } from 'fastify';
import type { Endpoint } from './endpoint.ts';
import { problem, Refused } from './problem.ts';

const KEPT_FOR_GOOD = { dotfiles: 'ignore', immutable: true, maxAge: '365d' } as const;
const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Courtyard</title>
<p>The screens are not built yet: run <code>npm run build</code>, then reload this page.</p></html>
`;

export interface Screens {
  /** @param file below the folder of screens, as `kiosk/index.html` */
  page(file: string): Endpoint;
  asset(): Endpoint;
}

/** Looks for the folder at each request, so that screens built later need no restart. */
export function screens(folder: string | undefined): Screens {
  return {
    page: (file) =>
      unlisted((_request, reply) => {
        const isBuilt = folder !== undefined && existsSync(path.join(folder, file));
        if (!isBuilt) return sendNotBuilt(reply);
        void reply.header('cache-control', 'no-cache');
        return reply.sendFile(file, folder, { cacheControl: false });
      }),
    asset: () =>
      unlisted((request, reply) => {
        const { '*': file } = request.params as { '*': string };
        if (folder === undefined) throw new Refused(problem(404, 'The screens are not built yet.'));
        void reply.header('vary', 'accept-encoding');
        return reply.sendFile(file, path.join(folder, 'assets'), KEPT_FOR_GOOD);
      }),
  };
}

const sendNotBuilt = (reply: FastifyReply): FastifyReply =>
  reply.code(503).type('text/html; charset=utf-8').send(NOT_BUILT);

/** Pages are for people and stand in no API document. */
const unlisted = (handler: RouteHandlerMethod): Endpoint => ({
  schema: { hide: true },
  handler,
});
