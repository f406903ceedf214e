// What those who walk rounds ask of the house, and what is made of what they saw.
import type { Actor, Answer } from './desk.ts';
import type {
  BagCountsView,
  BagCountView,
  PatrolView,
  RoundHeadView,
  RoundView,
} from './schemas-patrols.ts';
import type { JointMeetingView, ProblemListView } from './schemas-problems.ts';

export const ROUND_VERBS = ['check-in', 'look', 'finish', 'abandon'] as const;
export type RoundVerb = (typeof ROUND_VERBS)[number];

export interface RoundAction {
  readonly id: string;
  readonly action: RoundVerb;
  readonly body: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
  readonly key?: string;
}

/** Newest first, from `offset` on; those under way before those that are over. */
export interface RoundsQuery {
  readonly state?: 'under-way' | 'over';
  readonly patrol?: string;
  /** Only theirs. */
  readonly walkedBy?: string;
  readonly limit?: number;
  readonly offset?: number;
}

/** The site's days, both included. */
export interface SpanQuery {
  readonly from?: string;
  readonly to?: string;
}

export interface PatrolsDesk {
  patrols(): Promise<PatrolView[]>;
  rounds(query: RoundsQuery): Promise<RoundHeadView[]>;
  round(id: string): Promise<Answer<RoundView>>;
  startRound(ask: Omit<RoundAction, 'id' | 'action'>): Promise<Answer<RoundView>>;
  roundAction(action: RoundAction): Promise<Answer<RoundView>>;
  bagCounts(query: SpanQuery & { readonly place?: string }): Promise<Answer<BagCountsView>>;
  countBags(ask: Omit<RoundAction, 'id' | 'action'>): Promise<Answer<BagCountView>>;
  /** What is open of all that walks the full route, and what ended of late. */
  problems(): Promise<ProblemListView>;
  /** The last fortnight where no days are given. */
  jointMeeting(span: SpanQuery): Promise<Answer<JointMeetingView>>;
}
