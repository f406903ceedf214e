// The only body that is read: JSON, in UTF-8, at most BODY_LIMIT bytes, with no __proto__ in it; where
// an endpoint takes bytes, it is handed on unread.
// An empty one is an empty object, so that a command without details needs no braces.
import type { FastifyInstance } from 'fastify';
import { problem, Refused } from './problem.ts';

export const BODY_LIMIT = 64 * 1024;

export function readOnlyJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    const text = textOf(bytes as Buffer);
    if (request.routeOptions.config.takes === 'bytes') {
      done(null, bytes);
    } else if (text === undefined) {
      done(new Refused(problem(400, 'The body is not UTF-8.')));
    } else if (text.trim() === '') {
      done(null, {});
    } else {
      void parse(request, text, done);
    }
  });
}

/** A form's fields, where one is asked for: the text as it came. */
export function readFields(app: FastifyInstance): void {
  const type = 'application/x-www-form-urlencoded';
  app.addContentTypeParser(type, { parseAs: 'buffer' }, (request, bytes, done) => {
    const text = textOf(bytes as Buffer);
    if (request.routeOptions.config.takes !== 'fields')
      done(new Refused(problem(415, 'Send content-type: application/json.')));
    else if (text === undefined) done(new Refused(problem(400, 'The body is not UTF-8.')));
    else done(null, text);
  });
}

function textOf(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
