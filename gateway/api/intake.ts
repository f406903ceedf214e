// The loss ledger: what was heard, what was kept, what was not and why, per source and per device.
import { Type } from 'typebox';
import type { Desk } from './desk.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { DeadLetterView, IntakeView, RejectionView } from './schemas.ts';

const DEFAULT_LIMIT = 100;
const Limit = Type.Object(
  {
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1000, description: `${DEFAULT_LIMIT} where left out` }),
    ),
  },
  { additionalProperties: false },
);

export const readIntake = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'readIntake',
      summary: 'What each source and device said, and what became of it',
      response: { 200: IntakeView },
    },
    async () => desk.intake(),
  );

export const listRejections = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'listRejections',
      summary: 'The latest things heard and not taken, with the reason and the bytes',
      querystring: Limit,
      response: { 200: Type.Array(RejectionView) },
    },
    async (request) => desk.rejections(request.query.limit ?? DEFAULT_LIMIT),
  );

export const listDeadLetters = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'listDeadLetters',
      summary: 'Records that a target refused for good, with its words',
      querystring: Limit,
      response: { 200: Type.Array(DeadLetterView) },
    },
    async (request) => desk.deadLetters(request.query.limit ?? DEFAULT_LIMIT),
  );
