// A changed rule tried out on the days that are still kept. It acts on nothing, though it is a POST: the
// rules are too long for an address. Whoever goes away ends it.
import { Socket } from 'node:net';
import { Type } from 'typebox';
import type { Desk } from './desk.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { granted } from './problem.ts';
import { RehearsalView } from './schemas-rehearsal.ts';

const RuleInWords = Type.Record(Type.String(), Type.Unknown(), {
  $id: 'RuleInWords',
  description: 'As under `rules` in the site file',
});

const Edge = (which: string) =>
  Type.Optional(
    Type.String({
      maxLength: 40,
      description: `${which} day: a date of the site (2026-11-22), or an instant with its zone`,
    }),
  );

const Rehearse = Type.Object(
  {
    rules: Type.Optional(
      Type.Array(RuleInWords, {
        maxItems: 500,
        description: 'All rules anew; what is not among them is rehearsed as gone',
      }),
    ),
    rule: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), {
        description: 'One rule, in the place of the one with its id or beside the others',
      }),
    ),
    from: Edge('First'),
    to: Edge('Last'),
  },
  { additionalProperties: false, $id: 'Rehearse' },
);

export const listRules = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'listRules',
      summary: 'The rules that count, as the site file would write them',
      response: { 200: Type.Array(RuleInWords) },
    },
    async () => desk.rules().map((rule) => ({ ...rule })),
  );

/** Longer than the desk lets one take. */
const SOCKET_WAITS_MS = 120_000;

export const rehearseRules = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'rehearseRules',
      summary: 'Try changed rules on the days that are still kept',
      description:
        'Folds what the log still holds twice, under the present rules and under the changed ones, ' +
        'and sets the alarms and tickets side by side. Nothing is raised, opened or told. Commands ' +
        'of people on alarms and tickets are not repeated. One at a time: 503 while another runs.',
      body: Rehearse,
      response: { 200: RehearsalView },
      refusals: [422],
    },
    async (request, reply) => {
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      // Nothing is said until the end; a request that was put in by hand has no socket to close.
      if (request.socket instanceof Socket) request.socket.setTimeout(SOCKET_WAITS_MS);
      return granted(await desk.rehearse({ ...request.body, signal: gone.signal }));
    },
  );
