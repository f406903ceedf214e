// Every refusal over HTTP, in one shape (RFC 9457), with one word per status that scripts may rely on.
// What the caller did wrong is told in full. What went wrong with us is told by an instance id and
// logged here, once, where it stops travelling: no stack and no internal message leaves the house.
import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { Fault } from '../domain/fault.ts';
import type { Answer } from './desk.ts';
import type { Problem } from './schemas.ts';

/** Each status that is ever refused with: the word that ends the problem's type, and its title. */
export const PROBLEMS = {
  400: ['invalid-request', 'The request does not fit'],
  401: ['unknown-caller', 'Who asks?'],
  403: ['forbidden', 'Not allowed'],
  404: ['not-found', 'Nothing is here'],
  405: ['method-not-allowed', 'This address does not take that method'],
  408: ['too-slow', 'The request took too long to arrive'],
  409: ['conflict', 'Somebody was first'],
  413: ['too-large', 'The request is too large'],
  415: ['not-json', 'Only JSON is taken here'],
  421: ['misdirected', 'This gateway does not go by that name'],
  422: ['refused', 'Understood, but it cannot be done'],
  429: ['too-many', 'Too many attempts'],
  431: ['headers-too-large', 'The address or the headers are too long'],
  500: ['internal', 'Something went wrong in the gateway'],
  503: ['unavailable', 'The gateway cannot do this now'],
} as const;
export type ProblemStatus = keyof typeof PROBLEMS;

/** Fastify's words repeat the caller's own, of which there may be a megabyte. */
const LONGEST_WORDS = 200;

/** Carries a problem from wherever it is noticed to the one place that answers it. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly problem: Problem;
  /** Seconds. */
  readonly retryAfter: number | undefined;

  constructor(problem: Problem, retryAfter?: number) {
    super(problem.detail ?? problem.title);
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

export function problem(
  status: ProblemStatus,
  detail: string,
  more: Partial<Problem> = {},
): Problem {
  const [word, title] = PROBLEMS[status];
  return { type: `urn:courtyard:problem:${word}`, title, status, detail, ...more };
}

/** What the desk granted; what it refused travels on as a problem. */
export function granted<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value;
  const { status, title, detail, errors, retryAfterS } = answer;
  const told = problem(status, detail, { title, ...(errors && { errors: [...errors] }) });
  throw new Refused(told, retryAfterS);
}

/** Fastify's error handler: from anything thrown to the problem that is told. */
export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const told = problemOf(error);
  if (error instanceof Refused && error.retryAfter !== undefined)
    void reply.header('retry-after', error.retryAfter);
  if (told.status >= 500) request.log.error({ err: error, instance: told.instance }, told.title);
  sendProblem(reply, told);
}

/** Seconds; a disk that is full or a store that restarts is not well any sooner. */
const RETRY_AFTER = 5;

export function sendProblem(reply: FastifyReply, told: Problem): void {
  if (told.status === 401) void reply.header('www-authenticate', 'Bearer');
  if (told.status === 503) void reply.header('retry-after', RETRY_AFTER);
  void reply
    .code(told.status)
    .header('content-type', 'application/problem+json')
    .serializer(JSON.stringify)
    .send(told);
}

function problemOf(error: unknown): Problem {
  if (error instanceof Refused) return error.problem;
  if (error instanceof Fault) return faultProblem(error);
  const status = statusOf(error);
  // Fastify and its plugins word what the caller did wrong fit to be read by the caller.
  if (status < 500) return problem(status, (error as FastifyError).message.slice(0, LONGEST_WORDS));
  return problem(500, 'The log of the gateway says more under this instance.', named());
}

/** A fault's code and hint are public words (fault.ts); its message may name paths and is not. */
function faultProblem(fault: Fault): Problem {
  const type = `urn:courtyard:fault:${fault.code}`;
  return problem(fault.retry === 'later' ? 503 : 500, fault.hint, { type, ...named() });
}

const named = (): { instance: string } => ({ instance: `urn:uuid:${randomUUID()}` });

function statusOf(error: unknown): ProblemStatus {
  const status = Number((error as Partial<FastifyError> | undefined)?.statusCode);
  if (status in PROBLEMS) return status as ProblemStatus;
  return status >= 400 && status < 500 ? 400 : 500;
}

/** What Node could not even read as a request is answered on the bare socket. */
export function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (socket.destroyed || !socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const told = unreadable(error.code);
  const body = JSON.stringify(told);
  socket.end(
    `HTTP/1.1 ${told.status} ${told.title}\r\nconnection: close\r\n` +
      `content-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

function unreadable(code: string | undefined): Problem {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return problem(431, 'Address and headers together may hold 16 kB.');
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return problem(408, 'A request must arrive whole within ten seconds.');
  }
  return problem(400, 'This is not HTTP.');
}
