// One entry of the notice board: what is wanted, planned and under way in the compound (想干、要干、
// 正在干的事), and what one may come to. It ends by itself after its last day, which is a day of the site.
import type { LocalDay } from './day.ts';
import type { PersonId } from './person.ts';
import type { Instant } from './time.ts';

export const POST_KINDS = ['idea', 'planned', 'doing', 'activity', 'training'] as const;
export type PostKind = (typeof POST_KINDS)[number];

export const TITLE_LENGTH = 60;
export const WORDS_LENGTH = 600;

/** What its writer says; plain text, for nobody to read as anything else. */
export interface PostWords {
  readonly kind: PostKind;
  /** One line. */
  readonly title: string;
  readonly words: string;
  /** A station or a building; absent: the whole compound. */
  readonly place?: string;
  /** The days that it is about, both included; one without a last day stands until it is withdrawn. */
  readonly from?: LocalDay;
  readonly to?: LocalDay;
}

export interface Post extends PostWords {
  readonly id: string;
  readonly by: PersonId;
  readonly at: Instant;
  /** By whom and when it was last changed or withdrawn. */
  readonly changedBy?: PersonId;
  readonly changedAt?: Instant;
  readonly version: number;
  readonly state: 'published' | 'withdrawn';
}

/** Also before its first day: people are to know of it then. */
export const isCurrent = ({ state, to }: Post, today: LocalDay): boolean =>
  state === 'published' && (to === undefined || to >= today);

/** What lies ahead or is under way, in the order of its days; what has none, the newest first. */
export const bySoonest = (one: Post, other: Post): number =>
  firstDay(one).localeCompare(firstDay(other)) || other.at - one.at;

const firstDay = ({ from, to }: Post): string => from ?? to ?? '9';
