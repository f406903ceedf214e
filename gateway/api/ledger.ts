// What was thrown in and taken away, in kilograms per stream, station and period: as JSON, and as
// sheets that carry their own filter, zone, time and version.
import { Type } from 'typebox';
import { STREAMS } from '../domain/asset.ts';
import { BASES, GRAINS } from '../domain/ledger.ts';
import type { Desk } from './desk.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { ledgerCsv, ledgerFileName } from './ledger-csv.ts';
import { ledgerXlsx } from './ledger-xlsx.ts';
import { granted } from './problem.ts';
import { LedgerRowView, words } from './schemas.ts';

const Edge = (which: string) =>
  Type.Optional(
    Type.String({
      maxLength: 40,
      description: `${which} day: a date (2026-11-22), a month (2026-11), or an instant with its zone`,
    }),
  );

const Query = Type.Object(
  {
    from: Edge('First'),
    to: Edge('Last'),
    by: Type.Optional(
      words(GRAINS, 'day where left out; a month’s figure is never spread over days'),
    ),
    stream: Type.Optional(words(STREAMS, 'Only this one')),
    station: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    basis: Type.Optional(words(BASES, 'Only this one')),
    compare: Type.Optional(
      words(
        ['last-year'],
        'Adds last year’s figure: 364 days back, near the Spring Festival by it',
      ),
    ),
  },
  { additionalProperties: false },
);

export const readLedger = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'readLedger',
      summary: 'Kilograms per stream, station and period, each with its completeness',
      querystring: Query,
      response: { 200: Type.Array(LedgerRowView) },
      refusals: [422],
    },
    async (request) => granted(await desk.ledger(request.query)).rows,
  );

export const readLedgerCsv = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'readLedgerCsv',
      summary: 'The same as CSV, for spreadsheets',
      querystring: Query,
      produces: ['text/csv'],
      response: { 200: Type.String({ $id: 'LedgerCsv' }) },
      refusals: [422],
    },
    async (request, reply) => {
      const view = granted(await desk.ledger(request.query));
      void reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${ledgerFileName(view, 'csv')}"`);
      return ledgerCsv(view);
    },
  );

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const readLedgerXlsx = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'readLedgerXlsx',
      summary: 'The same as an Excel file',
      querystring: Query,
      produces: [XLSX],
      response: {
        200: Type.Unsafe<Buffer>({ $id: 'LedgerXlsx', type: 'string', format: 'binary' }),
      },
      refusals: [422],
    },
    async (request, reply) => {
      const view = granted(await desk.ledger(request.query));
      void reply
        .type(XLSX)
        .header('content-disposition', `attachment; filename="${ledgerFileName(view, 'xlsx')}"`);
      return ledgerXlsx(view);
    },
  );
