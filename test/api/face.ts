// The HTTP face over a desk filled by hand, asked without a socket.
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { expect, onTestFinished } from 'vitest';
import { buildServer, type ServerOptions } from '../../gateway/api/server.ts';
import { handDesk, type HandDesk } from '../fakes/hand-desk.ts';

type Headers = Record<string, string>;

export interface Face {
  readonly app: FastifyInstance;
  readonly desk: HandDesk;
  readonly get: (url: string, headers?: Headers) => Promise<LightMyRequestResponse>;
  /** The body as JSON, or as it is where it is text or bytes. */
  readonly post: (
    url: string,
    body?: unknown,
    headers?: Headers,
  ) => Promise<LightMyRequestResponse>;
}

export async function face(options: Partial<ServerOptions> = {}): Promise<Face> {
  const desk = handDesk();
  const app = await buildServer({ desk, logger: false, version: '1.2.3', ...options });
  onTestFinished(() => app.close());
  return {
    app,
    desk,
    get: (url, headers = {}) => app.inject({ method: 'GET', url, headers }),
    post: (url, body = {}, headers = {}) =>
      app.inject({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/json', ...headers },
        payload: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
      }),
  };
}

/** The problem that was answered, after making sure that it is one and gives nothing away. */
export function problemIn(response: LightMyRequestResponse, status: number) {
  expect(response.body).not.toMatch(/node_modules|\.ts:|\.js:|\bat \w+ \(/);
  expect(response.headers['content-type']).toBe('application/problem+json');
  const problem = response.json<{
    type: string;
    title: string;
    status: number;
    detail?: string;
    instance?: string;
    errors?: { path: string; message: string }[];
  }>();
  expect([response.statusCode, problem.status]).toEqual([status, status]);
  expect(problem.type).toMatch(/^urn:courtyard:(?:problem|fault):[a-z-]+$/);
  expect(problem.title).not.toBe('');
  return problem;
}
