// The one cookie: an opaque token that no script can read and no other site can send along.
// `__Host-` is not in its name because on a compound's own network the gateway speaks plain http.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from './caller.ts';
import type { Entered, Shown } from './desk.ts';

const NAME = 'courtyard_session';
/** The server ends a session sooner; browsers keep none longer than 400 days. */
const KEPT_S = { session: 90 * 86_400, display: 400 * 86_400 };

declare module 'fastify' {
  interface FastifyInstance {
    /** Whether the world reaches us by https. */
    secureCookies: boolean;
  }
}

/** RFC 6750, 2.1; the scheme's name in any case. */
const BEARER = /^bearer +([!-~]+) *$/i;

export function shownBy(request: FastifyRequest): Shown {
  const { authorization, 'user-agent': agent } = request.headers;
  const token = BEARER.exec(authorization ?? '')?.[1] ?? request.cookies[NAME];
  return {
    ...callerOf(request),
    ...(token !== undefined && token !== '' && { token }),
    ...(agent !== undefined && { agent }),
  };
}

export function giveCookie(reply: FastifyReply, { token, session }: Entered): void {
  const maxAge = session.state === 'display' ? KEPT_S.display : KEPT_S.session;
  void reply.setCookie(NAME, token, { ...HOW, secure: isSecure(reply), maxAge });
}

export function takeCookie(reply: FastifyReply): void {
  void reply.clearCookie(NAME, { ...HOW, secure: isSecure(reply) });
}

/** Also where the address of the world is not written down, and a trusted proxy says https. */
const isSecure = ({ server, request }: FastifyReply): boolean =>
  server.secureCookies || request.protocol === 'https';

const HOW = { path: '/', httpOnly: true, sameSite: 'strict' } as const;
