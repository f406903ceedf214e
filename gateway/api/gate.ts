// What a browser could be tricked into sending is refused before anything reads it:
// another site's scripts and forms (Origin, Sec-Fetch-Site, a body that is not JSON where no form is
// asked for), and a foreign name that was made to point at this machine (DNS rebinding: the Host
// header gives it away).
// The content security policy lets the screens load from the gateway itself and from nowhere else.
import helmet from '@fastify/helmet';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { problem, Refused } from './problem.ts';

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];
const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS', 'TRACE'];
const JSON_TYPE = /^application\/json\s*(?:;|$)/i;
const FORM_TYPE = /^multipart\/form-data\s*;/i;
const FIELDS_TYPE = /^application\/x-www-form-urlencoded\s*(?:;|$)/i;

/** @param names further host names that this gateway answers to, as behind a reverse proxy */
export async function keepGate(app: FastifyInstance, names: readonly string[]): Promise<void> {
  // Before it listens anywhere, and on loopback, only loopback's own names can be honest.
  let known: readonly string[] | undefined = [...LOOPBACK_NAMES, ...names];
  app.addHook('onListen', async () => {
    const open = app.addresses().some((at) => typeof at === 'object' && !isLoopback(at.address));
    if (open) known = undefined;
  });
  await app.register(helmet, HEADERS);
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('cache-control', 'no-store');
    if (known && !known.includes(nameOf(request.headers.host))) throw misdirected(known);
    refuseForeign(request, names);
  });
}

function refuseForeign(request: FastifyRequest, names: readonly string[]): void {
  const { origin, host, 'sec-fetch-site': site, 'content-type': type } = request.headers;
  const unsafe = !SAFE_METHODS.includes(request.method);
  if (origin !== undefined && !isOurs(origin, host) && !names.includes(nameIn(origin))) {
    throw new Refused(problem(403, 'Requests that another site’s page makes are not taken.'));
  }
  if (unsafe && site === 'cross-site') {
    throw new Refused(problem(403, 'Changes that another site’s page asks for are not made.'));
  }
  if (!unsafe || request.is404) return;
  const { takes } = request.routeOptions.config;
  if (takes === 'form') refuseForeignForm(request);
  // Who may send them is said by a key among the fields, and by no cookie.
  else if (takes === 'fields') refuseOtherFields(type);
  else if (!JSON_TYPE.test(type ?? ''))
    throw new Refused(problem(415, 'Send content-type: application/json.'));
}

function refuseOtherFields(type: string | undefined): void {
  if (!FIELDS_TYPE.test(type ?? ''))
    throw new Refused(problem(415, 'Send content-type: application/x-www-form-urlencoded.'));
}

/** A form is what any page may send without being asked first: one with a cookie says where from. */
function refuseForeignForm({ headers }: FastifyRequest): void {
  if (!FORM_TYPE.test(headers['content-type'] ?? ''))
    throw new Refused(problem(415, 'Send content-type: multipart/form-data.'));
  if (headers.cookie !== undefined && headers.origin === undefined)
    throw new Refused(problem(403, 'A browser’s form is taken with its Origin only.'));
}

const misdirected = (known: readonly string[]): Refused =>
  new Refused(problem(421, `On this machine the gateway goes by ${known.join(', ')}.`));

/** `localhost:8080` → `localhost`; the brackets of an IPv6 address stay. */
const nameOf = (host: string | undefined): string =>
  (host ?? '').toLowerCase().replace(/:\d{1,5}$/, '');

const isOurs = (origin: string, host: string | undefined): boolean =>
  URL.canParse(origin) && new URL(origin).host === host?.toLowerCase();

/** A proxy's name stands for it on any port. */
const nameIn = (origin: string): string => (URL.canParse(origin) ? new URL(origin).hostname : '');

const isLoopback = (address: string): boolean =>
  address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');

/** No HSTS and no upgrade to https: on a compound's own network the gateway speaks plain http. */
const HEADERS = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      styleSrc: ["'self'"],
      scriptSrc: ["'self'"],
      connectSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  strictTransportSecurity: false,
  // Browsers ignore both over plain http, and complain about it on every page.
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
  xFrameOptions: { action: 'deny' },
} as const;
