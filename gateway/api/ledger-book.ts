// What stands behind the ledger's figures: corrections that one person asks for and another approves,
// one day opened up, how the drop-off windows were used, and the bins in the order they fill.
import { Type } from 'typebox';
import { STREAMS } from '../domain/asset.ts';
import { CORRECTION_STATES } from '../domain/correction.ts';
import { BASES } from '../domain/ledger.ts';
import { attemptOf, CommandHeaders } from './command-headers.ts';
import type { Desk } from './desk.ts';
import { ById, endpoint, type Endpoint } from './endpoint.ts';
import { granted } from './problem.ts';
import { words } from './schema-words.ts';
import { CorrectionView, LedgerDayView, NextBinView, WindowDayView } from './schemas-ledger.ts';

const strict = { additionalProperties: false };
const Place = Type.String({ minLength: 1, maxLength: 100 });
const Reason = Type.String({ minLength: 1, maxLength: 500 });
const Edge = Type.Optional(
  Type.String({ maxLength: 40, description: 'A date, a month, or an instant with its zone' }),
);
const Day = Type.String({ pattern: String.raw`^\d{4}-\d\d-\d\d$`, description: '2026-11-22' });

export const listCorrections = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'listCorrections',
      summary: 'What people have put right in the ledger, or want to; newest first',
      querystring: Type.Object(
        {
          state: Type.Optional(words(CORRECTION_STATES, 'Only these')),
          station: Type.Optional(Place),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
          offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
        },
        strict,
      ),
      response: { 200: Type.Array(CorrectionView) },
    },
    ({ query }) => desk.corrections(query),
  );

const NewCorrection = Type.Object(
  {
    day: Day,
    stream: words(STREAMS, '品类'),
    station: Place,
    basis: words(BASES, 'Which of the day’s two figures'),
    kg: Type.Number({ description: 'Added to the measured figure; below 0 taken off it' }),
    reason: Reason,
  },
  { ...strict, $id: 'NewCorrection' },
);

export const askCorrection = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'askCorrection',
      summary: 'Ask for a figure to be put right; it counts once another person approves it',
      headers: CommandHeaders,
      body: NewCorrection,
      response: { 201: CorrectionView },
      refusals: [404, 409, 422],
    },
    async ({ body, actor, headers }, reply) => {
      const { key } = attemptOf(headers);
      const asked = { body: { ...body }, actor, ...(key !== undefined && { key }) };
      const value = granted(await desk.askCorrection(asked));
      void reply.status(201);
      return value;
    },
  );

export const decideCorrection = (desk: Desk, action: 'approve' | 'refuse'): Endpoint =>
  endpoint(
    {
      operationId: `${action}Correction`,
      summary:
        action === 'approve'
          ? 'Agree to a correction that somebody else asked for'
          : 'Refuse a correction that somebody else asked for',
      params: ById,
      headers: CommandHeaders,
      body: Type.Object(
        { note: Type.Optional(Reason) },
        { ...strict, $id: action === 'approve' ? 'ApproveCorrection' : 'RefuseCorrection' },
      ),
      response: { 200: CorrectionView },
      refusals: [404, 409, 422],
    },
    async ({ params, body, actor }) =>
      granted(await desk.decideCorrection({ id: params.id, action, body: { ...body }, actor })),
  );

export const readLedgerDay = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'readLedgerDay',
      summary: 'What one figure is made of: events, bins, corrections, what was left out',
      querystring: Type.Object(
        { day: Day, station: Place, stream: words(STREAMS, '品类') },
        strict,
      ),
      response: { 200: LedgerDayView },
      refusals: [404, 422],
    },
    async ({ query }) => granted(await desk.ledgerDay(query)),
  );

export const readWindows = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'readWindows',
      summary: 'How the drop-off windows were used, and what came out of them, per day and station',
      querystring: Type.Object({ from: Edge, to: Edge, station: Type.Optional(Place) }, strict),
      response: { 200: Type.Array(WindowDayView) },
      refusals: [422],
    },
    async ({ query }) => granted(await desk.windows(query)),
  );

export const listNextBins = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'listNextBins',
      summary: 'Which bin next, by when: the order of a round',
      response: { 200: Type.Array(NextBinView) },
    },
    async () => desk.nextBins(),
  );
