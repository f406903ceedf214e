// The loss ledger: what was heard, what was kept, what was not and why, per source and per device.
import { Type } from 'typebox';
import { LOSS_REASONS } from '../domain/loss.ts';
import type { Desk } from './desk.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { granted } from './problem.ts';
import { DeadLetterView, IntakeView, LossesView, RejectionView, words } from './schemas.ts';

const DEFAULT_LIMIT = 100;
const Limit = Type.Object(
  {
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1000, description: `${DEFAULT_LIMIT} where left out` }),
    ),
  },
  { additionalProperties: false },
);

const Day = (which: string) =>
  Type.Optional(Type.String({ maxLength: 40, description: `${which}: a date of the site’s` }));

const Days = Type.Object(
  { day: Day('One day; today where left out'), from: Day('First day'), to: Day('Last day') },
  { additionalProperties: false },
);

const Edge = (which: string) =>
  Type.Optional(
    Type.String({ maxLength: 40, description: `${which}: a date, or an instant with its zone` }),
  );
const Id = Type.Optional(
  Type.String({ minLength: 1, maxLength: 100, description: 'Only this one' }),
);

const Losses = Type.Object(
  {
    from: Edge('First'),
    to: Edge('Last'),
    source: Id,
    device: Id,
    reason: Type.Optional(words(LOSS_REASONS, 'Only this one')),
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
    ...Limit.properties,
  },
  { additionalProperties: false },
);

export const readIntake = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'readIntake',
      summary:
        'What each source and device said, and what became of it, since the start and by day',
      querystring: Days,
      response: { 200: IntakeView },
      refusals: [422],
    },
    async (request) => ({
      ...desk.intake(),
      days: granted(await desk.intakeDays(request.query)),
    }),
  );

export const listLosses = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'listLosses',
      summary: 'Every loss: from when to when, how many, why',
      querystring: Losses,
      response: { 200: LossesView },
      refusals: [422],
    },
    async (request) => granted(await desk.losses(request.query)),
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
