// One POST to /write and its answer as a verdict. Whatever the far side does (nothing, a byte a
// second, a reset, a megabyte of HTML), the call ends within the time-out and throws nothing.
import type { Duration } from '../domain/time.ts';
import { formatDuration } from '../domain/time.ts';
import { judge } from './influx-answer.ts';
import type { Verdict } from './influx-answer.ts';

export interface InfluxPlace {
  /** http or https; a path before /write is kept. */
  readonly url: string;
  readonly database: string;
  readonly username?: string;
  readonly password?: string;
  /** No call lasts longer. */
  readonly timeout: Duration;
}

export type Write = (lines: string) => Promise<Verdict>;

interface Way {
  readonly fetch: typeof globalThis.fetch;
  /** Cuts short what is under way. */
  readonly closing: AbortSignal;
}

/** More of an answer than this is nobody's error text. */
const MOST_BODY_BYTES = 4096;

export function createWrite(place: InfluxPlace, way: Way): Write {
  const url = writeUrl(place);
  const headers = { 'content-type': 'text/plain; charset=utf-8', ...authorization(place) };
  return async (lines) => {
    const signal = AbortSignal.any([way.closing, AbortSignal.timeout(place.timeout)]);
    try {
      const response = await way.fetch(url, {
        method: 'POST',
        body: lines,
        headers,
        signal,
        // A redirect would carry the password to wherever it points.
        redirect: 'manual',
      });
      const body = await beginningOf(response);
      return judge({ status: response.status, headers: response.headers, body });
    } catch (error) {
      return { kind: 'keep', why: failureOf(error, place.timeout) };
    }
  };
}

function writeUrl(place: InfluxPlace): URL {
  const url = new URL('write', place.url.endsWith('/') ? place.url : `${place.url}/`);
  url.searchParams.set('db', place.database);
  url.searchParams.set('precision', 'ns');
  return url;
}

function authorization({ username, password }: InfluxPlace): Record<string, string> {
  if (username === undefined) return {};
  const pair = Buffer.from(`${username}:${password ?? ''}`).toString('base64');
  return { authorization: `Basic ${pair}` };
}

async function beginningOf(response: Response): Promise<string> {
  if (!response.body) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop early cancels the rest of the body.
  for await (const chunk of response.body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= MOST_BODY_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MOST_BODY_BYTES).toString('utf8');
}

/** Undici says `fetch failed` and hides what failed in the cause. */
export function failureOf(error: unknown, timeout: Duration): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${formatDuration(timeout)}`;
  if (error.name === 'AbortError') return 'closing';
  const cause = error.cause instanceof Error ? error.cause : error;
  return cause.message === '' && 'code' in cause ? String(cause.code) : cause.message;
}
