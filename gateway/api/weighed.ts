// What was thrown in and what was taken away, event by event: what every figure of the ledger is made of.
import { Type } from 'typebox';
import { STREAMS } from '../domain/asset.ts';
import type { Desk, WeighedQuery } from './desk.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { granted } from './problem.ts';
import { WeighedView } from './schemas-weighed.ts';
import { words } from './schema-words.ts';

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'A day of the site' });
const Name = Type.String({ minLength: 1, maxLength: 100 });

const Wanted = Type.Object(
  {
    from: Type.Optional(Day),
    to: Type.Optional(Day),
    station: Type.Optional(Name),
    asset: Type.Optional(Name),
    stream: Type.Optional(words(STREAMS, '品类')),
    all: Type.Optional(Type.Boolean({ description: 'Also what was taken back' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000_000 })),
  },
  { additionalProperties: false },
);

const SUMMARIES: Record<WeighedQuery['kind'], string> = {
  deposit: 'What was thrown in, newest first',
  collection: 'When bins were emptied and of how much, newest first',
};

export const listWeighed = (desk: Desk, kind: WeighedQuery['kind']): Endpoint =>
  endpoint(
    {
      operationId: kind === 'deposit' ? 'listDeposits' : 'listCollections',
      summary: SUMMARIES[kind],
      querystring: Wanted,
      response: { 200: Type.Array(WeighedView) },
      refusals: [404, 422],
    },
    async ({ query }) => granted(await desk.weighed({ kind, ...query })),
  );
