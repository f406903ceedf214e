import { parse } from 'csv-parse/sync';
import readExcelFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { LEDGER } from '../fakes/hand-desk.ts';
import { face, problemIn } from './face.ts';

describe('the ledger over HTTP', () => {
  it('gives kilograms with their basis, origin and completeness', async () => {
    const { get } = await face();
    const response = await get('/api/v1/ledger?from=2026-11-01&to=2026-11-30&by=day');
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual(LEDGER);
  });

  it.each(['by=year', 'stream=glass', 'basis=both', 'compare=ever', 'format=csv'])(
    'refuses ?%s',
    async (query) => {
      const { get } = await face();
      problemIn(await get(`/api/v1/ledger?${query}`), 400);
    },
  );

  it('says in words why a span cannot be shown', async () => {
    const { get } = await face();
    const told = problemIn(await get('/api/v1/ledger?from=2026-12-01&to=2026-11-01'), 422);
    expect(told.detail).toContain('lies after');
  });

  it('as CSV is a file with its span in its name, and no cell that is a formula', async () => {
    const { get } = await face();
    const response = await get('/api/v1/ledger.csv?from=2026-11-01&to=2026-11-30');
    expect(response.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(response.headers['content-disposition']).toMatch(
      /^attachment; filename="ledger_[\w-]+_2026-11-01_2026-11-30_by-day\.csv"$/,
    );
    expect(response.rawPayload.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const rows: Record<string, string>[] = parse(response.body, { columns: true, bom: true });
    expect(rows[0]).toMatchObject({
      station: "'=k1",
      kg: '412.5',
      last_year_kg: '390',
      revision: '1',
      reopened_at: '2026-11-21T02:00:00.000Z',
      filter: '2026-11-01 to 2026-11-30 by day',
    });
  });

  it('as Excel is a file that Excel opens', async () => {
    const { get } = await face();
    const response = await get('/api/v1/ledger.xlsx');
    const [ledger] = await readExcelFile(response.rawPayload);
    expect(ledger?.data[0]?.slice(0, 4)).toEqual(['period', 'stream', 'station', 'kg']);
    expect(ledger?.data[2]?.slice(0, 4)).toEqual(['2026-11-20', 'dry', null, 1250]);
  });
});
