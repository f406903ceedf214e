// The store over SQLite. Nothing here touches the disk: the writer's thread owns all writes, the
// reader's answers all questions. A promise resolves only after its transaction is durable.
//
//   append, move, save ─▶ group commit ─▶ writer ─▶ courtyard.db ◀─ reader ◀─ series, alarms, …
//                                            └─▶ head, tail, listeners
import path from 'node:path';
import type { Books, Ledger, Outbox, RawBytes, Store, StoreSettings } from './log.ts';
import type { GrowingLog } from './growing-log.ts';
import type { ReaderThread } from './reader-thread.ts';
import { DATABASE } from './connection.ts';
import { AT_ONCE, type Gathering } from './group-commit.ts';
import { growingLog } from './growing-log.ts';
import { readAhead } from './read-ahead.ts';
import { openReader } from './reader-thread.ts';
import { suspect } from './set-aside.ts';
import { storeGauge, type StoreGauge } from './store-gauge.ts';
import { openWriter, type WriterHealth } from './writer-thread.ts';

/**
 * Opens the store in `settings.dir`, making it where it is missing. Rejects with
 * `store-unavailable`, `store-in-use`, `store-newer` or `store-not-durable`.
 */
export async function openStore(settings: StoreSettings): Promise<Store> {
  const writer = await openWriter(settings);
  let isDamaged = false;
  const reader = openReader({
    file: path.join(settings.dir, DATABASE),
    day: settings.day,
    onDamage(words) {
      isDamaged = true;
      suspect(settings.dir, words);
    },
  });
  const fromDisk = readAhead((...question) => reader.ask('pagesAfter', ...question));
  const gauge = await storeGauge(settings.dir);
  const growing = growingLog({ writer, gauge, gathering: gatheringOf(settings) });
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await growing.finish();
    await reader.close(); // first: the journal is folded in only when nobody reads it
    await writer.close();
  };
  return {
    log: {
      append: (entries, raw = []) =>
        growing.write({ kind: 'append', entries, raw: raw.map(ownBytes) }),
      readAfter: async (cursor, limit) =>
        growing.tailAfter(cursor, limit) ?? fromDisk(cursor, limit),
      valuesAfter: growing.valuesAfter,
      head: writer.head,
      onGrowth: growing.onGrowth,
      recent: (span) => reader.ask('recent', span),
    },
    ...foldsOf(growing, reader),
    books: booksOf(reader),
    ledger: ledgerOf(growing, reader),
    ...entranceOf(growing, reader),
    outbox: outboxOf(growing, reader),
    ...keptOf(growing, reader),
    health: () => ({
      ...together(gauge.read(), writer.health()),
      ...growing.waiting(),
      ...(isDamaged && { isDamaged }),
      head: writer.head(),
    }),
    tidy: () => growing.tidy(),
    close: () => (closed ??= close()),
  };
}

/** What was measured here, and what only the writer knows. */
const together = (measured: ReturnType<StoreGauge['read']>, told: WriterHealth) => ({
  ...measured,
  ...told,
  notes: [...(told.notes ?? []), ...(measured.notes ?? [])],
});

/** A second of readings becomes one write to the card, unless a person waits for one of them. */
const TO_SPARE_THE_CARD: Gathering = { ms: 1000, entries: 4096, above: 0 };

const gatheringOf = ({ sync }: StoreSettings): Gathering =>
  sync === 'wear' ? TO_SPARE_THE_CARD : AT_ONCE;

function foldsOf(growing: GrowingLog, reader: ReaderThread): Pick<Store, 'cursors' | 'step'> {
  return {
    cursors: {
      position: (follower) => reader.ask('position', follower),
      async move(follower, to, parked = []) {
        await growing.write({ kind: 'move', follower, to, parked });
      },
    },
    step: {
      load: () => reader.ask('load'),
      async save(commit) {
        await growing.write({ kind: 'save', commit });
      },
      async tellAhead(notices) {
        await growing.write({ kind: 'tell', notices });
      },
    },
  };
}

const booksOf = (reader: ReaderThread): Books => ({
  series: (query) => reader.ask('series', query),
  alarms: (state, limit) => reader.ask('alarms', state, limit),
  alarm: (id) => reader.ask('alarm', id),
  tickets: (state, limit) => reader.ask('tickets', state, limit),
  ticketsBy: (query) => reader.ask('ticketsBy', query),
  ticket: (id) => reader.ask('ticket', id),
  deadLetters: (limit) => reader.ask('deadLetters', limit),
  rejections: (limit) => reader.ask('rejections', limit),
  pruned: () => reader.ask('pruned'),
  intakeDays: (from, to) => reader.ask('intakeDays', from, to),
  losses: (query) => reader.ask('losses', query),
  happenings: (query) => reader.ask('happenings', query),
  happening: (kind, id) => reader.ask('happening', kind, id),
});

const ledgerOf = (growing: GrowingLog, reader: ReaderThread): Ledger => ({
  days: (from, to) => reader.ask('ledgerDays', from, to),
  sums: (query) => reader.ask('ledgerSums', query),
  totals: (from, to) => reader.ask('importedTotals', from, to),
  figures: (source) => reader.ask('importedFigures', source),
  imports: (limit) => reader.ask('imports', limit),
  async take(figures, note) {
    await growing.write({ kind: 'take', figures, note });
  },
});

const outboxOf = (growing: GrowingLog, reader: ReaderThread): Outbox => ({
  waiting: (channel, limit) => reader.ask('waitingNotices', channel, limit),
  async settle(channel, outcomes) {
    await growing.write({ kind: 'settle', channel, outcomes });
  },
  counts: () => reader.ask('outboxCounts'),
  notes: (state, limit) => reader.ask('notesOf', state, limit),
  note: (id) => reader.ask('noteBy', id),
});

const entranceOf = (
  growing: GrowingLog,
  reader: ReaderThread,
): Pick<Store, 'secrets' | 'accounts'> => ({
  secrets: {
    all: () => reader.ask('secrets'),
    async put(secret) {
      await growing.write({ kind: 'secret', secret });
    },
  },
  accounts: {
    load: () => reader.ask('accounts'),
    async change(change) {
      await growing.write({ kind: 'account', change });
    },
  },
});

const keptOf = (
  growing: GrowingLog,
  reader: ReaderThread,
): Pick<Store, 'audit' | 'evidence' | 'photos'> => ({
  audit: {
    entries: (query) => reader.ask('auditEntries', query),
    head: () => reader.ask('auditHead'),
  },
  evidence: {
    of: (alarm) => reader.ask('evidenceOf', alarm),
    unfinished: (limit) => reader.ask('unfinishedEvidence', limit),
    async complete(evidence) {
      await growing.write({ kind: 'exhibits', exhibits: { evidence: [evidence] } });
    },
  },
  photos: {
    all: () => reader.ask('photos'),
    of: (id) => reader.ask('photoOf', id),
    count: (by, since) => reader.ask('photoCount', by, since),
    async note({ add = [], forget = [] }) {
      await growing.write({ kind: 'exhibits', exhibits: { photos: add, forget } });
    },
  },
});

/** A Buffer is often a view of a larger pool, all of which would travel to the writer with it. */
const ownBytes = ({ index, bytes }: RawBytes): RawBytes => ({
  index,
  bytes: new Uint8Array(bytes),
});
