// A route that people walk (巡查): which places in which order, and what is to be looked at there.
import type { Category, Team } from './ticket.ts';
import type { Duration } from './time.ts';

export const PATROL_PLACE_KINDS = ['station', 'lamp', 'meter', 'circuit', 'building'] as const;
export type PatrolPlaceKind = (typeof PATROL_PLACE_KINDS)[number];

/** One question, so worded that yes is good. */
export interface LookItem {
  readonly ask: string;
  /** What is raised where the answer is bad. */
  readonly category: Category;
}

export interface PatrolPlace {
  /** Its id in the site file; where it has a label, the label's code. */
  readonly at: string;
  readonly kind: PatrolPlaceKind;
  /** As people call it. */
  readonly name: string;
  readonly look: readonly LookItem[];
}

export interface Patrol {
  readonly id: string;
  readonly name: string;
  /** Whose round it usually is; others may walk it too. */
  readonly team?: Team;
  /** How often somebody is to walk it to its end. */
  readonly every?: Duration;
  /** Each place once. */
  readonly places: readonly PatrolPlace[];
}

/** What a bad answer is about where the site file does not say. */
export const USUAL_CATEGORY: Readonly<Record<PatrolPlaceKind, Category>> = {
  station: 'bin-room-dirty',
  lamp: 'lamp',
  meter: 'water-leak',
  circuit: 'electricity',
  building: 'other',
};
