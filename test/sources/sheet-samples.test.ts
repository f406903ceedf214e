// Real sheets, added up here by another path: no CSV library, whole numbers, one division at the end.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { siteDays } from '../../gateway/domain/day.ts';
import { figuresOf } from '../../gateway/sources/sheet.ts';
import { parseSheetMap } from '../../gateway/sources/sheet-map.ts';
import { sheetRows } from '../../gateway/sources/sheet-rows.ts';
import { ROOT, samplesFolder } from '../tools.ts';

const samples = samplesFolder();

async function imported(file: string, place: string, zone: string) {
  const text = readFileSync(path.join(ROOT, 'test/recorded', place, 'map.yaml'), 'utf8');
  const parsed = parseSheetMap(text);
  if (parsed.kind !== 'map') throw new Error(JSON.stringify(parsed.mistakes));
  const bytes = readFileSync(path.join(samples ?? '', 'datasets', file));
  const days = siteDays({ zone, dayStartsAtMinute: 0 });
  return figuresOf(await sheetRows(bytes, parsed.map), parsed.map, { stations: new Map(), days });
}

const known = new Map<string, string[][]>();
function linesOf(file: string): string[][] {
  const lines = known.get(file) ?? splitLines(file);
  known.set(file, lines);
  return lines;
}

const splitLines = (file: string): string[][] =>
  readFileSync(path.join(samples ?? '', 'datasets', file), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));

/** `1234.5` as 12345n tenths; every sheet here has at most one digit behind its point. */
const tenths = (text = ''): bigint => {
  const [whole = '', part = '0'] = text.split('.');
  return BigInt(whole === '' ? 0 : whole) * 10n + BigInt(part === '' ? 0 : part);
};

const kgByStream = ({ figures }: Awaited<ReturnType<typeof imported>>): Record<string, number> =>
  Object.fromEntries(
    [...Map.groupBy(figures, ({ stream }) => stream)].map(([stream, all]) => [
      stream,
      all.reduce((sum, { kg = 0 }) => sum + kg, 0),
    ]),
  );

describe.skipIf(!samples)('New York’s monthly tonnage', { timeout: 60_000 }, () => {
  const file = 'nyc_dsny_monthly_tonnage.csv';
  const columns = { dry: [3], recyclable: [4, 5], wet: [6, 7, 8, 9] };

  it('comes out as the sheet adds up, by stream, as collected, by month', async () => {
    const sheet = await imported(file, 'nyc', 'America/New_York');
    const kg = kgByStream(sheet);
    for (const [stream, places] of Object.entries(columns)) {
      const sum = linesOf(file).reduce(
        (all, cells) => all + places.reduce((row, place) => row + tenths(cells[place]), 0n),
        0n,
      );
      // 907.18474 kg to the short ton: tenths of tons in hundred-thousandths of kilograms
      const exact = Number(sum * 90_718_474n) / 10 / 100_000;
      expect(Math.abs((kg[stream] ?? 0) - exact)).toBeLessThan(0.01);
    }
    expect(new Set(sheet.figures.map(({ span, basis }) => `${span} ${basis}`))).toEqual(
      new Set(['month collected']),
    );
    expect(sheet.figures.every(({ period }) => /^\d{4}-\d\d$/.test(period))).toBe(true);
  });

  it('names each stream’s blanks and takes all else', async () => {
    const { leftOut, alike, figures, rows } = await imported(file, 'nyc', 'America/New_York');
    const isBlank = (cells: string[], places: number[]) =>
      places.every((place) => cells[place] === '');
    const blanks = Object.values(columns).map(
      (places) => linesOf(file).filter((cells) => isBlank(cells, places)).length,
    );
    expect(leftOut.every(({ reason }) => reason === 'blank')).toBe(true);
    expect(leftOut).toHaveLength(blanks.reduce((a, b) => a + b, 0));
    expect([alike, figures.length]).toEqual([[], 3 * rows]);
  });
});

describe.skipIf(!samples)('Austin’s loads', () => {
  const file = 'austin_waste_loads_sample500.csv';

  it('come out as the log adds up, each load once, in pounds', async () => {
    const sheet = await imported(file, 'austin', 'America/Chicago');
    const seen = new Set<string>();
    let pounds = 0;
    for (const [load = '', , type, , weight = ''] of linesOf(file)) {
      if (seen.has(load) || type === 'TIRES') continue;
      seen.add(load);
      pounds += weight === '' ? 0 : Number(weight);
    }
    const kg = Object.values(kgByStream(sheet)).reduce((a, b) => a + b, 0);
    expect(kg).toBeCloseTo((pounds * 45_359_237) / 100_000_000, 5);
  });

  it('name their traps: blanks, a load booked twice, a kind of no stream', async () => {
    const { leftOut } = await imported(file, 'austin', 'America/Chicago');
    expect(leftOut.map(({ reason, line, text }) => [reason, line, text])).toEqual([
      ['unknown-stream', 16, 'TIRES'],
      ['key-repeated', 363, '895578'],
      ['blank', 378, undefined],
      ['blank', 379, undefined],
      ['blank', 438, undefined],
    ]);
  });
});
