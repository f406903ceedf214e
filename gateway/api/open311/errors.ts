// What Open311 GeoReport v2 calls an error: a list of codes with their descriptions, and one of three
// statuses for all that a caller did wrong. What went wrong with us keeps its own.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerProblem, Refused } from '../problem.ts';

/** Carries what is wrong to the one place that answers it; more than one thing may be. */
export class Mistaken extends Error {
  override readonly name = 'Mistaken';
  readonly status: number;
  readonly descriptions: readonly string[];
  readonly retryAfterS: number | undefined;

  constructor(status: number, descriptions: readonly string[], retryAfterS?: number) {
    super(descriptions.join('; '));
    this.status = status;
    this.descriptions = descriptions;
    this.retryAfterS = retryAfterS;
  }
}

/** Kept as they are: the standard has no word for them, and clients wait or give up by them. */
const KEPT = [403, 404, 406, 429, 500, 503];

const geoStatus = (status: number): number => (KEPT.includes(status) ? status : 400);

export function answerMistake(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { status, descriptions, retryAfterS } = mistakeIn(error);
  // Our own faults are logged and named where all are.
  if (status >= 500) return answerProblem(error, request, reply);
  const code = geoStatus(status);
  if (retryAfterS !== undefined) void reply.header('retry-after', retryAfterS);
  void reply
    .code(code)
    .type('application/json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(descriptions.map((description) => ({ code, description })));
}

function mistakeIn(error: unknown): {
  readonly status: number;
  readonly descriptions: readonly string[];
  readonly retryAfterS?: number | undefined;
} {
  if (error instanceof Mistaken) return error;
  if (error instanceof Refused) {
    const { status, detail, title } = error.problem;
    return { status, descriptions: [detail ?? title], retryAfterS: error.retryAfter };
  }
  const { statusCode = 500, message = '' } = error as { statusCode?: number; message?: string };
  return { status: statusCode, descriptions: [message.slice(0, 200)] };
}
