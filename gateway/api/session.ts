// Who asks, and whether a person in that role may ask at all. Deny by default: a route that does not
// say its roles cannot be registered. What a role may do to one ticket or alarm is the desk's to say.
//
//   cookie, bearer ─▶ desk.whoIs ─▶ actor ─▶ role among the route's? ──▶ on to the endpoint
//                                                └─ nobody: 401 · another: 403, with the reason
import cookies from '@fastify/cookie';
import type { FastifyInstance } from 'fastify';
import type { ROLES } from '../domain/ticket.ts';
import { shownBy } from './cookie.ts';
import type { AccountsDesk, Actor } from './desk.ts';
import { problem, Refused } from './problem.ts';

/** `nobody`: whoever has not come in. A route for them is open to the world. */
export type DoorRole = (typeof ROLES)[number] | 'nobody';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may ask; required of every route, see `keepDoor`. */
    roles?: readonly DoorRole[];
  }
  interface FastifyRequest {
    actor: Actor;
  }
}

export interface Door {
  readonly desk: Pick<AccountsDesk, 'whoIs'>;
  /** Whether the world reaches us by https: then the cookie goes over nothing else. */
  readonly secureCookies: boolean;
}

export async function keepDoor(app: FastifyInstance, door: Door): Promise<void> {
  app.addHook('onRoute', (route) => {
    if (!route.config?.roles?.length) {
      throw new Error(`${String(route.method)} ${route.url} does not say which roles may ask`);
    }
  });
  await app.register(cookies);
  app.decorate('secureCookies', door.secureCookies);
  app.decorateRequest('actor');
  app.addHook('onRequest', async (request) => {
    request.actor = door.desk.whoIs(shownBy(request));
    const { role } = request.actor;
    const roles: readonly string[] | undefined = request.routeOptions.config.roles;
    if (request.is404 || roles?.includes(role)) return;
    throw new Refused(
      role === 'nobody'
        ? problem(401, 'Sign in first, or show a key.')
        : problem(403, `This is not for the role ${role}.`, { roles: [...(roles ?? [])] }),
    );
  });
}
