// Rounds: begun, walked place by place, ended. Who judges the compound sees all of them; who only walks
// sees their own. Each step takes an Idempotency-Key, so that a phone may send it until it hears.
import { Type } from 'typebox';
import { VERDICTS } from '../domain/round.ts';
import { attemptOf, CommandHeaders } from './command-headers.ts';
import type { Actor, Desk, RoundVerb } from './desk.ts';
import { ById, endpoint, type Endpoint } from './endpoint.ts';
import { granted, problem, Refused } from './problem.ts';
import { RoundHeadView, RoundView, Text, words } from './schemas.ts';

const strict = { additionalProperties: false };
const Id = Type.String({ minLength: 1, maxLength: 100 });
const Note = Type.Optional(Text);

const RoundsWanted = Type.Object(
  {
    state: Type.Optional(words(['under-way', 'over'], 'Both where left out')),
    patrol: Type.Optional(Id),
    of: Type.Optional(words(['me', 'all'], 'me: only those of whoever asks')),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 500, description: '100 if left out' }),
    ),
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
  },
  strict,
);

/** Who walks and does not judge. */
const SEES_OWN = ['cleaner', 'steward'];
const seesOwn = ({ role }: Actor): boolean => SEES_OWN.includes(role);

export const listRounds = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'listRounds',
      summary: 'Rounds, those under way first, then the newest',
      querystring: RoundsWanted,
      response: { 200: Type.Array(RoundHeadView) },
    },
    ({ query: { of, ...query }, actor }) =>
      desk.rounds({ ...query, ...((of === 'me' || seesOwn(actor)) && { walkedBy: actor.by }) }),
  );

export const readRound = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'readRound',
      summary: 'One round with its route and every answer',
      params: ById,
      response: { 200: RoundView },
      refusals: [404],
    },
    async ({ params, actor }) => {
      const round = granted(await desk.round(params.id));
      if (seesOwn(actor) && round.by !== actor.by)
        throw new Refused(problem(404, `there is no round ${params.id}`));
      return round;
    },
  );

export const startRound = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'startRound',
      summary: 'Begin a round; nobody walks two at once',
      headers: CommandHeaders,
      body: Type.Object({ patrol: Id }, { ...strict, $id: 'StartRound' }),
      response: { 201: RoundView },
      refusals: [404, 409, 422],
    },
    async ({ body, actor, headers }, reply) => {
      const { key } = attemptOf(headers);
      const attempt = key === undefined ? {} : { key };
      const round = granted(await desk.startRound({ body, actor, ...attempt }));
      void reply.code(201).header('location', `/api/v1/rounds/${encodeURIComponent(round.id)}`);
      return round;
    },
  );

const STEPS = {
  'check-in': {
    summary: 'Come to a place: with the code on its label, or by hand, which is marked so',
    body: Type.Object(
      {
        place: Id,
        by: Type.Optional(words(['qr', 'hand'], 'qr: its label was read; hand where left out')),
      },
      { ...strict, $id: 'CheckIn' },
    ),
  },
  look: {
    summary: 'Answer a question; bad opens a ticket, or joins the one that is there',
    body: Type.Object(
      {
        place: Id,
        item: Type.Integer({
          minimum: 0,
          maximum: 999,
          description: 'The question’s place, from 0',
        }),
        verdict: words(VERDICTS, 'ok or bad; bad is never taken back'),
        note: Note,
      },
      { ...strict, $id: 'LookOnRound' },
    ),
  },
  finish: {
    summary: 'End a round that was walked',
    body: Type.Object({ note: Note }, { ...strict, $id: 'FinishRound' }),
  },
  abandon: {
    summary: 'End a round that was not; a manager may end anybody’s',
    body: Type.Object({ note: Note }, { ...strict, $id: 'AbandonRound' }),
  },
} as const;

export const actOnRound = (desk: Desk, action: RoundVerb): Endpoint => {
  const { summary, body } = STEPS[action];
  return endpoint(
    {
      operationId: `${action.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())}Round`,
      summary,
      params: ById,
      headers: CommandHeaders,
      body,
      response: { 200: RoundView },
      refusals: [404, 409, 422],
    },
    async ({ params, body, actor, headers }) => {
      const { key } = attemptOf(headers);
      const attempt = key === undefined ? {} : { key };
      return granted(
        await desk.roundAction({ id: params.id, action, body: { ...body }, actor, ...attempt }),
      );
    },
  );
};
