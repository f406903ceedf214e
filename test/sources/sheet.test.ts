// Sheets as people keep them, and what becomes of each of their rows.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { siteDays } from '../../gateway/domain/day.ts';
import { figuresOf, LEFT_OUT } from '../../gateway/sources/sheet.ts';
import { parseSheetMap, type SheetMap } from '../../gateway/sources/sheet-map.ts';
import { sheetRows } from '../../gateway/sources/sheet-rows.ts';

import { ROOT } from '../tools.ts';

const SITE = {
  stations: new Map([['k1', {}]]),
  days: siteDays({ zone: 'Asia/Shanghai', dayStartsAtMinute: 0 }),
};

function mapOf(text: string): SheetMap {
  const parsed = parseSheetMap(text);
  if (parsed.kind === 'map') return parsed.map;
  throw new Error(JSON.stringify(parsed.mistakes));
}

const read = async (content: string | Uint8Array, map: string) => {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const parsed = mapOf(map);
  return figuresOf(await sheetRows(bytes, parsed), parsed, SITE);
};

const MONTHLY = `
time: { column: month, pattern: yyyy-MM }
period: month
basis: collected
streams: { wet: { column: wet, unit: t }, dry: { column: dry, unit: t } }
`;
const LOADS = `
time: { column: at, pattern: "yyyy-MM-dd HH:mm", zone: Asia/Shanghai }
period: day
basis: collected
stream: { column: what, values: { 湿垃圾: wet, 干垃圾: dry } }
weight: { column: kg, unit: kg }
`;

const told = ({ figures }: Awaited<ReturnType<typeof read>>) =>
  figures.map(({ period, stream, kg }) => [period, stream, kg]);

describe('a tonnage sheet', () => {
  it('gives a figure for each of its streams, in kilograms', async () => {
    expect(told(await read('month,wet,dry\n2026-10,12.5,8\n', MONTHLY))).toEqual([
      ['2026-10', 'wet', 12_500],
      ['2026-10', 'dry', 8000],
    ]);
  });

  it('may begin with a byte order mark, titles and empty lines, and end its lines as Windows does', async () => {
    const text = '\uFEFF绿苑小区;;\r\n\r\nmonth;wet;dry\r\n2026-10;12,5;8\r\n';
    const map = `${MONTHLY}delimiter: ";"\nheaderRow: 3\n`;
    expect(told(await read(text, map))[0]).toEqual(['2026-10', 'wet', 12_500]);
  });

  it('may write decimal commas, as its columns show or the map says', async () => {
    const map = `${MONTHLY}delimiter: ";"\n`;
    const text = 'month;wet;dry\n2026-09;1,234;1,234\n2026-10;12,5;\n';
    const { figures, leftOut } = await read(text, map);
    expect(figures.map(({ kg }) => kg)).toEqual([1234, undefined, 12_500, undefined]);
    expect(leftOut).toEqual([
      { reason: 'ambiguous-number', line: 2, column: 'dry', text: '1,234' },
      { reason: 'blank', line: 3, column: 'dry' },
    ]);
    const said = await read(text, `${map}decimal: ","\n`);
    expect(said.figures[1]?.kg).toBe(1234);
  });

  it('in GB 18030 is read where the map says so, and refused in words where it does not', async () => {
    // 月份,湿 in GB 18030
    const header = Uint8Array.of(0xd4, 0xc2, 0xb7, 0xdd, 0x2c, 0xca, 0xaa, 0x0a);
    const bytes = Buffer.concat([header, Buffer.from('2026-10,1\n')]);
    const map = MONTHLY.replace('column: month', 'column: 月份').replace(/streams.*/, '');
    const streams = 'streams: { wet: { column: 湿, unit: t } }\n';
    expect(told(await read(bytes, `${map}${streams}encoding: gb18030\n`))).toEqual([
      ['2026-10', 'wet', 1000],
    ]);
    await expect(read(bytes, map + streams)).rejects.toThrow('say its encoding in the map');
  });

  it('in UTF-16, as Excel saves its Unicode text, is read', async () => {
    const bytes = Buffer.from('\uFEFFmonth\twet\tdry\n2026-10\t1\t2\n', 'utf16le');
    expect(told(await read(bytes, `${MONTHLY}delimiter: "\\t"\n`))).toHaveLength(2);
  });

  it('adds the columns of one stream up, and a blank among them is none of that kind', async () => {
    const map = MONTHLY.replace(
      /streams.*/,
      'streams:\n  - { stream: wet, column: wet, unit: t }\n  - { stream: wet, column: dry, unit: t }',
    );
    const sheet = await read('month,wet,dry\n2026-09,1,2\n2026-10,3,\n2026-11,,\n', map);
    expect(told(sheet)).toEqual([
      ['2026-09', 'wet', 3000],
      ['2026-10', 'wet', 3000],
      ['2026-11', 'wet', undefined],
    ]);
    expect(sheet.leftOut).toEqual([{ reason: 'blank', line: 4, column: 'wet + dry' }]);
  });

  it('keeps the good numbers of a row whose other ones are bad, and names those', async () => {
    const { figures, leftOut } = await read('month,wet,dry\n2026-10,n/a,-2\n', MONTHLY);
    expect(figures.map(({ kg }) => kg)).toEqual([undefined, undefined]);
    expect(leftOut).toEqual([
      { reason: 'not-a-number', line: 2, column: 'wet', text: 'n/a' },
      { reason: 'negative', line: 2, column: 'dry', text: '-2' },
    ]);
  });

  it('may come as Excel, with its dates and numbers as Excel keeps them', async () => {
    const bytes = await writeExcelFile([
      ['month', 'wet', 'dry'],
      [{ value: new Date('2026-10-01T00:00:00Z'), type: Date, format: 'yyyy-mm' }, 12.5, null],
      ['2026-11', '3.5', 2],
    ]).toBuffer();
    expect(told(await read(bytes, MONTHLY))).toEqual([
      ['2026-10', 'wet', 12_500],
      ['2026-10', 'dry', undefined],
      ['2026-11', 'wet', 3500],
      ['2026-11', 'dry', 2000],
    ]);
    await expect(read(bytes, `${MONTHLY}sheet: 二月\n`)).rejects.toThrow('no sheet 二月');
  });

  it.each([
    ['month,wet\n2026-10,1\n', 'no column dry; it has month, wet'],
    ['month,wet,wet\n', 'two columns are named wet'],
    ['\xD0\xCF\x11\xE0 old', 'an Excel file from before 2007'],
  ])('%j is refused whole', async (text, why) => {
    await expect(read(Buffer.from(text, 'latin1'), MONTHLY)).rejects.toThrow(why);
  });

  it.each(['10/2026', '2026-13', '', 'total'])(
    'a row of the month %j is left out',
    async (month) => {
      const { leftOut } = await read(`month,wet,dry\n${month},1,2\n`, MONTHLY);
      expect(leftOut).toEqual([{ reason: 'bad-time', line: 2, column: 'month', text: month }]);
    },
  );

  it('a row of another length is left out, as its numbers may stand in wrong columns', async () => {
    const { leftOut, figures } = await read('month,wet,dry\n2026-10,1,2,3\n2026-11,1,2\n', MONTHLY);
    expect(leftOut).toEqual([{ reason: 'malformed', line: 2 }]);
    expect(figures).toHaveLength(2);
  });
});

describe('a weigh log', () => {
  it('puts each load into the site’s day, in the site’s zone', async () => {
    const text = 'at,what,kg\n2026-11-22 00:00,湿垃圾,400\n2026-11-21 23:59,干垃圾,300\n';
    expect(told(await read(text, LOADS))).toEqual([
      ['2026-11-22', 'wet', 400],
      ['2026-11-21', 'dry', 300],
    ]);
    const elsewhere = LOADS.replace('Asia/Shanghai', 'America/Chicago');
    expect(told(await read(text, elsewhere)).map(([day]) => day)).toEqual([
      '2026-11-22',
      '2026-11-22',
    ]);
  });

  it('leaves out times without a zone where the map gives none', async () => {
    const map = LOADS.replace(/time:.*/, 'time: { column: at }');
    const text = 'at,what,kg\n2026-11-22T08:00,wet,1\n2026-11-22,wet,2\n2026-11-22T20:00Z,wet,3\n';
    const { figures, leftOut } = await read(text, map);
    expect(leftOut).toMatchObject([{ reason: 'time-without-zone', line: 2 }]);
    expect(figures.map(({ period }) => period)).toEqual(['2026-11-22', '2026-11-23']);
  });

  it('leaves out what is of no stream, and stations that the site does not have', async () => {
    const map = `${LOADS}station: { column: where, values: { 一号: k1 } }\n`;
    const text =
      'at,what,kg,where\n2026-11-22 08:00,轮胎,1,k1\n2026-11-22 08:00,wet,1,k9\n2026-11-22 08:00,wet,1,一号\n';
    const { figures, leftOut } = await read(text, map);
    expect(leftOut).toEqual([
      { reason: 'unknown-stream', line: 2, column: 'what', text: '轮胎' },
      { reason: 'unknown-station', line: 3, column: 'where', text: 'k9' },
    ]);
    expect(figures).toMatchObject([{ station: 'k1', kg: 1 }]);
  });

  it('skips the rows that the map does not want', async () => {
    const map = `${LOADS}only: { what: wet }\n`;
    const sheet = await read('at,what,kg\n2026-11-22 08:00,wet,1\n2026-11-22 08:00,dry,2\n', map);
    expect([sheet.rows, sheet.skipped, sheet.figures.length]).toEqual([2, 1, 1]);
  });
});

describe('the key of a figure', () => {
  const keys = async (text: string, map = LOADS) =>
    (await read(text, map)).figures.map(({ key }) => key);
  const [ONE, TWO] = ['2026-11-22 08:00,wet,400', '2026-11-22 08:00,wet,300'];

  it('is the same in whatever file and order of columns the row comes', async () => {
    const [key] = await keys(`at,what,kg\n${ONE}\n`);
    expect(await keys('kg,at,what,remark\n400,2026-11-22 08:00,wet,raining\n')).toEqual([key]);
  });

  it('does not hold the weight, so that a corrected one finds its place', async () => {
    expect(await keys(`at,what,kg\n${ONE}\n`)).toEqual(await keys(`at,what,kg\n${TWO}\n`));
  });

  it('tells equal rows apart by their order, and they are all counted and named', async () => {
    const sheet = await read(`at,what,kg\n${ONE}\n${TWO}\n${ONE}\n`, LOADS);
    expect(new Set(sheet.figures.map(({ key }) => key)).size).toBe(3);
    expect(sheet.alike).toEqual([3, 4]);
  });

  it('is what the map names, and then a second row of it is left out', async () => {
    const map = `${LOADS}key: [ticket]\n`;
    const text = 'ticket,at,what,kg\n7,2026-11-22 08:00,wet,1\n7,2026-11-22 09:00,dry,1\n';
    const { figures, leftOut } = await read(text, map);
    expect(figures).toHaveLength(1);
    expect(leftOut).toEqual([{ reason: 'key-repeated', line: 3, column: 'ticket', text: '7' }]);
    const moved = 'ticket,at,what,kg\n7,2026-11-23 08:00,dry,9\n';
    expect(await keys(moved, map)).toEqual([figures[0]?.key]);
  });

  it('differs between sources', async () => {
    const other = await keys(`at,what,kg\n${ONE}\n`, `${LOADS}source: bridge\n`);
    expect(other).not.toEqual(await keys(`at,what,kg\n${ONE}\n`));
  });
});

it('every reason for leaving a row out is explained to the reader', () => {
  const page = readFileSync(path.join(ROOT, 'docs/ledger.md'), 'utf8');
  expect(LEFT_OUT.filter((reason) => !page.includes(`\`${reason}\``))).toEqual([]);
});
