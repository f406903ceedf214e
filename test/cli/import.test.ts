// Sheets into the ledger and out of it again, by the two commands and a store on the disk.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import readExcelFile from 'read-excel-file/node';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ImportReport } from '../../gateway/cli/import-report.ts';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { settingsFor } from '../store/entries.ts';
import { ROOT, samplesFolder, temporaryFolder } from '../tools.ts';
import { speak } from './spoken.ts';

const MAP = `
source: crew
time: { column: month, pattern: yyyy-MM }
period: month
basis: collected
streams: { wet: { column: wet, unit: t }, dry: { column: dry, unit: t } }
`;

function yard(mapText = MAP) {
  const dir = temporaryFolder();
  const put = (name: string, text: string): string => {
    const file = path.join(dir, name);
    writeFileSync(file, text);
    return file;
  };
  const config = put(
    'site.yaml',
    `version: 1
site: { id: luyuan, name: 绿苑小区, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
store: { dir: ${dir}/data }
`,
  );
  const map = put('map.yaml', mapText);
  /** Of 2026 by month, but where the words say otherwise. */
  const exports = (format: string, ...words: readonly string[]) => {
    const usual = ['--by', 'month', '--from', '2026-01', '--to', '2026-12'];
    return speak(['export', format, '-c', config, ...usual, ...words], dir);
  };
  return {
    dir,
    put,
    exports,
    async imports(file: string, ...flags: readonly string[]) {
      const spoken = await speak(['import', file, '--map', map, '-c', config, '--json', ...flags]);
      const report = JSON.parse(spoken.said || '{}') as ImportReport;
      return { ...spoken, report, figures: report.figures };
    },
    async kg(by = 'month') {
      const rows = rowsIn((await exports('csv', '--by', by)).said);
      return rows.map(({ period, stream, kg }) => `${period} ${stream} ${kg}`);
    },
  };
}

const rowsIn = (csv: string): Record<string, string>[] => parse(csv, { columns: true, bom: true });

const OCTOBER = 'month,wet,dry\n2026-09,12,8\n2026-10,13.5,\n';

describe('an import', { timeout: 60_000 }, () => {
  it('takes the sheet’s figures, and a second one changes nothing', async () => {
    const site = yard();
    const file = site.put('sheet.csv', OCTOBER);
    const first = await site.imports(file);
    expect(first.figures).toEqual({
      taken: 3,
      withoutNumber: 1,
      added: 4,
      replaced: 0,
      unchanged: 0,
    });
    const ledger = await site.kg();
    expect(ledger).toEqual(['2026-09 wet 12000', '2026-09 dry 8000', '2026-10 wet 13500']);
    const again = site.put('the-same-under-another-name.csv', OCTOBER);
    expect((await site.imports(again)).figures).toMatchObject({
      added: 0,
      replaced: 0,
      unchanged: 4,
    });
    expect(await site.kg()).toEqual(ledger);
  });

  it('of a corrected sheet takes the place of its own figures, and says how many', async () => {
    const site = yard();
    await site.imports(site.put('sheet.csv', OCTOBER));
    const corrected = site.put(
      'sheet.csv',
      'month,wet,dry\n2026-09,11,\n2026-10,13.5,9\n2026-11,1,1\n',
    );
    const { figures } = await site.imports(corrected);
    expect(figures).toMatchObject({ added: 2, replaced: 3, unchanged: 1 });
    expect(await site.kg()).toEqual([
      '2026-09 wet 11000',
      '2026-10 wet 13500',
      '2026-10 dry 9000',
      '2026-11 wet 1000',
      '2026-11 dry 1000',
    ]);
  });

  it('that only looks says the same and writes nothing, not even a folder', async () => {
    const site = yard();
    const file = site.put('sheet.csv', OCTOBER);
    const dry = await site.imports(file, '--dry-run');
    expect(dry.figures).toMatchObject({ added: 4 });
    await expect(site.exports('csv')).rejects.toThrow('there is none yet');
    await site.imports(file);
    expect((await site.imports(file, '--dry-run')).figures).toMatchObject({ unchanged: 4 });
  });

  it('reports every row that it leaves out, by reason and line', async () => {
    const site = yard();
    const { report, code } = await site.imports(
      site.put('s.csv', `${OCTOBER}2026-13,1,1\ntotal,9,9\n`),
    );
    expect(report.leftOut).toEqual({
      blank: { count: 1, lines: [3], columns: { dry: 1 } },
      'bad-time': { count: 2, lines: [4, 5], columns: { month: 2 }, example: '2026-13' },
    });
    expect(code).toBe(0);
  });

  it('of which nothing can be taken is a fault', async () => {
    const site = yard();
    const { code } = await site.imports(site.put('s.csv', 'month,wet,dry\nOctober,1,1\n'));
    expect(code).toBe(1);
  });

  it('points out a column whose name and unit disagree', async () => {
    const site = yard(MAP.replace('{ column: wet, unit: t }', '{ column: wet_tons, unit: kg }'));
    const { report } = await site.imports(
      site.put('s.csv', 'month,wet_tons,dry\n2026-09,12000,8\n'),
    );
    expect(report.notes).toEqual([
      'the column wet_tons is taken in kg, as the map says; its name says otherwise',
    ]);
  });

  it('says all mistakes of a map and starts nothing', async () => {
    const site = yard(MAP.replaceAll('unit: t', 'unit: tons'));
    const { code, complained } = await site.imports(site.put('s.csv', OCTOBER));
    expect(complained.split('\n').map((line) => line.replace(/^.*yaml:\d+:\d+ /, ''))).toEqual([
      'streams.wet.unit: tons may be 907, 1000 or 1016 kg: say short t, t or long t',
      'streams.dry.unit: tons may be 907, 1000 or 1016 kg: say short t, t or long t',
    ]);
    expect(code).toBe(2);
  });

  it('beside a gateway that runs is refused in words, but may look', async () => {
    const site = yard();
    const running = await openStore(settingsFor(path.join(site.dir, 'data')));
    onTestFinished(() => running.close());
    const file = site.put('s.csv', OCTOBER);
    await expect(site.imports(file)).rejects.toMatchObject({
      code: 'store-in-use',
      message: expect.stringContaining('stop it for the import') as string,
    });
    expect((await site.imports(file, '--dry-run')).figures).toMatchObject({ added: 4 });
    expect((await site.exports('csv')).code).toBe(0);
  });
});

describe('an export', { timeout: 60_000 }, () => {
  it('as CSV has a byte order mark, one header row, and carries its filter, zone, time and version', async () => {
    const site = yard();
    await site.imports(site.put('s.csv', OCTOBER));
    const { said: text } = await site.exports('csv');
    expect(text.startsWith('\uFEFFperiod,stream,station,kg,basis,origin,completeness,')).toBe(true);
    const rows = rowsIn(text);
    expect(rows[0]).toMatchObject({
      period: '2026-09',
      stream: 'wet',
      kg: '12000',
      basis: 'collected',
      origin: 'imported',
      completeness: '1',
      source: 'crew',
      filter: '2026-01-01 to 2026-12-31 by month',
      zone: 'Asia/Shanghai',
      site: 'luyuan',
      generated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
      data_version: expect.stringMatching(/^log \d+, import of /) as string,
    });
  });

  it('as Excel holds numbers as numbers, and says what it is on a sheet of its own', async () => {
    const site = yard();
    await site.imports(site.put('s.csv', OCTOBER));
    const { complained } = await site.exports('xlsx');
    expect(complained).toContain('3 rows in ledger_luyuan_2026-01-01_2026-12-31_by-month.xlsx');
    const file = path.join(site.dir, 'ledger_luyuan_2026-01-01_2026-12-31_by-month.xlsx');
    const [ledger, about] = await readExcelFile(readFileSync(file));
    expect(ledger?.data[1]?.slice(0, 7)).toEqual([
      '2026-09',
      'wet',
      null,
      12_000,
      'collected',
      'imported',
      1,
    ]);
    expect(about?.data).toContainEqual(['zone', 'Asia/Shanghai']);
  });

  it.each([
    [['pdf'], 'courtyard export: csv or xlsx, not pdf'],
    [['csv', '--by', 'year'], 'courtyard export: --by takes day, week, month, not year'],
    [['csv', '--from', '2026-02-30'], 'courtyard export: from "2026-02-30" is no date'],
    [['csv', '--from', '2027-01'], 'courtyard export: from 2027-01-01 lies after to 2026-12-31'],
  ] as const)('as %j is wrong usage', async ([format, ...words], why) => {
    const site = yard();
    await site.imports(site.put('s.csv', OCTOBER));
    const { code, complained } = await site.exports(format, ...words);
    expect([code, complained]).toEqual([2, expect.stringContaining(why)]);
  });

  it('by day or week never shows a month', async () => {
    const site = yard();
    await site.imports(site.put('s.csv', OCTOBER));
    expect([await site.kg('day'), await site.kg('week')]).toEqual([[], []]);
  });
});

const samples = samplesFolder();

describe.skipIf(!samples)('the sheets of other cities', { timeout: 120_000 }, () => {
  it.each([
    ['nyc', 'nyc_dsny_monthly_tonnage.csv', 'month', '1990-01', '2023-12'],
    ['austin', 'austin_waste_loads_sample500.csv', 'day', '2007-01-01', '2021-12-31'],
  ])(
    'of %s come out of the ledger as they went in, once or twice',
    async (place, name, by, from, to) => {
      const site = yard(readFileSync(path.join(ROOT, 'test/recorded', place, 'map.yaml'), 'utf8'));
      const file = path.join(samples ?? '', 'datasets', name);
      const first = await site.imports(file);
      const second = await site.imports(file);
      expect(second.figures).toMatchObject({ added: 0, replaced: 0 });
      const words = ['--by', by, '--from', from, '--to', to];
      const { said: text } = await site.exports('csv', ...words);
      const rows = rowsIn(text);
      for (const [stream, kg] of Object.entries(first.report.kg)) {
        const sum = rows
          .filter((row) => row['stream'] === stream)
          .reduce((all, row) => all + Number(row['kg']), 0);
        expect(Math.abs(sum - kg)).toBeLessThan(0.01);
      }
    },
  );
});
