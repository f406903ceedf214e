// One walk along a patrol's route. It carries the route as it was when it began, so that a site file
// changed on the way moves no question under anybody's finger.
// Promise: an answer is never taken back in silence; bad stays bad, and its ticket says what became of it.
import type { PatrolPlace } from './patrol.ts';
import type { Happening } from './happening.ts';
import type { LocalDay } from './day.ts';
import { hours, later, type Instant } from './time.ts';

export const VERDICTS = ['ok', 'bad'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const CHECKED_IN_BY = ['qr', 'hand'] as const;
/** Whether the label at the place was read, or the place was picked from the list. */
export type CheckedInBy = (typeof CHECKED_IN_BY)[number];

export const ROUND_ENDS = ['finished', 'abandoned', 'unfinished'] as const;
/** `unfinished`: nobody touched it for so long that it was ended without them. */
export type RoundEnd = (typeof ROUND_ENDS)[number];

export interface Look {
  readonly verdict: Verdict;
  readonly at: Instant;
  readonly note?: string;
  /** The ticket that it opened or joined. */
  readonly ticket?: string;
}

export interface CheckIn {
  readonly place: string;
  readonly at: Instant;
  readonly by: CheckedInBy;
  /** By the place of the question in the route. */
  readonly looks: Readonly<Record<number, Look>>;
}

/** An accepted request, to know the same one again under its key. */
export interface RoundStep {
  readonly key: string;
  readonly digest: number;
}

export interface Round {
  readonly id: string;
  readonly patrol: string;
  readonly name: string;
  readonly by: string;
  readonly role: string;
  readonly startedAt: Instant;
  readonly touchedAt: Instant;
  readonly places: readonly PatrolPlace[];
  /** In the order in which the places were come to. */
  readonly checkIns: readonly CheckIn[];
  readonly steps: readonly RoundStep[];
  readonly end?: RoundEnd;
  readonly endedAt?: Instant;
  readonly note?: string;
}

const FORGOTTEN_AFTER = hours(12);

/** When it is ended though nobody says so. */
export const forgottenAt = ({ touchedAt }: Pick<Round, 'touchedAt'>): Instant =>
  later(touchedAt, FORGOTTEN_AFTER);

export const placeOf = (round: Pick<Round, 'places'>, place: unknown): PatrolPlace | undefined =>
  round.places.find(({ at }) => at === place);

export const checkInAt = (round: Pick<Round, 'checkIns'>, place: unknown): CheckIn | undefined =>
  round.checkIns.find((checkIn) => checkIn.place === place);

/** All that was answered to at a place counts as looked at; a place without questions by being there. */
export const isSeen = (round: Pick<Round, 'checkIns'>, { at, look }: PatrolPlace): boolean => {
  const looks = checkInAt(round, at)?.looks;
  return looks !== undefined && look.every((_, index) => looks[index] !== undefined);
};

/** As it is kept for good, under the day on which it began and under its route. */
export const roundHappening = (round: Round, day: LocalDay): Happening => ({
  kind: 'round',
  id: round.id,
  at: round.startedAt,
  day,
  place: round.patrol,
  body: { ...round },
});

/** What `roundHappening` wrote. */
export const keptRound = ({ body }: Happening): Round => body as unknown as Round;
