// How everything stands: what the fold over the log knows after its last record.
// Kept in slices by key, so that a record touches few of them and only those are saved.
// Slices are never changed in place: a new value is put, and the put is remembered until saved.
import type { Alarm } from './alarm.ts';
import { alarmsAbout } from './alarms-about.ts';
import { createAgenda, type Agenda } from './agenda.ts';
import type { AssetId } from './asset.ts';
import { createIntakeBook, type IntakeBook, type IntakeChanges } from './intake-book.ts';
import type { ClockState } from './clock-state.ts';
import type { Container } from './container.ts';
import type { FillLevel } from './fill-level.ts';
import type { Happening } from './happening.ts';
import type { Pace } from './pace.ts';
import type { Flood } from './flood.ts';
import type { Mailbag } from './mailbag.ts';
import type { Maintenance } from './maintenance.ts';
import type { Lag } from './lag.ts';
import type { AssetStanding } from './latest.ts';
import type { LedgerDay } from './ledger.ts';
import { ledgerShelf, type LedgerDays, type SavedDay } from './ledger-shelf.ts';
import type { Person, PersonId } from './person.ts';
import type { Post } from './post.ts';
import type { Report } from './report.ts';
import type { Rhythm } from './rhythm.ts';
import type { Round } from './round.ts';
import type { SettledWeight } from './settled-weight.ts';
import { booked, trackedSlices, type LastingSlices, type Slices, type Tracked } from './slices.ts';
import type { Stretches } from './stretch.ts';
import { isOpen, mayReopen, type Team, type Ticket } from './ticket.ts';
import { instant, type Instant } from './time.ts';
import type { Trace } from './trace.ts';

export { STALE_AFTER, type AssetStanding, type Latest } from './latest.ts';

export interface DeviceStanding extends Lag {
  readonly heardAt?: Instant;
  /** When a bigger fault that had explained its silence ended; it then has its full time again. */
  readonly pardonedAt?: Instant;
  /** What its own last will or birth message says. */
  readonly link?: 'up' | 'down';
  readonly linkAt?: Instant;
  /** Kept where a rule learns from it. */
  readonly pace?: Pace;
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
  /** Raised: since when its condition is gone, unbroken, though it must be so for longer. */
  readonly clearSince?: Instant;
  /** Nothing before this counts towards a hold: people were at work until then. */
  readonly freshFrom?: Instant;
  /** When it last cleared, the oldest first: whether it chatters. */
  readonly returns?: readonly Instant[];
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
  /** To whom each team's last ticket went, where a team's tickets go round. */
  readonly turns?: Readonly<Partial<Record<Team, PersonId>>>;
}

export type { Slices } from './slices.ts';

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
  readonly happenings: readonly Happening[];
  /** Absent where nothing was counted. */
  readonly intake?: IntakeChanges;
}

export interface Standing {
  readonly assets: LastingSlices<AssetStanding>;
  readonly devices: LastingSlices<DeviceStanding>;
  readonly sources: Slices<SourceStanding>;
  readonly watches: Slices<Watch>;
  /** Active or unacknowledged ones; those that are over leave with the save that says so. */
  readonly alarms: Slices<Alarm>;
  /** Those that are active on an asset, the longest active first. */
  alarmsAbout(asset: AssetId): readonly Alarm[];
  /** Open ones, and those that ended less than a day ago: they may still be reopened. */
  readonly tickets: Slices<Ticket>;
  /** Who works here, the disabled ones too. */
  readonly people: Slices<Person>;
  /** Digests of the site file's parts at the last start, under `all`. */
  readonly site: Slices<Readonly<Record<string, string>>>;
  /** Where each bin's weight rests. */
  readonly weights: Slices<SettledWeight>;
  /** What people are or were at work on, by asset. */
  readonly maintenance: Slices<Maintenance>;
  /** What came to each team of late, by team. */
  readonly floods: Slices<Flood>;
  /** The last readings of what is judged by where it came from, by watch. */
  readonly traces: Slices<Trace>;
  /** When what is counted was raised, oldest first, by the watch that counts. */
  readonly raisings: Slices<readonly Instant[]>;
  /** What each rule asked when it was last looked at, by its id: a changed one is judged anew. */
  readonly asked: Slices<string>;
  /** What stands at each bin's place, and how it fills. */
  readonly containers: Slices<Container>;
  readonly fillLevels: Slices<FillLevel>;
  readonly rhythms: Slices<Rhythm>;
  /** Residents' words on tickets that are in mind; rounds under way; the notice board. */
  readonly reports: Slices<Report>;
  readonly rounds: Slices<Round>;
  readonly posts: Slices<Post>;
  readonly mailbags: Slices<Mailbag>;
  /** Writes down what happened, new or as it is now. */
  keep(happening: Happening): void;
  /** The days that a late reading may still change. */
  readonly ledger: LedgerDays;
  /** What was heard and what was lost: counted in place, apart from the slices. */
  readonly intake: IntakeBook;
  readonly agenda: Agenda;
  gateway(): GatewayStanding;
  putGateway(change: Partial<GatewayStanding>): void;
  /** Whether an alarm or a ticket changed since: more than readings, worth saving at once. */
  hasNews(): boolean;
  /** What was put of these kinds since the last call, once each, by kind and in order of its first put. */
  takeTouched(of?: readonly Touched['kind'][]): Touched[];
  /** The same for the store, as whole new values. */
  takeChanges(): StandingChanges;
}

export interface SavedStanding {
  readonly slices: readonly (readonly [key: string, json: string])[];
  readonly alarms: readonly Alarm[];
  readonly tickets: readonly Ticket[];
  readonly ledger?: readonly SavedDay[];
}

const NEW_GATEWAY: GatewayStanding = {
  startedAt: instant(0),
  lastAt: instant(0),
  alarmsRaised: 0,
  ticketsOpened: 0,
};

const SAVED_KINDS = [
  'asset',
  'device',
  'source',
  'watch',
  'weight',
  'maintenance',
  'flood',
  'trace',
  'raisings',
  'asked',
  'person',
  'container',
  'fill-level',
  'rhythm',
  'report',
  'round',
  'post',
  'mailbag',
  'site',
  'gateway',
] as const;
type SavedKind = (typeof SAVED_KINDS)[number];
const TOUCHED_KINDS = ['source', 'device', 'asset', 'alarm', 'ticket'] as const;

export function createStanding(saved: SavedStanding): Standing {
  const kept = keptSlices(saved.slices);
  const slices = <T>(kind: SavedKind) => kept[kind] as Tracked<T>;
  const { alarms, tickets, ledger } = booksOf(saved);
  const { slices: knownAlarms, about } = alarmsAbout(alarms.slices);
  const shown = { ...kept, alarm: alarms, ticket: tickets };
  const gateway = slices<GatewayStanding>('gateway');
  let gatewayNow = gateway.get('all') ?? NEW_GATEWAY;
  const intake = createIntakeBook(saved.slices);
  let happenings: Happening[] = [];

  return {
    ...plainOf(slices),
    alarms: knownAlarms,
    alarmsAbout: about,
    tickets: tickets.slices,
    ledger: ledger.slices,
    keep: (happening) => void happenings.push(happening),
    intake,
    agenda: createAgenda(),
    gateway: () => gatewayNow,
    putGateway: (change) => gateway.put('all', (gatewayNow = { ...gatewayNow, ...change })),
    hasNews: () => alarms.hasChanged() || tickets.hasChanged(),
    takeTouched: (of = TOUCHED_KINDS) =>
      of.flatMap((kind) => shown[kind].takeUntold((id) => ({ kind, id }))),
    takeChanges() {
      const counted = intake.take();
      const puts = takenPuts(kept);
      const now = gatewayNow.lastAt;
      const happened = happenings;
      happenings = [];
      return {
        puts: [...puts, ...counted.puts],
        alarms: alarms.take(now),
        tickets: tickets.take(now),
        ledger: ledger.take(now),
        happenings: happened,
        ...(counted.changes && { intake: counted.changes }),
      };
    },
  };
}

/** What is kept by its id and nothing else. */
const plainOf = (slices: <T>(kind: SavedKind) => Tracked<T>) =>
  ({
    assets: slices('asset'),
    devices: slices('device'),
    sources: slices('source'),
    watches: slices('watch'),
    people: slices('person'),
    containers: slices('container'),
    fillLevels: slices('fill-level'),
    rhythms: slices('rhythm'),
    reports: slices('report'),
    rounds: slices('round'),
    posts: slices('post'),
    mailbags: slices('mailbag'),
    site: slices('site'),
    weights: slices('weight'),
    maintenance: slices('maintenance'),
    floods: slices('flood'),
    traces: slices('trace'),
    raisings: slices('raisings'),
    asked: slices('asked'),
  }) satisfies Partial<Standing>;

/** What was put, as whole new values by kind and id. */
const takenPuts = (kept: Readonly<Record<SavedKind, Tracked<unknown>>>): StandingChanges['puts'] =>
  SAVED_KINDS.flatMap((kind) =>
    kept[kind].takeUnsaved((id, value) => [`${kind}:${id}`, jsonOf(value)] as const),
  );

const jsonOf = (value: unknown): string | null =>
  value === undefined ? null : JSON.stringify(value);

/** What has a table of its own in the store, and when it is over. */
const booksOf = (saved: SavedStanding) => ({
  alarms: booked(saved.alarms, (alarm) => alarm.state === 'normal'),
  tickets: booked(saved.tickets, (ticket, now) => !isOpen(ticket) && !mayReopen(ticket, now)),
  ledger: ledgerShelf(saved.ledger ?? []),
});

function keptSlices(saved: SavedStanding['slices']): Record<SavedKind, Tracked<unknown>> {
  const byKind = new Map(SAVED_KINDS.map((kind) => [kind, [] as [string, unknown][]]));
  for (const [key, json] of saved) {
    const kind = SAVED_KINDS.find((word) => key.startsWith(`${word}:`));
    if (kind) byKind.get(kind)?.push([key.slice(kind.length + 1), JSON.parse(json)]);
  }
  const shown: readonly string[] = TOUCHED_KINDS;
  const all = Array.from(byKind, ([kind, values]) => [
    kind,
    trackedSlices(values, shown.includes(kind) ? 'shown' : 'unshown'),
  ]);
  return Object.fromEntries(all) as Record<SavedKind, Tracked<unknown>>;
}
