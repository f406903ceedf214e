// An address that takes nothing, or takes something else: 404, or 405 with what it does take.
import type { FastifyInstance } from 'fastify';
import type { Route } from './endpoint.ts';
import { problem, sendProblem } from './problem.ts';

export function answerUnknown(app: FastifyInstance, routes: readonly Route[]): void {
  const shapes = routes.map(({ method, url }) => ({ method, shape: shapeOf(url) }));
  app.setNotFoundHandler((request, reply) => {
    const [path = ''] = request.url.split('?', 1);
    const methods = shapes.filter(({ shape }) => shape.test(path)).map(({ method }) => method);
    if (methods.length === 0 || methods.includes(request.method as Route['method'])) {
      return sendProblem(reply, problem(404, 'No address of this gateway looks like that.'));
    }
    const allow = [...new Set(methods.flatMap((method) => ALLOWS[method]))].join(', ');
    void reply.header('allow', allow);
    return sendProblem(reply, problem(405, `Here goes ${allow}.`));
  });
}

const ALLOWS: Record<Route['method'], readonly string[]> = {
  GET: ['GET', 'HEAD'],
  POST: ['POST'],
  PUT: ['PUT'],
  DELETE: ['DELETE'],
};

/** `/api/v1/assets/:id` → what such an address looks like; the paths hold nothing else special. */
const shapeOf = (url: string): RegExp =>
  new RegExp(`^${url.replaceAll('.', '\\.').replaceAll('*', '.*').replace(/:\w+/g, '[^/]+')}$`);
