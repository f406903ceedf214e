// 100,000 tickets in the store: how long it takes to list the open ones, to filter, to show one. Asked
// as the API asks, through the reader's thread.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isOpen } from '../../../gateway/domain/ticket.ts';
import { days, instant } from '../../../gateway/domain/time.ts';
import { DATABASE } from '../../../gateway/store/connection.ts';
import type { Books, Store } from '../../../gateway/store/log.ts';
import { openStore } from '../../../gateway/store/sqlite-store.ts';
import { manyTickets } from '../../fakes/many-tickets.ts';
import { courtyard } from '../candidates/courtyard.ts';
import type { Part } from './part.ts';

const COUNT = 100_000;
const TIMES = 100;
const NOW = instant(Date.parse('2026-11-01T00:00:00Z'));

export const tickets: Part = {
  name: 'tickets',
  title: `${COUNT} tickets: list, filter, detail`,
  isQuick: false,
  async measure({ plan, book }) {
    const dir = mkdtempSync(path.join(tmpdir(), 'courtyard-bench-'));
    try {
      await (await opened(dir)).close();
      fill(path.join(dir, DATABASE));
      const store = await opened(dir);
      for (let run = 0; run < plan.runs; run += 1) {
        for (const [figure, ask] of Object.entries(ASKED))
          book.add(
            figure as keyof typeof ASKED,
            courtyard.name,
            await medianMs(() => ask(store.books)),
          );
      }
      await store.close();
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
};

const page = { limit: 50 };
const ASKED = {
  ticketList: (books: Books) => books.ticketsBy({ ...page, state: 'open' }),
  ticketFilter: (books: Books) => books.ticketsBy({ ...page, category: 'lamp', severity: 'low' }),
  ticketOverdue: (books: Books) => books.ticketsBy({ ...page, overdueAt: NOW, team: 'engineers' }),
  ticketDetail: (books: Books) => books.ticket('T77777'),
};

const opened = (dir: string): Promise<Store> =>
  openStore({ dir, rawKeep: days(1), rawKeepBytes: 1_000_000, followers: [] });

function fill(file: string): void {
  using db = new DatabaseSync(file);
  const put = db.prepare('INSERT INTO tickets VALUES (?, ?, ?, ?, ?)');
  db.exec('BEGIN');
  for (const one of manyTickets(COUNT))
    put.run(one.id, isOpen(one) ? 1 : 0, one.raisedAt, one.raisedAt, JSON.stringify(one));
  db.exec('COMMIT');
}

async function medianMs(ask: () => Promise<unknown>): Promise<number> {
  const took: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const began = performance.now();
    await ask();
    took.push(performance.now() - began);
  }
  return took.toSorted((a, b) => a - b)[TIMES >> 1] ?? Number.NaN;
}
