// How work is done here: which route each category walks, how long each step may take and in which
// hours that counts, and who stands in for whom. One table of defaults; the site file changes any.
import type { DailySpan } from './asset.ts';
import type { Severity } from './alarm.ts';
import type { PersonId, PersonRole } from './person.ts';
import type { Category, Route, Team } from './ticket.ts';
import { days, hours, minutes, type Duration } from './time.ts';

/** The steps that somebody has to take in time, each named by its action. */
export const TIMED_STEPS = ['answer', 'rectify', 'inspect', 'look-back'] as const;
export type TimedStep = (typeof TIMED_STEPS)[number];
export type Limits = Readonly<Record<TimedStep, Readonly<Record<Severity, Duration>>>>;

/** The two roles that a compound may be without (无物业小区, no committee elected). */
export const STOOD_IN_FOR = ['committee', 'reviewer'] as const;
export type StandIns = Readonly<Record<(typeof STOOD_IN_FOR)[number], readonly PersonRole[]>>;

export interface Building {
  readonly id: string;
  readonly name: string;
  /** Whose charge it is; a person may say so too (`Person.buildings`). */
  readonly steward?: PersonId;
}

export interface WorkSettings {
  /** What is not in it walks the category's own route, and the full one where a person raised it. */
  readonly routes: Readonly<Partial<Record<Category, Route>>>;
  readonly limits: Limits;
  /** Time limits count in these hours; those of high severity count day and night. */
  readonly hours: readonly DailySpan[];
  /** From the committee's pass to the look back. */
  readonly lookBackAfter: Duration;
  /** From the look back to the end, where whoever raised it does not rate it. */
  readonly rateWithin: Duration;
  readonly standIns: StandIns;
  /** Teams whose tickets go to each of those on duty in turn. */
  readonly inTurn: readonly Team[];
  readonly buildings: ReadonlyMap<string, Building>;
}

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;

export const DEFAULT_WORK: WorkSettings = {
  routes: {},
  limits: {
    answer: { high: minutes(15), medium: hours(2), low: hours(8) },
    rectify: { high: hours(4), medium: hours(24), low: hours(72) },
    inspect: { high: hours(24), medium: hours(16), low: hours(24) },
    'look-back': { high: hours(72), medium: hours(24), low: hours(40) },
  },
  hours: [{ days: WEEK, fromMinute: 8 * 60, toMinute: 18 * 60 }],
  lookBackAfter: days(7),
  rateWithin: days(3),
  standIns: { committee: [], reviewer: [] },
  inTurn: [],
  buildings: new Map(),
};

/** What a sensor both raises and clears by the hundred; the committee looks at a sample of it. */
const SHORT: readonly Category[] = ['bin-full', 'sensor', 'gateway'];

export const routeOf = (
  work: Pick<WorkSettings, 'routes'>,
  category: Category,
  raisedBy: 'machine' | 'person',
): Route =>
  work.routes[category] ?? (raisedBy === 'machine' && SHORT.includes(category) ? 'short' : 'full');
