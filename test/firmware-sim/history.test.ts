// The sheet of the days before the sensors came.
import { describe, expect, it } from 'vitest';
import { daysUntil, historySheet } from '../../firmware-sim/history.ts';
import { DEMO_SITE } from '../../firmware-sim/site.ts';

const UNTIL = '2026-11-22';

const sheet = (days: number, until = UNTIL, seed = 1) =>
  historySheet(DEMO_SITE, { days, until, seed }).trimEnd().split('\n');
const rowsOf = (lines: readonly string[]) => lines.slice(1).map((line) => line.split(','));
const wetKg = (lines: readonly string[], days: readonly string[]) =>
  rowsOf(lines)
    .filter(([day = '']) => days.includes(day))
    .reduce((sum, [, , wet]) => sum + Number(wet), 0);
const meanWetKg = (lines: readonly string[], days: readonly string[]) => {
  const told = new Set(rowsOf(lines).map(([day]) => day));
  return wetKg(lines, days) / days.filter((day) => told.has(day)).length;
};

describe('a year of history', () => {
  it('names its columns, and ends with the day that it was asked for', () => {
    const lines = sheet(400);
    expect(lines[0]).toBe('date,station,wet_kg,dry_kg,recyclable_kg,hazardous_kg');
    expect(rowsOf(lines).at(-1)?.slice(0, 2)).toEqual([UNTIL, 'k2']);
    expect(rowsOf(lines)[0]?.[0]).toBe('2025-10-19');
  });

  it('leaves out a few days whole, and no station alone', () => {
    const byDay = Map.groupBy(rowsOf(sheet(400)), ([day]) => day);
    expect(byDay.size).toBeGreaterThan(380);
    expect(byDay.size).toBeLessThan(400);
    expect(new Set([...byDay.values()].map((rows) => rows.length))).toEqual(new Set([2]));
  });

  it('leaves the cell of a stream empty that a station has no bin for', () => {
    for (const [, station, wet, dry, recyclable, hazardous] of rowsOf(sheet(30))) {
      expect(Number(wet) * Number(dry)).toBeGreaterThan(0);
      expect([recyclable, hazardous].map((cell) => cell !== '')).toEqual(
        station === 'k1' ? [true, true] : [false, false],
      );
    }
  });

  it('tells the same of a day whenever the sheet is written', () => {
    const early = sheet(60, '2026-10-31');
    const late = new Set(sheet(60));
    const both = early.slice(1).filter((line) => line >= '2026-09-24');
    expect(both.length).toBeGreaterThan(60);
    expect(both.filter((line) => !late.has(line))).toEqual([]);
    expect(sheet(60, UNTIL, 2)).not.toEqual(sheet(60));
  });

  it('weighs about what the live world would bring on an ordinary day', () => {
    const visits = DEMO_SITE.place.households * 1.07;
    expect(meanWetKg(sheet(28, '2026-05-31'), daysUntil('2026-05-31', 28))).toBeGreaterThan(
      visits * 0.8 * 1.2 * 0.85,
    );
    expect(meanWetKg(sheet(28, '2026-05-31'), daysUntil('2026-05-31', 28))).toBeLessThan(
      visits * 0.8 * 1.2 * 1.25,
    );
  });

  it('brings more at the weekend, more in summer, and half in the week of the Spring Festival', () => {
    const year = sheet(400);
    const days = rowsOf(year).map(([day = '']) => day);
    const isWeekend = (day: string) => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
    const ordinary = days.filter((day) => day > '2026-03-20');
    expect(meanWetKg(year, [...new Set(ordinary.filter(isWeekend))])).toBeGreaterThan(
      meanWetKg(year, [...new Set(ordinary.filter((day) => !isWeekend(day)))]) * 1.08,
    );
    const [festival, before] = [daysUntil('2026-02-23', 7), daysUntil('2026-01-31', 14)];
    expect(meanWetKg(year, festival)).toBeLessThan(meanWetKg(year, before) * 0.65);
    const [summer, winter] = [daysUntil('2026-08-14', 28), daysUntil('2026-01-28', 28)];
    expect(meanWetKg(year, summer)).toBeGreaterThan(meanWetKg(year, winter) * 1.2);
  });
});
