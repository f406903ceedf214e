// Entries, alarms and tickets for the store's tests: a plain one of each, to be changed by `with`.
import type { Alarm } from '../../gateway/domain/alarm.ts';
import type { AuditEntry } from '../../gateway/domain/audit.ts';
import type { DerivedEntry, Entry, ReadingEntry } from '../../gateway/domain/record.ts';
import type { LedgerDay } from '../../gateway/domain/ledger.ts';
import { ledgerDayId } from '../../gateway/domain/ledger.ts';
import type { Ticket } from '../../gateway/domain/ticket.ts';
import type { SavedStep, StepCommit, StoreSettings } from '../../gateway/store/log.ts';
import { days, instant } from '../../gateway/domain/time.ts';

export const NOON = instant(Date.parse('2026-11-20T12:00:00+08:00'));
export const at = (afterMs: number) => instant(NOON + afterMs);

export const SHANGHAI = { zone: 'Asia/Shanghai', dayStartsAtMinute: 0 };

export const settingsFor = (dir: string): StoreSettings => ({
  dir,
  rawKeep: days(7),
  rawKeepBytes: 1_000_000,
  day: SHANGHAI,
});

export const reading = (changed: Partial<ReadingEntry> = {}): ReadingEntry => ({
  kind: 'reading',
  device: 'k1',
  asset: 'k1-wet',
  quantity: 'distance',
  value: 412,
  observedAt: NOON,
  receivedAt: NOON,
  digest: 0xdeadbeef,
  part: 0,
  ...changed,
});

export const derived = (changed: Partial<DerivedEntry> = {}): DerivedEntry => ({
  kind: 'derived',
  asset: 'k1-wet',
  quantity: 'fill',
  value: 0.735,
  observedAt: NOON,
  receivedAt: NOON,
  origin: 1,
  ...changed,
});

export const alarm = (changed: Partial<Alarm> = {}): Alarm => ({
  id: 'a1',
  rule: 'bin-full',
  asset: 'k1-wet',
  severity: 'medium',
  state: 'active-unacknowledged',
  quantity: 'fill',
  value: 0.92,
  text: 'fill above 0.9 for 10m',
  raisedAt: NOON,
  inside: [],
  ...changed,
});

export const ticket = (changed: Partial<Ticket> = {}): Ticket => ({
  id: 't1',
  number: 1,
  category: 'bin-full',
  severity: 'medium',
  asset: 'k1-wet',
  place: '1号投放点',
  title: '满溢',
  route: 'short',
  state: 'raised',
  team: 'cleaners',
  raisedBy: 'sensor',
  raisedAt: NOON,
  returns: 0,
  version: 1,
  alarms: ['a1'],
  photos: [],
  history: [],
  ...changed,
});

export const stepCommit = (changed: Partial<StepCommit> = {}): StepCommit => ({
  cursor: 0,
  puts: [],
  alarms: [],
  tickets: [],
  derived: [],
  ...changed,
});

/** What a new store's step has to go on from. */
export const NOTHING_KEPT: SavedStep = {
  cursor: 0,
  slices: [],
  alarms: [],
  tickets: [],
  ledger: [],
};

/** A healthy day of one wet bin. */
export function ledgerDay(changed: Partial<LedgerDay> = {}): LedgerDay {
  const day: Omit<LedgerDay, 'id'> = {
    day: '2026-11-20',
    station: 'k1',
    stream: 'wet',
    depositedKg: 41.2,
    collectedKg: 40,
    origin: 'measured',
    heard: { 'k1-wet': [0, 1440] },
    bins: 1,
    minutes: 1440,
    revision: 0,
    ...changed,
  };
  return { id: ledgerDayId(day), ...day };
}

/** One entry of every kind, with every optional field somewhere present and somewhere absent. */
export const ONE_OF_EACH: readonly Entry[] = [
  reading({ seq: 65535, part: 2 }),
  reading({ observedAt: at(-4000), doubt: 'late' }),
  derived(),
  {
    kind: 'rejection',
    source: 'bins-line',
    device: 'k1',
    reason: 'out-of-range',
    detail: 'distance 99999 mm, at most 20000',
    seq: 7,
    digest: 1,
    receivedAt: NOON,
  },
  { kind: 'rejection', source: 'broker', reason: 'not-json', receivedAt: NOON },
  { kind: 'link', of: 'source', id: 'bins-line', state: 'down', why: 'close', receivedAt: NOON },
  { kind: 'link', of: 'device', id: 'k1', state: 'up', receivedAt: NOON },
  { kind: 'gateway', event: 'started', receivedAt: NOON },
  {
    kind: 'command',
    on: 'ticket',
    id: 't1',
    action: 'rectify',
    by: '王师傅',
    role: 'cleaner',
    body: { note: 'emptied "twice"', nested: { list: [1, null, 'x'] } },
    key: 'abc',
    receivedAt: NOON,
  },
  { kind: 'tick', receivedAt: at(1) },
];

/** Something that was done, as the audit chain has it. */
export const done = (sequence: number, more: Partial<AuditEntry> = {}): AuditEntry => ({
  sequence,
  place: 0,
  at: at(sequence),
  by: 'wang',
  role: 'engineer',
  on: 'ticket',
  id: `T${sequence}`,
  action: 'take',
  from: 'raised',
  to: 'answered',
  detail: '{"changed":{"assignee":"wang"}}',
  ...more,
});
