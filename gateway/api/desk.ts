// What the API needs from the rest of the house, stated by the API. The app fulfils it.
import type { ClockState } from '../domain/clock-state.ts';
import type { LossReason } from '../domain/loss.ts';
import type { Category, Team, TicketSight, TicketState } from '../domain/ticket.ts';
import type { Severity } from '../domain/alarm.ts';
import type { AccountsDesk } from './desk-accounts.ts';
import type { EvidenceDesk } from './desk-evidence.ts';
import type { ReportsDesk } from './desk-reports.ts';
import type { PatrolsDesk } from './desk-patrols.ts';
import type { LedgerBookDesk } from './desk-ledger.ts';
import type { LabelsDesk } from './desk-labels.ts';
import type { NoticesDesk } from './desk-notices.ts';
import type { WeighedDesk } from './desk-weighed.ts';
import type { PostsDesk } from './desk-posts.ts';
import type {
  AlarmView,
  CoverageView,
  AssetView,
  DeviceView,
  IntakeDayView,
  LedgerRowView,
  LiveEvent,
  LossesView,
  MaintenanceView,
  ReadingsView,
  SeriesView,
  SiteView,
  SourceView,
  TicketView,
} from './schemas.ts';
import type { RehearsalView } from './schemas-rehearsal.ts';
import type { NewSecretView, SecretView } from './schemas-secrets.ts';

export type * from './desk-accounts.ts';

export type * from './desk-evidence.ts';

export type * from './desk-ledger.ts';

export type * from './desk-notices.ts';

export type * from './desk-patrols.ts';

export type * from './desk-labels.ts';

export type * from './desk-posts.ts';

export type * from './desk-reports.ts';

export type * from './desk-weighed.ts';

/** Who asks. Until accounts exist, whoever reaches loopback is the engineer on the spot. */
export interface Actor {
  /** A person's sign-in name, also where a key of theirs asks. */
  readonly by: string;
  readonly role: string;
  /** The id of the token that they came in with. */
  readonly token?: string;
  /** display: the one that it may read. */
  readonly station?: string;
  /** What a person was given to look after. */
  readonly teams?: readonly Team[];
  readonly buildings?: readonly string[];
}

/** The answer to something that may be refused; `status` is HTTP's. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly status: 401 | 403 | 404 | 409 | 422 | 429 | 503;
      readonly title: string;
      readonly detail: string;
      /** The same in one closed word, for pages that have a sentence of their own for it. */
      readonly reason?: string;
      /** 429: how long to wait before the next attempt. */
      readonly retryAfterS?: number;
      /** Every field that does not fit, by its path. */
      readonly errors?: readonly { readonly path: string; readonly message: string }[];
    };

export interface TicketAction {
  readonly id: string;
  readonly action: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
  /** The version that the caller saw (`If-Match`). */
  readonly version?: number;
  readonly key?: string;
}

export interface AlarmAction {
  readonly id: string;
  readonly action: 'acknowledge' | 'shelve' | 'unshelve' | 'take-out' | 'put-back';
  readonly body: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
  readonly key?: string;
}

export interface AssetAction {
  readonly id: string;
  readonly action: 'maintain' | 'release';
  readonly body: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
  readonly key?: string;
}

export interface NewTicket {
  readonly body: {
    readonly category: string;
    readonly title: string;
    readonly asset?: string;
    readonly building?: string;
    readonly place?: string;
    readonly severity?: string;
    readonly note?: string;
  };
  readonly actor: Actor;
  readonly key?: string;
}

/** Newest first, from `offset` on. */
export interface TicketsQuery {
  readonly actor: Actor;
  readonly state?: TicketState | 'open' | 'all';
  readonly team?: Team;
  readonly assignee?: string;
  readonly category?: Category;
  readonly asset?: string;
  readonly severity?: Severity;
  /** Only those whose step is late. */
  readonly overdue?: boolean;
  /** Only those that are assigned to the actor or were raised by them. */
  readonly mine?: boolean;
  /** Only what these may see; all of them where absent. */
  readonly seenBy?: TicketSight;
  readonly limit?: number;
  readonly offset?: number;
}

/** Dates are the site's days; both ends belong to the span. */
export interface LedgerQuery {
  readonly from?: string;
  readonly to?: string;
  readonly by?: 'day' | 'week' | 'month';
  readonly stream?: string;
  readonly station?: string;
  readonly basis?: string;
  readonly compare?: 'last-year';
}

/** The site's days: one, or from the one to the other, both included. */
export interface IntakeDaysQuery {
  readonly day?: string;
  readonly from?: string;
  readonly to?: string;
}

/** Dates or instants; newest first, from `offset` on. */
export interface LossesQuery {
  readonly from?: string;
  readonly to?: string;
  readonly source?: string;
  readonly device?: string;
  readonly reason?: LossReason;
  readonly limit?: number;
  readonly offset?: number;
}

/** Either all rules anew or one of them; dates are the site's days, both ends belong to the span. */
export interface RehearsalQuery {
  readonly rules?: readonly unknown[];
  readonly rule?: unknown;
  readonly from?: string;
  readonly to?: string;
  /** Aborted where nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** The ledger with what a sheet of it must say of itself. */
export interface LedgerView {
  readonly from: string;
  readonly to: string;
  readonly by: 'day' | 'week' | 'month';
  readonly site: string;
  readonly zone: string;
  readonly generatedAt: string;
  readonly dataVersion: string;
  readonly rows: LedgerRowView[];
}

export interface Readiness {
  readonly ready: boolean;
  readonly store: 'ok' | 'failing';
  readonly broker: 'ok' | 'down' | 'none';
  readonly disk: 'ok' | 'low';
  readonly clock: ClockState;
  readonly detail: readonly string[];
}

export interface Desk
  extends
    AccountsDesk,
    PatrolsDesk,
    EvidenceDesk,
    LabelsDesk,
    NoticesDesk,
    PostsDesk,
    ReportsDesk,
    LedgerBookDesk,
    WeighedDesk {
  site(): SiteView;
  assets(kind?: string): AssetView[];
  series(query: {
    asset: string;
    quantity: string;
    from: number;
    to: number;
    stepS?: number;
  }): Promise<Answer<SeriesView>>;
  alarms(state: 'active' | 'all'): Promise<AlarmView[]>;
  alarmAction(action: AlarmAction): Promise<Answer<AlarmView>>;
  /** What people are at work on now. */
  maintenance(): MaintenanceView[];
  assetAction(action: AssetAction): Promise<Answer<MaintenanceView>>;
  tickets(query: TicketsQuery): Promise<TicketView[]>;
  /** @param actor whose actions are told with it; an engineer's where absent */
  ticket(id: string, actor?: Actor): Promise<Answer<TicketView>>;
  /** Where a ticket would reach nobody. */
  coverage(): CoverageView;
  openTicket(ticket: NewTicket): Promise<Answer<TicketView>>;
  ticketAction(action: TicketAction): Promise<Answer<TicketView>>;
  ledger(query: LedgerQuery): Promise<Answer<LedgerView>>;
  /** What a device posts, as it came; answered once it is on disk. Rejects with a Fault where not. */
  takeReadings(sent: {
    readonly token: string;
    readonly bytes: Uint8Array;
  }): Promise<Answer<ReadingsView>>;
  secrets(): Promise<SecretView[]>;
  makeSecret(ask: {
    readonly device: string;
    /** Also where it has one. */
    readonly replace: boolean;
    readonly actor: Actor;
  }): Promise<Answer<NewSecretView>>;
  revokeSecret(ask: {
    readonly device: string;
    readonly actor: Actor;
  }): Promise<Answer<SecretView>>;
  /** Since the start of the process. */
  intake(): { since?: string; sources: SourceView[]; devices: DeviceView[] };
  /** Oldest first; today where nothing is asked for. */
  intakeDays(query: IntakeDaysQuery): Promise<Answer<IntakeDayView[]>>;
  losses(query: LossesQuery): Promise<Answer<LossesView>>;
  rejections(limit: number): Promise<
    {
      at: string;
      source?: string;
      device?: string;
      reason: string;
      detail?: string;
      rawHex?: string;
    }[]
  >;
  deadLetters(
    limit: number,
  ): Promise<{ follower: string; sequence: number; words: string; at: string }[]>;
  /** The rules that count, as the site file would write them. */
  rules(): readonly Readonly<Record<string, unknown>>[];
  /** What changed rules would have said over the days that are still kept; changes nothing. */
  rehearse(query: RehearsalQuery): Promise<Answer<RehearsalView>>;
  readiness(): Readiness;
  /** Everything as it stands, then each change; returns the way to stop listening. */
  watch(listener: (event: LiveEvent) => void): () => void;
}
