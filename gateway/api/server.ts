// The gateway's HTTP face, put together: limits, gate, door, schemas, routes, problems. It knows the
// desk and nothing behind it. It is not listening yet: the app does that, and tests need not.
// Every request passes, in this order: gate (may a browser send this?) → door (may this role ask?)
// → body → schema → the few lines of its endpoint.
import { randomBytes } from 'node:crypto';
import staticFiles from '@fastify/static';
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyServerOptions,
} from 'fastify';
import { instant } from '../domain/time.ts';
import { boundArrival, FORM_ARRIVES_MS } from './arrival.ts';
import { BODY_LIMIT, readFields, readOnlyJson } from './body.ts';
import type { Desk } from './desk.ts';
import { forFastify, operationsFor, type Route } from './endpoint.ts';
import { keepGate } from './gate.ts';
import { followLive } from './live.ts';
import type { MetricsPage } from './metrics.ts';
import { answerUnknown } from './not-found.ts';
import { open311 } from './open311/index.ts';
import { describeApi } from './openapi.ts';
import { readForms } from './photos.ts';
import { createReportDoor, type ReportDoor } from './report-door.ts';
import { residentPages } from './resident/index.ts';
import { answerProblem, answerUnreadable } from './problem.ts';
import { routes } from './routes.ts';
import { screens } from './screens.ts';
import { keepDoor } from './session.ts';
import { validatorCompiler } from './validation.ts';

export interface ServerOptions {
  readonly desk: Desk;
  readonly logger: FastifyBaseLogger | false;
  readonly version: string;
  /** What Vite built; without it the pages say how to build it. */
  readonly screensDir?: string;
  /** What Prometheus reads at /metrics. */
  readonly metrics?: MetricsPage;
  /** Host names besides loopback's that this gateway answers to, as behind a reverse proxy. */
  readonly hostNames?: readonly string[];
  /** Addresses and ranges of proxies whose word about their clients is taken; none where absent. */
  readonly trustedProxies?: readonly string[];
  /** Whether the world reaches it by https. */
  readonly secureCookies?: boolean;
  /** What residents come in by, whichever way; one of this run where absent. */
  readonly reportDoor?: ReportDoor;
}

export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const { desk, logger, version, trustedProxies = [] } = options;
  const app: FastifyInstance = fastify({
    ...LIMITS,
    ...(trustedProxies.length > 0 && { trustProxy: [...trustedProxies] }),
    ...(logger ? { loggerInstance: logger } : { logger: false }),
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setErrorHandler(answerProblem);
  readOnlyJson(app);
  readFields(app);
  await readForms(app);
  // What the build has packed goes out as it is.
  await app.register(staticFiles, { serve: false, preCompressed: true });
  boundArrival(app);
  await keepGate(app, options.hostNames ?? []);
  await keepDoor(app, { desk, secureCookies: options.secureCookies === true });
  const door = doorOf(options);
  const list: Route[] = routes({
    desk,
    version,
    may: (role) => operationsFor(list, role),
    document: await describeApi(app, version),
    live: followLive(app, desk),
    screens: screens(options.screensDir),
    metrics: options.metrics,
    residents: residentPages({ desk, door, screensDir: options.screensDir }),
    open311: open311({ desk, door }),
  });
  answerUnknown(app, list);
  for (const route of list) app.route(forFastify(route));
  return app;
}

const doorOf = ({ reportDoor }: ServerOptions): ReportDoor =>
  reportDoor ??
  createReportDoor({ clock: { now: () => instant(Date.now()) }, random: randomBytes });

/** Fastify's own timeouts are endless; ours keep a slow or silent caller from holding a socket. */
const LIMITS: FastifyServerOptions & { http: object } = {
  bodyLimit: BODY_LIMIT,
  requestTimeout: FORM_ARRIVES_MS,
  connectionTimeout: 15_000,
  keepAliveTimeout: 10_000,
  // A request without a Host is refused at our own gate, as a problem.
  http: { headersTimeout: 8_000, connectionsCheckingInterval: 2_000, requireHostHeader: false },
  routerOptions: { maxParamLength: 300 },
  // Per request there is a counter elsewhere; what fails is logged where it is answered.
  logController: new LogController({ disableRequestLogging: true }),
  frameworkErrors: answerProblem,
  clientErrorHandler: answerUnreadable,
  // A connection that is kept alive while the gateway stops still gets a whole answer, its last.
  return503OnClosing: false,
};
