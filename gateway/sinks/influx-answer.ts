// What InfluxDB, or whatever stands in its place, means by an answer to a write. Pure.
// Nothing is given up for what an operator can put right: a revoked token, a missing database, a
// full disk or a proxy's page all keep the batch. Only words about the points themselves refuse one.
import type { Duration } from '../domain/time.ts';
import { seconds } from '../domain/time.ts';

export interface Answer {
  readonly status: number;
  /** In lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The beginning of it. */
  readonly body: string;
  /** What it asks to be left alone for. */
  readonly retryAfter?: Duration;
}

export type Verdict =
  | { readonly kind: 'accepted' }
  /** Some of these points are bad. `unclear`: perhaps, or the request as a whole is. */
  | { readonly kind: 'refused'; readonly of: 'points' | 'unclear'; readonly words: string }
  | { readonly kind: 'too-large'; readonly words: string }
  | { readonly kind: 'no-database'; readonly words: string }
  | { readonly kind: 'keep'; readonly why: string; readonly after?: Duration };

/** InfluxDB 1.x, 2.x and 3.x and VictoriaMetrics say one of these when a point is at fault. */
const POINTS_AT_FAULT = /partial write|pars(?:e|ing)|conflict|max-values-per-tag|retention/i;
/** What needs a person is asked again no more often than this. */
const SLOWLY = seconds(30);
const MOST_WORDS = 300;

export function judge(answer: Answer): Verdict {
  const { status, body } = answer;
  const words = wordsOf(answer);
  const why = `${status}${words === '' ? '' : `: ${words}`}`;
  if (status === 204) return { kind: 'accepted' };
  if (status < 300 && body.trim() === '') return { kind: 'accepted' };
  if (status < 300) return { kind: 'keep', why: `not InfluxDB? ${why}`, after: SLOWLY };
  if (status === 413) return { kind: 'too-large', words: why };
  if ((status === 400 || status === 422) && !isPage(answer)) {
    return { kind: 'refused', of: POINTS_AT_FAULT.test(words) ? 'points' : 'unclear', words };
  }
  if (status === 404 && /database not found/i.test(words)) return { kind: 'no-database', words };
  if (status === 429 || status === 503) return keep(why, answer.retryAfter);
  return keep(why, status < 500 ? SLOWLY : undefined);
}

const keep = (why: string, after: Duration | undefined): Verdict =>
  after === undefined ? { kind: 'keep', why } : { kind: 'keep', why, after };

/** A page is a proxy or another server speaking: it says nothing of our points. */
const isPage = ({ headers, body }: Answer): boolean =>
  /html/i.test(headers['content-type'] ?? '') || /^\s*</.test(body);

function wordsOf(answer: Answer): string {
  if (isPage(answer)) return 'an HTML page';
  const location = answer.headers['location'];
  const said = location === undefined ? saidIn(answer.body) : `sent on to ${location}`;
  return said.replaceAll(/\s+/g, ' ').trim().slice(0, MOST_WORDS);
}

/** `{"error": …}` in 1.x and 3.x, `{"message": …}` in 2.x, plain text elsewhere. */
function saidIn(body: string): string {
  return (
    /"(?:error|message)"\s*:\s*"((?:[^"\\]|\\.)*)/.exec(body)?.[1]?.replaceAll('\\"', '"') ?? body
  );
}
