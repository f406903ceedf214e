// Coming in and going out. The token travels in the cookie alone, never in a body.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from './caller.ts';
import { giveCookie, shownBy, takeCookie } from './cookie.ts';
import type { Desk, Entered, Session } from './desk.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { granted, problem, Refused } from './problem.ts';
import { FirstPerson, SessionView, SignIn } from './schemas-accounts.ts';

/** The operations that a role may ask for at all. */
export type May = (role: string) => string[];

const viewOf = (session: Session, may: May): SessionView => ({
  ...session,
  may: may(session.role),
});

function enteredBy(reply: FastifyReply, entered: Entered, may: May): SessionView {
  giveCookie(reply, entered);
  return viewOf(entered.session, may);
}

export const readSession = (desk: Desk, may: May): Endpoint =>
  endpoint(
    {
      operationId: 'readSession',
      summary: 'Who am I, and what may I ask for?',
      response: { 200: SessionView },
    },
    async ({ actor }) => viewOf(desk.session(actor), may),
  );

export const signIn = (desk: Desk, may: May): Endpoint =>
  endpoint(
    {
      operationId: 'signIn',
      summary: 'Come in with name and password',
      description:
        'The answer carries the cookie `courtyard_session`. Each wrong guess doubles the wait before the next, by name and by address, up to 15 minutes.',
      body: SignIn,
      response: { 200: SessionView },
      refusals: [401, 429],
    },
    async (request, reply) => {
      const answer = await desk.signIn({ ...request.body, shown: shownBy(request) });
      return enteredBy(reply, granted(answer), may);
    },
  );

export const signOut = (desk: Desk, may: May): Endpoint =>
  endpoint(
    {
      operationId: 'signOut',
      summary: 'End this session, at once and for good',
      response: { 200: SessionView },
    },
    async (request, reply) => {
      await desk.signOut(request.actor);
      takeCookie(reply);
      return viewOf(desk.session(desk.whoIs(callerOf(request))), may);
    },
  );

export const makeFirstPerson = (desk: Desk, may: May): Endpoint =>
  endpoint(
    {
      operationId: 'makeFirstPerson',
      summary: 'Make the first administrator, from the gateway’s own machine',
      body: FirstPerson,
      response: { 201: SessionView },
      refusals: [409, 422],
    },
    async (request, reply) => {
      refuseForwarded(request);
      const answer = await desk.firstPerson({ ...request.body, shown: shownBy(request) });
      void reply.code(201);
      return enteredBy(reply, granted(answer), may);
    },
  );

/** Behind a proxy the whole world seems to be on this machine: it shall not be the first. */
function refuseForwarded(request: FastifyRequest): void {
  if (callerOf(request).relayed !== true) return;
  throw new Refused(
    problem(403, 'Not through a proxy: use this machine’s own address, or `courtyard user add`.'),
  );
}
