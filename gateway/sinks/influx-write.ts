// One POST to /write and its answer as a verdict. Ends within the time-out and throws nothing,
// whatever the far side does: what has no answer is kept.
import type { Duration } from '../domain/time.ts';
import { judge } from './influx-answer.ts';
import type { Answer, Verdict } from './influx-answer.ts';

export interface InfluxPlace {
  /** http or https; a path before /write is kept. */
  readonly url: string;
  readonly database: string;
  readonly username?: string;
  readonly password?: string;
  /** No call lasts longer. */
  readonly timeout: Duration;
}

/** The way out, as the app gives it: follows no redirect, and rejects with words in time. */
export interface InfluxPost {
  post(posting: {
    readonly url: URL;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | Uint8Array;
    readonly timeout: Duration;
  }): Promise<Answer>;
  /** Cuts short what is under way. */
  close(): void;
}

export type Write = (lines: string | Uint8Array) => Promise<Verdict>;

export function createWrite(place: InfluxPlace, way: InfluxPost): Write {
  const url = writeUrl(place);
  const headers = { 'content-type': 'text/plain; charset=utf-8', ...authorization(place) };
  return async (body) => {
    try {
      return judge(await way.post({ url, headers, body, timeout: place.timeout }));
    } catch (error) {
      return { kind: 'keep', why: error instanceof Error ? error.message : String(error) };
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
