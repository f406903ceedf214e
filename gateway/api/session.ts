// Who asks, and whether a person in that role may ask at all. Deny by default: a route that does not
// say its roles cannot be registered. What a role may do to one ticket or alarm is the desk's to say.
import type { FastifyInstance } from 'fastify';
import type { ROLES } from '../domain/ticket.ts';
import type { Actor } from './desk.ts';
import { problem, Refused } from './problem.ts';

export type DoorRole = (typeof ROLES)[number];

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may ask; required of every route, see `keepDoor`. */
    roles?: readonly DoorRole[];
  }
  interface FastifyRequest {
    actor: Actor;
  }
}

/** Until accounts exist the gateway listens on loopback only, and whoever is there may work. */
const ON_THE_SPOT: Actor = { by: 'local', role: 'engineer' };

export function keepDoor(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (!route.config?.roles?.length) {
      throw new Error(`${String(route.method)} ${route.url} does not say which roles may ask`);
    }
  });
  app.decorateRequest('actor');
  app.addHook('onRequest', async (request) => {
    request.actor = ON_THE_SPOT;
    const roles: readonly string[] | undefined = request.routeOptions.config.roles;
    if (request.is404 || roles?.includes(request.actor.role)) return;
    throw new Refused(problem(403, `This is not for the role ${request.actor.role}.`));
  });
}
