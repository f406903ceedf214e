// Where the machine's clock thinks it is changes no holiday of the site.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const urlOf = (file: string): string => new URL(`../../gateway/${file}`, import.meta.url).href;
/** Every holiday and worked weekend of some years, and every Spring Festival. */
const SCRIPT = `
  import { publicHolidays, isWorkedWeekend } from '${urlOf('domain/holidays.ts')}';
  import { springFestival } from '${urlOf('review/spring-festival.ts')}';
  import { daysFrom } from '${urlOf('domain/day.ts')}';
  const isHoliday = publicHolidays();
  const days = ['2024', '2026', '2050', '2098'].flatMap((y) => daysFrom(y + '-01-01', y + '-12-31'));
  const festivals = Array.from({ length: 199 }, (_, n) => springFestival(1901 + n));
  const machine = new Date(2026, 0, 1).getTimezoneOffset();
  console.log(JSON.stringify({
    machine,
    told: [days.filter(isHoliday), days.filter(isWorkedWeekend), festivals],
  }));
`;

async function toldIn(zone: string): Promise<{ machine: number; told: string[][] }> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', SCRIPT],
    { env: { ...process.env, TZ: zone } },
  );
  return JSON.parse(stdout) as { machine: number; told: string[][] };
}

it('a machine in New York or on Kiritimati knows the holidays that one in Shanghai knows', async () => {
  const here = await toldIn('Asia/Shanghai');
  expect(here.told[0]).toEqual(expect.arrayContaining(['2026-02-17', '2026-10-01', '2098-02-01']));
  expect(here.told[2]).toContain('2026-02-17');
  const machines = new Set([here.machine]);
  for (const zone of ['America/New_York', 'Pacific/Kiritimati', 'America/Sao_Paulo']) {
    const there = await toldIn(zone);
    machines.add(there.machine);
    expect([zone, there.told]).toEqual([zone, here.told]);
  }
  // The zones were really believed.
  expect(machines.size).toBe(4);
});
