// What opens: signed-in browsers, programs' keys, stations' screens. A token is shown once at most.
import { Type } from 'typebox';
import { giveCookie, shownBy } from './cookie.ts';
import type { Desk } from './desk.ts';
import { ById, endpoint, type Endpoint } from './endpoint.ts';
import { granted } from './problem.ts';
import {
  AskPairing,
  DisplayCodeView,
  NewKey,
  NewKeyView,
  PairDisplay,
  PairingView,
  TokenView,
} from './schemas-accounts.ts';
import { words } from './schema-words.ts';

export const listTokens = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'listTokens',
      summary: 'My sessions and keys; an admin may see everybody’s',
      querystring: Type.Object(
        { of: Type.Optional(words(['mine', 'all'], 'mine where left out')) },
        { additionalProperties: false },
      ),
      response: { 200: Type.Array(TokenView) },
    },
    async ({ query, actor }) => granted(desk.tokens({ of: query.of ?? 'mine', actor })),
  );

export const endToken = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'endToken',
      summary: 'End one of them, at once and for good',
      params: ById,
      response: { 200: TokenView },
      refusals: [404],
    },
    async ({ params, actor }) => granted(await desk.endToken({ id: params.id, actor })),
  );

export const makeKey = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'makeKey',
      summary: 'A key for a program, shown once',
      body: NewKey,
      response: { 201: NewKeyView },
      refusals: [422],
    },
    async ({ body, actor }, reply) => {
      void reply.code(201);
      return granted(await desk.makeKey({ body, actor }));
    },
  );

const Nothing = Type.Object({}, { additionalProperties: false, $id: 'AskDisplayCode' });

export const askDisplayCode = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'askDisplayCode',
      summary: 'A station’s screen asks for the digits to show; good for ten minutes',
      body: Nothing,
      response: { 200: DisplayCodeView },
    },
    async (request) => granted(desk.displayCode(shownBy(request))),
  );

export const pairDisplay = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'pairDisplay',
      summary: 'Let the screen that shows these digits read one station’s board',
      body: PairDisplay,
      response: { 200: TokenView },
      refusals: [404, 422],
    },
    async ({ body, actor }) => granted(await desk.pairDisplay({ ...body, actor })),
  );

export const askPairing = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'askPairing',
      summary: 'The screen asks whether its digits were entered; then it is given its cookie, once',
      body: AskPairing,
      response: { 200: PairingView },
      refusals: [404],
    },
    async ({ body }, reply) => {
      const found = granted(desk.pairing(body.ticket));
      if (found.state === 'waiting') return found;
      giveCookie(reply, found.entered);
      const { station } = found.entered.session;
      return { state: 'paired' as const, ...(station !== undefined && { station }) };
    },
  );
