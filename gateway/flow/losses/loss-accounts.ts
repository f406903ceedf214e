// The days of the loss ledger as people ask for them: the store's counts, added up per source, per
// device and in all. What was given up by policy had been heard, so that
//   heard = stored + shed + overflow + storage
// holds of every row by the way it is made, and what is lost beyond that nobody has heard.
import type { IntakeDayView, LossView } from '../../api/schemas.ts';
import type { LocalDay } from '../../domain/day.ts';
import { DROPS, type LossRow } from '../../domain/loss.ts';
import type { IntakeDays } from '../../store/log.ts';
import { lineOf } from './loss-line.ts';
import { iso } from '../views.ts';

type Account = Pick<IntakeDayView, 'heard' | 'stored' | 'readings' | 'rejected' | 'lost' | 'noted'>;

export interface DayParts {
  readonly day: LocalDay;
  readonly isOver: boolean;
  readonly books: IntakeDays;
  /** The day's losses, or the latest of them. */
  readonly losses: readonly LossRow[];
  /** Devices have a row of their own, or are within their sources. */
  readonly with: 'devices' | 'sources';
}

export function dayAccount({ day, isOver, books, losses, with: rows }: DayParts): IntakeDayView {
  const all = emptyAccount();
  const sources = new Map<string, Account>();
  const devices = new Map<string, Account & { readonly source: string }>();
  const accountsOf = (source: string, device: string): Account[] => [
    all,
    rowIn(sources, source, emptyAccount),
    ...(device === '' ? [] : [rowIn(devices, device, () => ({ source, ...emptyAccount() }))]),
  ];
  for (const one of books.counts.filter((each) => each.day === day)) {
    for (const account of accountsOf(one.source, one.device)) {
      account.heard += one.frames;
      account.stored += one.frames;
      account.readings += one.readings;
    }
  }
  for (const one of books.reasons.filter((each) => each.day === day)) {
    const wasHeard = DROPS.some((drop) => drop === one.reason);
    for (const account of accountsOf(one.source, one.device)) {
      account[one.kind][one.reason] = (account[one.kind][one.reason] ?? 0) + one.count;
      if (wasHeard) account.heard += one.count;
    }
  }
  const lostInAll = sum(all.lost);
  return {
    day,
    isOver,
    line: lineOf({ day, ...all, lostInAll, losses: losses.filter((each) => each.day === day) }),
    ...all,
    lostInAll,
    sources: [...sources].map(([id, account]) => ({ id, ...account })).toSorted(byId),
    devices:
      rows === 'devices'
        ? [...devices].map(([id, account]) => ({ id, ...account })).toSorted(byId)
        : [],
  };
}

export function lossView({ from, to, ...row }: LossRow): LossView {
  return { ...row, from: iso(from), to: iso(to) };
}

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

const emptyAccount = (): Account => ({
  heard: 0,
  stored: 0,
  readings: 0,
  rejected: {},
  lost: {},
  noted: {},
});

function rowIn<T>(rows: Map<string, T>, id: string, make: () => T): T {
  const known = rows.get(id);
  if (known) return known;
  const made = make();
  rows.set(id, made);
  return made;
}
