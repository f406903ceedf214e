// The living problem list, as JSON and as a sheet, and the joint meeting's list.
import { Type } from 'typebox';
import type { Desk } from './desk.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { problemsCsv, problemsFileName } from './problems-csv.ts';
import { granted } from './problem.ts';
import { JointMeetingView, ProblemListView } from './schemas.ts';

const Day = (which: string) =>
  Type.Optional(Type.String({ maxLength: 10, description: `${which} day: 2026-11-22` }));

export const readProblems = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'readProblems',
      summary: 'Open tickets of the full route by age and returns, and those that ended of late',
      response: { 200: ProblemListView },
    },
    () => desk.problems(),
  );

export const readProblemsCsv = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'readProblemsCsv',
      summary: 'The same as CSV, for spreadsheets',
      produces: ['text/csv'],
      response: { 200: Type.String({ $id: 'ProblemsCsv' }) },
    },
    async (_request, reply) => {
      const view = await desk.problems();
      void reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${problemsFileName(view)}"`);
      return problemsCsv(view);
    },
  );

export const readJointMeeting = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'readJointMeeting',
      summary: 'What the joint meeting needs, each with its side; the last fortnight if left out',
      querystring: Type.Object(
        { from: Day('First'), to: Day('Last') },
        { additionalProperties: false },
      ),
      response: { 200: JointMeetingView },
      refusals: [422],
    },
    async ({ query }) => granted(await desk.jointMeeting(query)),
  );
