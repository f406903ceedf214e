// How everything stands: what the fold over the log knows after its last record.
// Kept in slices by key, so that a record touches few of them and only those are saved.
// Slices are never changed in place: a new value is put, and the put is remembered until saved.
import type { Alarm } from './alarm.ts';
import type { AssetId } from './asset.ts';
import { createAgenda, type Agenda } from './agenda.ts';
import { createIntakeBook, type IntakeBook, type IntakeChanges } from './intake-book.ts';
import type { ClockState } from './clock-state.ts';
import type { Quantity } from './quantity.ts';
import type { Doubt } from './reading.ts';
import type { Lag } from './lag.ts';
import { STAYS_IN_MIND, type LedgerDay } from './ledger.ts';
import type { Person } from './person.ts';
import type { SettledWeight } from './settled-weight.ts';
import type { Stretches } from './stretch.ts';
import { isOpen, mayReopen, type Ticket } from './ticket.ts';
import { earlier, instant, type Instant } from './time.ts';

export interface Latest {
  readonly value: number;
  readonly observedAt: Instant;
  readonly receivedAt: Instant;
  /** Since when it was repeated without a gap: it differed before, or had gone stale. */
  readonly changedAt: Instant;
  readonly doubt?: Doubt;
}

export interface AssetStanding {
  readonly latest: Readonly<Partial<Record<Quantity, Latest>>>;
}

/** Past this many expected intervals a value is no longer current. */
export const STALE_AFTER = 5;

export interface DeviceStanding extends Lag {
  readonly heardAt?: Instant;
  /** When a bigger fault that had explained its silence ended; it then has its full time again. */
  readonly pardonedAt?: Instant;
  /** What its own last will or birth message says. */
  readonly link?: 'up' | 'down';
  readonly linkAt?: Instant;
}

export interface SourceStanding {
  readonly state: 'up' | 'down';
  readonly since: Instant;
  readonly why?: string;
}

/**
 *            violated                hold over
 *   quiet ─────────────▶ holding ─────────────────▶ raised
 *     ▲                    │  ▲ │ a bigger alarm       │
 *     │      clear         │  │ ▼ explains it          │ clear
 *     ├────────────────────┘  inhibited                │
 *     └────────────────────────────────────────────────┘
 */
export interface Watch {
  readonly phase: 'quiet' | 'holding' | 'inhibited' | 'raised';
  /** When the condition began to hold. */
  readonly since?: Instant;
  readonly value?: number;
  /** The alarm that it raised, or, when quiet, the last one that it had. */
  readonly alarm?: string;
  /** Inhibited: the key of the watch that explains it. */
  readonly explainedBy?: string;
}

export interface GatewayStanding {
  readonly startedAt: Instant;
  /** When it last woke from standing still; nothing was heard before that. */
  readonly wokeAt?: Instant;
  /** The run of the process that `startedAt` began, and what is thought of its clock. */
  readonly boot?: string;
  readonly clock?: ClockState;
  /** What waits to be written again at its right moment. */
  readonly stretches?: Stretches;
  /** Receipt of the last record folded; what a restart measures its outage from. */
  readonly lastAt: Instant;
  readonly alarmsRaised: number;
  readonly ticketsOpened: number;
}

export interface Slices<T> {
  get(id: string): T | undefined;
  put(id: string, value: T): void;
  all(): Iterable<[string, T]>;
}

/** What a record moved, for whoever shows it. */
export interface Touched {
  readonly kind: 'asset' | 'device' | 'source' | 'alarm' | 'ticket';
  readonly id: string;
}

export interface StandingChanges {
  readonly puts: readonly (readonly [key: string, json: string | null])[];
  readonly alarms: readonly Alarm[];
  readonly tickets: readonly Ticket[];
  readonly ledger: readonly LedgerDay[];
  /** Absent where nothing was counted. */
  readonly intake?: IntakeChanges;
}

export interface Standing {
  readonly assets: Slices<AssetStanding>;
  /** The one slice that is changed in place: readings come by the thousand, and each is one of many here. */
  putLatest(asset: AssetId, quantity: Quantity, latest: Latest): void;
  readonly devices: Slices<DeviceStanding>;
  readonly sources: Slices<SourceStanding>;
  readonly watches: Slices<Watch>;
  /** Active or unacknowledged ones; those that are over leave with the save that says so. */
  readonly alarms: Slices<Alarm>;
  /** Open ones, and those that ended less than a day ago: they may still be reopened. */
  readonly tickets: Slices<Ticket>;
  /** Who works here, the disabled ones too. */
  readonly people: Slices<Person>;
  /** Where each bin's weight rests. */
  readonly weights: Slices<SettledWeight>;
  /** The days that a late reading may still change. */
  readonly ledger: Slices<LedgerDay>;
  /** What was heard and what was lost: counted in place, apart from the slices. */
  readonly intake: IntakeBook;
  readonly agenda: Agenda;
  gateway(): GatewayStanding;
  putGateway(change: Partial<GatewayStanding>): void;
  /** Whether an alarm or a ticket changed since: more than readings, worth saving at once. */
  hasNews(): boolean;
  /** What was put since the last call, once each, by kind and in order of its first put. */
  takeTouched(): Touched[];
  /** The same for the store, as whole new values. */
  takeChanges(): StandingChanges;
}

export interface SavedStanding {
  readonly slices: readonly (readonly [key: string, json: string])[];
  readonly alarms: readonly Alarm[];
  readonly tickets: readonly Ticket[];
  readonly ledger?: readonly LedgerDay[];
}

const NEW_GATEWAY: GatewayStanding = {
  startedAt: instant(0),
  lastAt: instant(0),
  alarmsRaised: 0,
  ticketsOpened: 0,
};

const SAVED_KINDS = ['asset', 'device', 'source', 'watch', 'weight', 'person', 'gateway'] as const;
type SavedKind = (typeof SAVED_KINDS)[number];
const TOUCHED_KINDS = ['source', 'device', 'asset', 'alarm', 'ticket'] as const;

export function createStanding(saved: SavedStanding): Standing {
  const maps = mapsOf(saved.slices);
  const dirty = eachKind<SavedKind>(SAVED_KINDS);
  const touched = eachKind<Touched['kind']>(TOUCHED_KINDS);
  const slices = <T>(kind: SavedKind): Slices<T> => {
    const shown = isTouchedKind(kind) ? [touched[kind]] : [];
    return trackedSlices(maps[kind] as Map<string, T>, inAll([dirty[kind], ...shown]));
  };
  const { alarms, tickets, ledger } = booksOf(saved, (kind, id) => touched[kind].add(id));
  const gateway = slices<GatewayStanding>('gateway');
  const assets = slices<AssetStanding>('asset');
  const intake = createIntakeBook(saved.slices);

  return {
    assets,
    putLatest: (asset, quantity, latest) => putLatest(assets, asset, { quantity, latest }),
    devices: slices('device'),
    sources: slices('source'),
    watches: slices('watch'),
    alarms: alarms.slices,
    tickets: tickets.slices,
    people: slices('person'),
    weights: slices('weight'),
    ledger: ledger.slices,
    intake,
    agenda: createAgenda(),
    gateway: () => gateway.get('all') ?? NEW_GATEWAY,
    putGateway: (change) =>
      gateway.put('all', { ...(gateway.get('all') ?? NEW_GATEWAY), ...change }),
    hasNews: () => alarms.hasChanged() || tickets.hasChanged(),
    takeTouched: () =>
      TOUCHED_KINDS.flatMap((kind) => taken(touched[kind], (id) => ({ kind, id }))),
    takeChanges() {
      const counted = intake.take();
      const puts = SAVED_KINDS.flatMap((kind) =>
        taken(dirty[kind], (id) => [`${kind}:${id}`, jsonOf(maps[kind], id)] as const),
      );
      const now = (gateway.get('all') ?? NEW_GATEWAY).lastAt;
      return {
        puts: [...puts, ...counted.puts],
        alarms: alarms.take(now),
        tickets: tickets.take(now),
        ledger: ledger.take(now),
        ...(counted.changes && { intake: counted.changes }),
      };
    },
  };
}

function putLatest(
  assets: Slices<AssetStanding>,
  asset: AssetId,
  { quantity, latest }: { readonly quantity: Quantity; readonly latest: Latest },
): void {
  const known = assets.get(asset);
  if (known) (known.latest as Partial<Record<Quantity, Latest>>)[quantity] = latest;
  assets.put(asset, known ?? { latest: { [quantity]: latest } });
}

const inAll =
  (sets: readonly Set<string>[]) =>
  (id: string): void => {
    for (const set of sets) set.add(id);
  };

/** All that is in the set, which is empty from then on. */
function taken<T>(set: Set<string>, as: (id: string) => T): T[] {
  const all = [...set].map(as);
  set.clear();
  return all;
}

/** One set for each kind: a key made of both would be a new text for every reading. */
const eachKind = <K extends string>(kinds: readonly K[]): Record<K, Set<string>> =>
  Object.fromEntries(kinds.map((kind) => [kind, new Set<string>()])) as Record<K, Set<string>>;

const isTouchedKind = (kind: string): kind is Touched['kind'] =>
  (TOUCHED_KINDS as readonly string[]).includes(kind);

/** What has a table of its own in the store, and when it is over. */
function booksOf(saved: SavedStanding, touch: (kind: 'alarm' | 'ticket', id: string) => unknown) {
  return {
    alarms: booked(saved.alarms, {
      isOver: (alarm) => alarm.state === 'normal',
      touch: (id) => touch('alarm', id),
    }),
    tickets: booked(saved.tickets, {
      isOver: (ticket, now) => !isOpen(ticket) && !mayReopen(ticket, now),
      touch: (id) => touch('ticket', id),
    }),
    ledger: booked(saved.ledger ?? [], {
      isOver: ({ day }, now) => day < utcDate(earlier(now, STAYS_IN_MIND)),
      touch: () => undefined,
    }),
  };
}

function mapsOf(slices: SavedStanding['slices']): Record<SavedKind, Map<string, unknown>> {
  const maps: Record<SavedKind, Map<string, unknown>> = {
    asset: new Map(),
    device: new Map(),
    source: new Map(),
    watch: new Map(),
    weight: new Map(),
    person: new Map(),
    gateway: new Map(),
  };
  for (const [key, json] of slices) {
    const kind = SAVED_KINDS.find((word) => key.startsWith(`${word}:`));
    if (kind) maps[kind].set(key.slice(kind.length + 1), JSON.parse(json));
  }
  return maps;
}

function trackedSlices<T>(map: Map<string, T>, touch: (id: string) => void): Slices<T> {
  return {
    get: (id) => map.get(id),
    put(id, value) {
      map.set(id, value);
      touch(id);
    },
    all: () => map.entries(),
  };
}

/** Slices with a book of their own in the store; what is over is forgotten here, not there. */
function booked<T extends { readonly id: string }>(
  saved: readonly T[],
  { isOver, touch }: { isOver: (item: T, now: Instant) => boolean; touch: (id: string) => unknown },
) {
  const map = new Map(saved.map((item) => [item.id, item]));
  const dirty = new Set<string>();
  return {
    slices: trackedSlices(map, (id) => {
      dirty.add(id);
      touch(id);
    }),
    hasChanged: () => dirty.size > 0,
    take(now: Instant): T[] {
      const changed = [...dirty].flatMap((id) => map.get(id) ?? []);
      dirty.clear();
      if (changed.length > 0) for (const [id, item] of map) if (isOver(item, now)) map.delete(id);
      return changed;
    },
  };
}

function jsonOf(map: ReadonlyMap<string, unknown>, id: string): string | null {
  const value = map.get(id);
  return value === undefined ? null : JSON.stringify(value);
}

const utcDate = (moment: Instant): string => new Date(moment).toISOString().slice(0, 10);
