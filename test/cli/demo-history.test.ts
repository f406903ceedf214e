// The demo's year of history, taken in by the importer from the simulator's own sheet.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { seedHistory } from '../../gateway/cli/demo-history.ts';
import type { Shell } from '../../gateway/cli/shell.ts';
import { DECODERS } from '../../gateway/decode/index.ts';
import { addDays } from '../../gateway/domain/day.ts';
import { ledgerDayId, type LedgerDay } from '../../gateway/domain/ledger.ts';
import { instant } from '../../gateway/domain/time.ts';
import { readSiteFile } from '../../gateway/site/load.ts';
import { memoryLedger } from '../fakes/memory-ledger.ts';
import { ROOT, temporaryFolder } from '../tools.ts';

/** Already the 23rd in Shanghai. */
const NOW = instant(Date.parse('2026-11-22T18:00:00Z'));
const TODAY = '2026-11-23';

const shell: Shell = {
  env: {},
  home: ROOT,
  simulator: path.join(ROOT, 'firmware-sim/main.ts'),
  version: '',
  node: [process.execPath],
  cwd: ROOT,
  say: () => undefined,
  complain: () => undefined,
  secret: async () => undefined,
  leave: () => undefined,
  abandon: () => undefined,
  stopped: new Promise<string>(() => undefined),
};

function demoSite() {
  const decoders = DECODERS.map(({ name }) => name);
  const { site } = readSiteFile(path.join(ROOT, 'config/site.demo.yaml'), { decoders });
  if (!site) throw new Error('the demo’s site file is right');
  return site;
}

const measured = (day: string): LedgerDay => ({
  id: ledgerDayId({ day, station: 'k1', stream: 'wet' }),
  day,
  station: 'k1',
  stream: 'wet',
  depositedKg: 12,
  collectedKg: 0,
  origin: 'measured',
  heard: {},
  bins: 1,
  minutes: 1440,
  revision: 0,
});

async function seeded(days: readonly LedgerDay[] = []) {
  const ledger = memoryLedger(new Map(days.map((day) => [day.id, day])));
  const library = { site: demoSite(), ledger, dir: temporaryFolder(), now: NOW };
  await seedHistory(shell, library);
  const totals = () => ledger.totals(addDays(TODAY, -500), addDays(TODAY, 500));
  return { ledger, library, totals };
}

describe('the demo’s history', () => {
  it('is every figure of the sheet, up to the day before the site’s today', async () => {
    const { library, totals } = await seeded();
    const lines = readFileSync(path.join(library.dir, 'history.csv'), 'utf8').trim().split('\n');
    const told = lines.slice(1).map((line) => line.split(','));
    const sheetKg = told.reduce(
      (sum, [, , ...kg]) => sum + kg.reduce((a, b) => a + Number(b), 0),
      0,
    );
    const known = await totals();
    expect(known.reduce((sum, { kg }) => sum + kg, 0)).toBeCloseTo(sheetKg, 3);
    expect(
      known
        .map(({ period }) => period)
        .sort()
        .at(-1),
    ).toBe('2026-11-22');
    expect(new Set(known.map(({ basis, span }) => `${basis} ${span}`))).toEqual(
      new Set(['deposited day']),
    );
  });

  it('is not taken again at a restart, nor on another day', async () => {
    const { ledger, library, totals } = await seeded();
    const before = await totals();
    await seedHistory(shell, { ...library, now: instant(NOW + 3 * 86_400_000) });
    expect(await totals()).toEqual(before);
    expect(await ledger.imports(10)).toHaveLength(1);
  });

  it('ends before the first day that scales told of', async () => {
    const { totals } = await seeded([measured('2026-11-20'), measured('2026-11-23')]);
    const periods = (await totals()).map(({ period }) => period).sort();
    expect(periods.at(-1)).toBe('2026-11-19');
  });
});
