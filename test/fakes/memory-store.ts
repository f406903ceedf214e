// The store as plain arrays and maps, for stories that run the whole app in one process.
// It keeps the contract and nothing else: no disk, no threads, answers on the next microtask.
import type { Alarm } from '../../gateway/domain/alarm.ts';
import type { LedgerDay } from '../../gateway/domain/ledger.ts';
import { savedDay } from '../../gateway/domain/ledger-shelf.ts';
import type {
  DerivedEntry,
  Entry,
  LogRecord,
  ReadingEntry,
  RejectionEntry,
  Sequence,
} from '../../gateway/domain/record.ts';
import type { Ticket } from '../../gateway/domain/ticket.ts';
import { memoryEvidence } from './memory-evidence.ts';
import { memoryLedger } from './memory-ledger.ts';
import { memoryAccounts } from './memory-accounts.ts';
import { memorySecrets } from './memory-secrets.ts';
import { memoryHappenings } from './memory-happenings.ts';
import { memoryLosses } from './memory-losses.ts';
import { memoryOutbox } from './memory-outbox.ts';
import { ticketsBy } from './memory-tickets.ts';
import type {
  DeadLetter,
  Log,
  RawBytes,
  SeriesPoint,
  Store,
  StoreSettings,
} from '../../gateway/store/log.ts';
import { UTC_DAY, stepStart } from '../../gateway/store/grain.ts';
import { siteDays } from '../../gateway/domain/day.ts';
import { Fault } from '../../gateway/domain/fault.ts';
import { isMeasurement } from '../../gateway/domain/reading.ts';
import { valuesOf } from '../../gateway/domain/values.ts';
import { days } from '../../gateway/domain/time.ts';
import { isOpen } from '../../gateway/domain/ticket.ts';

export function memoryStore(day: NonNullable<StoreSettings['day']> = UTC_DAY): Store {
  const calendar = siteDays(day);
  const shelf = emptyShelf();
  const { records, cursors, slices, alarms, tickets, parked, ledgerDays } = shelf;
  const losses = memoryLosses();
  const happened = memoryHappenings();
  const outbox = memoryOutbox();
  const { save: saveKept, ...kept } = memoryEvidence();
  const isOver = (alarm: Alarm): boolean => alarm.state === 'normal';
  return {
    log: logOver(shelf),
    cursors: {
      position: async (follower) => cursors.get(follower) ?? 0,
      async move(follower, to, letters = []) {
        shelf.write([], () => {
          cursors.set(follower, to);
          for (const letter of letters)
            parked.set(`${follower} ${letter.sequence}`, { ...letter, follower });
        });
      },
    },
    step: {
      load: async () => ({
        cursor: cursors.get('step') ?? 0,
        slices: [...slices],
        alarms: [...alarms.values()].filter((alarm) => !isOver(alarm)),
        tickets: liveOf([...tickets.values()]),
        ledger: [...ledgerDays.values()].map(savedDay),
      }),
      async save({ cursor, puts, derived, ...changed }) {
        shelf.write(derived, () => {
          for (const [key, json] of puts) {
            if (json === null) slices.delete(key);
            else slices.set(key, json);
          }
          for (const alarm of changed.alarms) alarms.set(alarm.id, alarm);
          for (const ticket of changed.tickets) tickets.set(ticket.id, ticket);
          for (const day of changed.ledger ?? []) ledgerDays.set(day.id, day);
          happened.put(changed.happenings ?? []);
          if (changed.intake) losses.save(changed.intake);
          outbox.put(changed.notices ?? []);
          saveKept(changed.audit ?? [], changed.evidence ?? []);
          cursors.set('step', cursor);
        });
      },
      async tellAhead(notices) {
        shelf.write([], () => outbox.put(notices));
      },
    },
    books: {
      series: async ({ asset, quantity, from, to, step }) =>
        pointsOf(
          records
            .filter(isMeasured)
            .filter((record) => record.asset === asset && record.quantity === quantity)
            .filter(({ observedAt }) => observedAt >= from && observedAt < to),
          stepStart(step, calendar),
        ),
      alarms: async (state, limit) =>
        newestFirst(alarms, limit, (alarm) => state === 'all' || !isOver(alarm)),
      alarm: async (id) => alarms.get(id),
      tickets: async (state, limit) =>
        newestFirst(tickets, limit, (ticket) => state === 'all' || isOpen(ticket)),
      ticketsBy: async (query) => ticketsBy([...tickets.values()], query),
      ticket: async (id) => tickets.get(id),
      deadLetters: async (limit) => [...parked.values()].reverse().slice(0, limit),
      rejections: async (limit) =>
        records
          .filter((record) => record.kind === 'rejection')
          .slice(-limit)
          .reverse()
          .map((record) => rejectionView(record, shelf.raw.get(record.sequence))),
      pruned: async () => ({ rejections: [], gaps: [] }),
      intakeDays: losses.intakeDays,
      losses: losses.losses,
      ...happened.books,
    },
    ledger: memoryLedger(ledgerDays),
    secrets: memorySecrets(),
    accounts: memoryAccounts(),
    outbox,
    ...kept,
    health: () => ({
      state: 'ok',
      head: records.length,
      commits: shelf.commits(),
      lastCommitMs: 0,
      waitingEntries: 0,
      waitingBytes: 0,
      freeBytes: Number.MAX_SAFE_INTEGER,
    }),
    tidy: async () => undefined,
    close: async () => shelf.close(),
  };
}

/** Open ones, and those touched in the day before the last touch of any. */
function liveOf(tickets: readonly Ticket[]): Ticket[] {
  const touched = (ticket: Ticket): number => ticket.history.at(-1)?.at ?? ticket.raisedAt;
  const since = Math.max(...tickets.map(touched)) - days(1);
  return tickets.filter((ticket) => isOpen(ticket) || touched(ticket) > since);
}

type Shelf = ReturnType<typeof emptyShelf>;

function emptyShelf() {
  const records: LogRecord[] = [];
  const listeners = new Set<(head: Sequence) => void>();
  let commits = 0;
  let closed = false;
  return {
    records,
    listeners,
    raw: new Map<Sequence, Uint8Array>(),
    cursors: new Map<string, Sequence>(),
    slices: new Map<string, string>(),
    alarms: new Map<string, Alarm>(),
    tickets: new Map<string, Ticket>(),
    ledgerDays: new Map<string, LedgerDay>(),
    parked: new Map<string, DeadLetter & { follower: string }>(),
    commits: () => commits,
    close: () => void (closed = true),
    /** One transaction: entries go to the log, then `change` is made; gives the first sequence. */
    write(entries: readonly Entry[], change: () => void): Sequence {
      if (closed) throw new Fault('stopping', 'writing to the store: it is closed');
      const measured = entries.filter((entry) => 'value' in entry);
      if (!measured.every((entry) => Number.isFinite(entry.value))) {
        throw new Fault('store-write-failed', 'writing to the store: a value is no finite number');
      }
      const first = records.length + 1;
      for (const [index, entry] of entries.entries()) {
        records.push({ ...entry, sequence: first + index });
      }
      change();
      commits += 1;
      const head = records.length;
      if (entries.length > 0) queueMicrotask(() => listeners.forEach((listener) => listener(head)));
      return first;
    },
  };
}

function logOver(shelf: Shelf): Log {
  const { records, raw, listeners } = shelf;
  return {
    async append(entries, rawBytes: readonly RawBytes[] = []) {
      const first = shelf.write(entries, () => {});
      for (const { index, bytes } of rawBytes) raw.set(first + index, new Uint8Array(bytes));
      return first;
    },
    readAfter: async (cursor, limit) => records.slice(cursor, cursor + limit),
    valuesAfter: (cursor, limit) =>
      cursor < records.length ? valuesOf(records.slice(cursor, cursor + limit)) : undefined,
    head: () => records.length,
    onGrowth(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async recent(span) {
      const since = (records.at(-1)?.receivedAt ?? 0) - span;
      const start = records.findLastIndex((record) => record.receivedAt < since) + 1;
      return records.slice(start).filter(({ kind }) => kind === 'reading' || kind === 'rejection');
    },
  };
}

type Measured = (ReadingEntry | DerivedEntry) & { readonly sequence: Sequence };

const isMeasured = (record: LogRecord): record is LogRecord & Measured =>
  record.kind === 'derived' || (record.kind === 'reading' && isMeasurement(record.doubt));

function pointsOf(
  measured: readonly Measured[],
  startOf: (moment: number) => number,
): SeriesPoint[] {
  const steps = Map.groupBy(measured, ({ observedAt }) => startOf(observedAt));
  return [...steps]
    .toSorted(([a], [b]) => a - b)
    .map(([start, members]) => {
      const values = members.map(({ value }) => value);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return [start, Math.min(...values), mean, Math.max(...values), values.length];
    });
}

function newestFirst<T extends Alarm | Ticket>(
  all: ReadonlyMap<string, T>,
  limit: number,
  wanted: (one: T) => boolean,
): T[] {
  return [...all.values()]
    .reverse()
    .filter(wanted)
    .toSorted((a, b) => b.raisedAt - a.raisedAt)
    .slice(0, limit);
}

function rejectionView(
  { sequence, source, device, reason, detail, receivedAt }: RejectionEntry & { sequence: Sequence },
  bytes: Uint8Array | undefined,
) {
  return {
    sequence,
    source,
    reason,
    receivedAt,
    ...(device === undefined ? {} : { device }),
    ...(detail === undefined ? {} : { detail }),
    ...(bytes ? { rawHex: Buffer.from(bytes).toString('hex') } : {}),
  };
}
