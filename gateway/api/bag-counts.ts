// Bags found dumped, counted by a person: of one person, place and day the last count is what holds.
import { Type } from 'typebox';
import { MOST_BAGS } from '../domain/bag-count.ts';
import { attemptOf, CommandHeaders } from './command-headers.ts';
import type { Desk } from './desk.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { granted } from './problem.ts';
import { BagCountsView, BagCountView, Text } from './schemas.ts';

const Id = Type.String({ minLength: 1, maxLength: 100 });
const Day = (which: string) =>
  Type.Optional(Type.String({ maxLength: 10, description: `${which} day: 2026-11-22` }));

export const listBagCounts = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'listBagCounts',
      summary: 'Bags found dumped, by day and place, with sums; the last fortnight if left out',
      querystring: Type.Object(
        { from: Day('First'), to: Day('Last'), place: Type.Optional(Id) },
        { additionalProperties: false },
      ),
      response: { 200: BagCountsView },
      refusals: [422],
    },
    async ({ query }) => granted(await desk.bagCounts(query)),
  );

export const countBags = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'countBags',
      summary: 'Say how many bags lie there; a later count of the same day takes its place',
      headers: CommandHeaders,
      body: Type.Object(
        {
          place: Id,
          bags: Type.Integer({ minimum: 0, maximum: MOST_BAGS }),
          note: Type.Optional(Text),
        },
        { $id: 'CountBags', additionalProperties: false },
      ),
      response: { 201: BagCountView },
      refusals: [409, 422],
    },
    async ({ body, actor, headers }, reply) => {
      const { key } = attemptOf(headers);
      void reply.code(201);
      return granted(
        await desk.countBags({ body: { ...body }, actor, ...(key !== undefined && { key }) }),
      );
    },
  );
