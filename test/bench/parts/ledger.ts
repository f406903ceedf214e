// A year of 200 bins: how fast their weights go through the fold, and how long the ledger of the year
// takes to answer. Asked as the API asks, through the reader's thread.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { LedgerQuery } from '../../../gateway/api/desk.ts';
import { createStanding } from '../../../gateway/domain/standing.ts';
import { days, instant } from '../../../gateway/domain/time.ts';
import { createLedgerDesk } from '../../../gateway/flow/weights/ledger-desk.ts';
import { DATABASE } from '../../../gateway/store/connection.ts';
import { ledgerTables } from '../../../gateway/store/ledger-tables.ts';
import type { Store } from '../../../gateway/store/log.ts';
import { openStore } from '../../../gateway/store/sqlite-store.ts';
import { courtyard } from '../candidates/courtyard.ts';
import { foldedReadings, YEAR_PLACE } from '../folded-year.ts';
import { LAST_DAY, ledgerYear } from '../ledger-year.ts';
import type { Part } from './part.ts';

/** A reading a minute. */
const READINGS_OF_A_YEAR = 200 * 365 * 24 * 60;
const TIMES = 9;
const NOW = instant(Date.parse(`${LAST_DAY}T12:00:00+08:00`));
const YEAR = { from: '2025-11-01', to: LAST_DAY };

export const ledger: Part = {
  name: 'ledger',
  title: 'a year of 200 bins: the fold, the chart, the ledger',
  isQuick: true,
  async measure({ plan, book, tell }) {
    const usual = plan.runs === 1 ? 6 * 60 : 24 * 60;
    const minutesFed = plan.daysFed === undefined ? usual : plan.daysFed * 24 * 60;
    for (let run = 0; run < plan.runs; run += 1) {
      const { perSecond, bytesPerReading } = await foldedReadings(minutesFed);
      const hours = Math.round(READINGS_OF_A_YEAR / perSecond / 360) / 10;
      const gigabytes = Math.round((READINGS_OF_A_YEAR * bytesPerReading) / 1e8) / 10;
      book.note(
        `a year of 200 bins at this pace: ${hours} h, and ${gigabytes} GB if nothing of it were pruned`,
      );
      book.add('foldRate', courtyard.name, perSecond);
      book.add('readingBytes', courtyard.name, bytesPerReading);
      tell(`${Math.round(perSecond)} readings a second, ${bytesPerReading.toFixed(1)} bytes each`);
    }
    const dir = mkdtempSync(path.join(tmpdir(), 'courtyard-bench-'));
    try {
      await (await opened(dir)).close();
      fill(path.join(dir, DATABASE));
      const began = performance.now();
      const store = await opened(dir);
      createStanding(await store.step.load());
      book.add('ledgerStart', courtyard.name, performance.now() - began);
      for (let run = 0; run < plan.runs; run += 1)
        for (const [figure, query] of Object.entries(ASKED))
          book.add(figure as keyof typeof ASKED, courtyard.name, await medianMs(store, query));
      await store.close();
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
};

const ASKED = {
  yearChart: { ...YEAR, by: 'month' },
  ledgerStation: { ...YEAR, by: 'day', station: 'k7', stream: 'wet' },
  ledgerMonth: { from: '2026-10', to: '2026-10', station: 'k7' },
  ledgerDays: { from: '2026-10', to: '2026-10' },
  yearCompared: { ...YEAR, by: 'month', compare: 'last-year' },
} as const satisfies Record<string, LedgerQuery>;

const opened = (dir: string): Promise<Store> =>
  openStore({ dir, rawKeep: days(1), rawKeepBytes: 1_000_000, followers: [] });

function fill(file: string): void {
  using db = new DatabaseSync(file);
  db.exec('BEGIN');
  ledgerTables(db).saveDays([...ledgerYear(2 * 365)]);
  db.exec('COMMIT');
}

async function medianMs(store: Store, query: LedgerQuery): Promise<number> {
  const desk = createLedgerDesk({
    place: YEAR_PLACE,
    ledger: store.ledger,
    clock: { now: () => NOW },
    head: () => 0,
  });
  const took: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const began = performance.now();
    const answer = await desk(query);
    if (!answer.ok) throw new Error(answer.detail);
    took.push(performance.now() - began);
  }
  return took.toSorted((a, b) => a - b)[TIMES >> 1] ?? Number.NaN;
}
