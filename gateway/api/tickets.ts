// Work for people. Every answer that holds one ticket carries its version as ETag, to be sent back as
// If-Match: of two people who change the same ticket at once, one is told so.
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { SEVERITIES } from '../domain/alarm.ts';
import { CATEGORIES, TEAMS, TICKET_STATES } from '../domain/ticket.ts';
import { attemptOf, CommandHeaders } from './command-headers.ts';
import type { Desk } from './desk.ts';
import { ById, endpoint, type Endpoint } from './endpoint.ts';
import { granted } from './problem.ts';
import { Text, TicketView, words } from './schemas.ts';
import { mustSeeTicket, scopeOf, ticketSight } from './scope.ts';
import { TICKET_ACTIONS, type TicketVerb } from './ticket-actions.ts';

const Short = Type.String({ minLength: 1, maxLength: 200 });

const NewTicket = Type.Object(
  {
    category: words(CATEGORIES, 'What is wrong'),
    title: Short,
    asset: Type.Optional(Short),
    building: Type.Optional(Short),
    place: Type.Optional(Short),
    severity: Type.Optional(words(SEVERITIES, 'medium where left out')),
    note: Type.Optional(Text),
  },
  { $id: 'NewTicket', additionalProperties: false },
);

const TicketsWanted = Type.Object(
  {
    state: Type.Optional(words(['open', 'all', ...TICKET_STATES], 'all where left out')),
    team: Type.Optional(words(TEAMS, 'Whose it is')),
    assignee: Type.Optional(Short),
    category: Type.Optional(words(CATEGORIES, 'What is wrong')),
    asset: Type.Optional(Short),
    severity: Type.Optional(words(SEVERITIES, 'low, medium or high')),
    overdue: Type.Optional(Type.Boolean({ description: 'Only those whose step is late' })),
    mine: Type.Optional(
      Type.Boolean({ description: 'Only those assigned to whoever asks, or raised by them' }),
    ),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 500, description: '500 if left out' }),
    ),
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
  },
  { additionalProperties: false },
);

export const listTickets = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'listTickets',
      summary: 'Tickets, the ended ones too unless only the open are asked for',
      querystring: TicketsWanted,
      response: { 200: Type.Array(TicketView) },
    },
    async ({ query, actor }) => {
      const seenBy = ticketSight(actor);
      const found = await desk.tickets({ ...query, actor, ...(seenBy && { seenBy }) });
      // Cut after the scope, so that a page is full; looked at once more, for the door is here.
      return found.filter(scopeOf(actor, desk).hasTicket);
    },
  );

export const readTicket = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'readTicket',
      summary: 'One ticket with its whole history',
      params: ById,
      response: { 200: TicketView },
      refusals: [404],
    },
    async ({ params, actor }, reply) => {
      await mustSeeTicket(desk, actor, params.id);
      return tagged(reply, granted(await desk.ticket(params.id, actor)));
    },
  );

export const openTicket = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'openTicket',
      summary: 'Raise a ticket by hand',
      headers: CommandHeaders,
      body: NewTicket,
      response: { 201: TicketView },
      refusals: [404, 409, 422],
    },
    async (request, reply) => {
      const { body, actor } = request;
      const { key } = attemptOf(request.headers);
      const attempt = key === undefined ? {} : { key };
      const ticket = granted(await desk.openTicket({ body, actor, ...attempt }));
      void reply.code(201).header('location', `/api/v1/tickets/${encodeURIComponent(ticket.id)}`);
      return tagged(reply, ticket);
    },
  );

export const actOnTicket = (desk: Desk, action: TicketVerb): Endpoint => {
  const { summary, body } = TICKET_ACTIONS[action];
  return endpoint(
    {
      operationId: `${action.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())}Ticket`,
      summary,
      params: ById,
      headers: CommandHeaders,
      body,
      response: { 200: TicketView },
      refusals: [404, 409, 422],
    },
    async (request, reply) => {
      const { params, body, actor } = request;
      const attempt = attemptOf(request.headers);
      await mustSeeTicket(desk, actor, params.id);
      const answer = await desk.ticketAction({
        id: params.id,
        action,
        body: { ...body },
        actor,
        ...attempt,
      });
      return tagged(reply, granted(answer));
    },
  );
};

function tagged(reply: Pick<FastifyReply, 'header'>, ticket: TicketView): TicketView {
  void reply.header('etag', `"${ticket.version}"`);
  return ticket;
}
