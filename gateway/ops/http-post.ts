// One POST to somewhere else, and the beginning of its answer. Whatever the far side does (nothing,
// a byte a second, a reset, a megabyte of HTML), it ends within the time limit. Redirects are not
// followed: they would carry what we send, passwords too, to wherever they point.
// Node's own client and not `fetch`: it costs half the processor time and takes a look-up of ours.
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { LookupFunction } from 'node:net';
import { type Duration, formatDuration, hours, milliseconds } from '../domain/time.ts';
import { certificateWords } from './clock-blame.ts';
import { http, https } from './node-http.ts';

export interface Posting {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** From now to the end of the answer. */
  readonly timeout: Duration;
}

export interface Posted {
  readonly status: number;
  /** In lower case; the last of several. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** No more than its beginning. */
  readonly body: string;
  /** What it asks to be left alone for; no more than an hour. */
  readonly retryAfter?: Duration;
}

export interface HttpPost {
  /** Rejects with why there is no answer, in words. */
  post(posting: Posting): Promise<Posted>;
  /** Cuts short what is under way and lets the connections go. */
  close(): void;
}

export interface HttpPostSettings {
  /** Requests under way at once, to each place; more wait. */
  readonly connections: number;
  readonly lookup: LookupFunction;
}

/** More of an answer than this is nobody's error text. */
const MOST_BODY_BYTES = 4096;

export function createHttpPost({ connections, lookup }: HttpPostSettings): HttpPost {
  const pool = { keepAlive: true, maxSockets: connections, maxFreeSockets: connections, lookup };
  const agents = { 'http:': new http.Agent(pool), 'https:': new https.Agent(pool) };
  const closing = new AbortController();

  async function once(posting: Posting): Promise<Posted> {
    const secure = posting.url.protocol === 'https:';
    const request = (secure ? https : http).request(posting.url, {
      method: 'POST',
      agent: agents[secure ? 'https:' : 'http:'],
      headers: posting.headers,
    });
    const cut = (why: string) => (): unknown => request.destroy(new Error(why));
    const stop = cut('closing');
    const timer = setTimeout(
      cut(`no answer within ${formatDuration(posting.timeout)}`),
      posting.timeout,
    );
    closing.signal.addEventListener('abort', stop);
    if (closing.signal.aborted) stop();
    try {
      return await answerTo(request, posting.body);
    } catch (error) {
      throw closing.signal.aborted ? new Error('closing', { cause: error }) : error;
    } finally {
      clearTimeout(timer);
      closing.signal.removeEventListener('abort', stop);
    }
  }

  return {
    async post(posting) {
      try {
        return await once(posting);
      } catch (error) {
        // A server may close a resting connection in the very moment in which we take it up again.
        if (error instanceof StaleConnection) return once(posting);
        throw error;
      }
    },
    close() {
      closing.abort();
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

class StaleConnection extends Error {
  override readonly name = 'StaleConnection';
}

function answerTo(request: ClientRequest, sent: Posting['body']): Promise<Posted> {
  return new Promise((resolve, reject) => {
    let hasBegun = false;
    const lose = (error: Error): void => reject(lost(error, request.reusedSocket && !hasBegun));
    request.on('error', lose);
    request.on('response', (response) => {
      hasBegun = true;
      response.on('error', lose);
      beginningOf(response).then(
        (body) => resolve(postedOf(response, body)),
        (error: unknown) => lose(error instanceof Error ? error : new Error(String(error))),
      );
    });
    request.end(sent);
  });
}

async function beginningOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop early ends the connection.
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= MOST_BODY_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MOST_BODY_BYTES).toString('utf8');
}

function postedOf({ statusCode = 0, headers: said }: IncomingMessage, body: string): Posted {
  const pairs = Object.entries(said).map(([name, value]) => [name, [value].flat().at(-1)]);
  const headers = Object.fromEntries(pairs) as Posted['headers'];
  const retryAfter = retryAfterIn(headers);
  return { status: statusCode, headers, body, ...(retryAfter !== undefined && { retryAfter }) };
}

const LONGEST_RETRY = hours(1);

/** Seconds, or a date: that one is measured against the server's own clock, not ours. */
function retryAfterIn({ date, 'retry-after': text }: Posted['headers']): Duration | undefined {
  if (text === undefined) return undefined;
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.parse(date ?? '');
  return Number.isFinite(wait)
    ? milliseconds(Math.min(Math.max(0, wait), LONGEST_RETRY))
    : undefined;
}

/** Several addresses that all refuse leave an error without words, but with a code. */
function lost(error: Error, isStale: boolean): Error {
  const code = 'code' in error ? String(error.code) : '';
  if (isStale && code === 'ECONNRESET') return new StaleConnection(error.message);
  if (error.message === '') return new Error(code, { cause: error });
  const words = certificateWords(code, error.message);
  return words === error.message ? error : new Error(words, { cause: error });
}
