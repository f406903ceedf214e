// One quantity of one asset over time, in steps. The caller may name the span and the step;
// what he leaves out is the last 24 hours, and a step that the desk chooses to fit it.
// No answer holds more than MOST_POINTS points, however long the span.
import { Type } from 'typebox';
import { QUANTITIES, type Quantity } from '../domain/quantity.ts';
import { days, parseDuration } from '../domain/time.ts';
import type { Desk } from './desk.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { granted, problem, Refused } from './problem.ts';
import { SeriesView, words } from './schemas.ts';
import { mustSeeAsset } from './scope.ts';

export const MOST_POINTS = 5_000;
const ISO_8601 = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[ +-]\d\d:\d\d)$/i;
const EPOCH_MS = /^\d{1,15}$/;
const SECONDS = /^\d{1,9}(?:\.\d{1,3})?$/;

const Moment = Type.Optional(
  Type.String({ description: 'ISO 8601 with its zone, or epoch milliseconds', maxLength: 40 }),
);
const quantities = Object.keys(QUANTITIES) as Quantity[];

export const readSeries = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'readSeries',
      summary: 'One quantity of one asset over time',
      params: Type.Object({
        asset: Type.String({ minLength: 1, maxLength: 100 }),
        quantity: words(quantities, 'Also fixes the unit'),
      }),
      querystring: Type.Object(
        {
          from: Moment,
          to: Moment,
          step: Type.Optional(Type.String({ description: '`5m`, or seconds', maxLength: 20 })),
        },
        { additionalProperties: false },
      ),
      response: { 200: SeriesView },
      refusals: [404, 422],
    },
    async (request) => {
      if (request.actor.role === 'display') mustSeeAsset(desk, request.actor, request.params.asset);
      const span = spanOf(request.query, Date.parse(desk.site().now));
      return granted(await desk.series({ ...request.params, ...span }));
    },
  );

interface Span {
  readonly from: number;
  readonly to: number;
  readonly stepS?: number;
}
type Asked = Partial<Record<'from' | 'to' | 'step', string>>;

function spanOf(asked: Asked, now: number): Span {
  const to = momentOf('to', asked.to) ?? now;
  const from = momentOf('from', asked.from) ?? to - days(1);
  if (from >= to) throw refused('from must lie before to.');
  const stepS = stepOf(asked.step);
  if (stepS === undefined) return { from, to };
  const points = Math.ceil((to - from) / 1000 / stepS);
  if (points <= MOST_POINTS) return { from, to, stepS };
  const least = Math.ceil((to - from) / 1000 / MOST_POINTS);
  throw refused(
    `That is ${points} points and one answer holds ${MOST_POINTS}: ask for a step of ${least} s or more.`,
  );
}

function momentOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (EPOCH_MS.test(text)) return Number(text);
  // A plus sign in an address stands for a space unless it is escaped, which people forget.
  const moment = ISO_8601.test(text) ? Date.parse(text.replace(' ', '+')) : Number.NaN;
  if (!Number.isNaN(moment)) return moment;
  throw unreadable(
    name,
    'ISO 8601 with its zone (2026-11-20T18:00:00+08:00) or epoch milliseconds',
  );
}

function stepOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const stepS = SECONDS.test(text) ? Number(text) : (parseDuration(text) ?? 0) / 1000;
  if (stepS > 0) return stepS;
  throw unreadable('step', 'a span (`30s`, `5m`, `2h`) or seconds, more than 0');
}

const refused = (why: string): Refused => new Refused(problem(422, why));

function unreadable(name: string, expected: string): Refused {
  const error = { path: `query.${name}`, message: `must be ${expected}` };
  return new Refused(problem(400, `${error.path} ${error.message}.`, { errors: [error] }));
}
