// Who did what: the audit chain, newest first, and where it ends. Whether it is whole, `courtyard
// check --audit` says: whoever could change the chain could change this answer too.
import { Type } from 'typebox';
import type { Desk } from './desk.ts';
import { ById, endpoint, type Endpoint } from './endpoint.ts';
import { granted, problem, Refused } from './problem.ts';
import { words } from './schemas.ts';
import { AUDITED, AuditView, EvidenceView } from './schemas-evidence.ts';
import { scopeOf } from './scope.ts';

const MOST_ENTRIES = 500;
const Edge = (which: string) =>
  Type.Optional(Type.String({ maxLength: 40, description: `${which}: ISO 8601 with its zone` }));

export const readAudit = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'readAudit',
      summary: 'Who did what, newest first, and the head of the chain',
      querystring: Type.Object(
        {
          from: Edge('At or after'),
          to: Edge('Before'),
          on: Type.Optional(words(AUDITED, 'Only these')),
          id: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_ENTRIES })),
        },
        { additionalProperties: false },
      ),
      response: { 200: AuditView },
      refusals: [422],
    },
    async (request) => granted(await desk.audit(request.query)),
  );

export const readEvidence = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'readEvidence',
      summary: 'What was frozen of an alarm when it tripped',
      params: ById,
      response: { 200: EvidenceView },
      refusals: [404],
    },
    async ({ params, actor }) => {
      const found = await desk.evidence(params.id);
      if (!found.ok || !scopeOf(actor, desk).hasAlarm(found.value))
        throw new Refused(problem(404, `Nothing was frozen of an alarm ${params.id}.`));
      return found.value;
    },
  );
