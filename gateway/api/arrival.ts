// How long a request may take to arrive whole. What people send in a moment has ten seconds; a form with
// photos comes over whatever network there is beside the bins, and may take minutes. Node knows one limit
// for all, which is the longer one; the shorter is kept here. Whoever sends nothing at all for a while is
// cut off by the connection's own timeout in either case.
import type { FastifyInstance } from 'fastify';
import { answerUnreadable } from './problem.ts';

export const FORM_ARRIVES_MS = 180_000;
const ARRIVES_MS = 10_000;

export function boundArrival(app: FastifyInstance, withinMs = ARRIVES_MS): void {
  const timers = new Set<NodeJS.Timeout>();
  app.addHook('onRequest', async ({ raw, routeOptions }) => {
    if (routeOptions.config.takes === 'form' || !hasBody(raw.headers)) return;
    const timer = setTimeout(() => answerUnreadable(TOO_SLOW, raw.socket), withinMs);
    timers.add(timer);
    raw.once('close', () => {
      clearTimeout(timer);
      timers.delete(timer);
    });
  });
  app.addHook('onClose', async () => timers.forEach((timer) => clearTimeout(timer)));
}

const TOO_SLOW = Object.assign(new Error('too slow'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });

const hasBody = (headers: Readonly<Record<string, unknown>>): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
