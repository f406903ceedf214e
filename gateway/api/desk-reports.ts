// What residents ask of the house, without an account: to report, to follow, to add, to rate. The
// pages (api/resident/) and Open311 (api/open311/) both come in here.
import type { Severity } from '../domain/alarm.ts';
import type { SensorWord } from '../domain/report.ts';
import type { Spot } from '../domain/spot.ts';
import type { Category, Team } from '../domain/ticket.ts';
import type { Answer } from './desk.ts';

export interface NewReport {
  /** Where: a printed code. */
  readonly spot: string;
  readonly category: Category;
  /** A suggestion (建议) is answered, not mended. */
  readonly kind: 'fault' | 'suggestion';
  readonly words: string;
  /** Only for whoever works on it; never shown to other residents, never in the audit chain. */
  readonly phone?: string;
  /** The bytes as they were sent; made anew before anything of them is kept. */
  readonly photos: readonly Uint8Array[];
  /** By which way it came in. */
  readonly by: 'page' | 'open311';
  /** The same attempt has the same key, however often it is sent. */
  readonly key?: string;
}

export interface TakenReport {
  /** For people to say to each other: the ticket's number. */
  readonly number: number;
  readonly ticket: string;
  /** Opens the follow page; told once and kept as a digest only. */
  readonly secret: string;
  /** It joined a ticket that had been there; so many neighbours had reported it before. */
  readonly joined?: number;
  /** ISO 8601: when the step that is next is due. */
  readonly expectedAt?: string;
  /** What the asset's own sensor says, where it speaks against the report or for it. */
  readonly sensor?: SensorWord;
}

export const FOLLOW_STEPS = ['received', 'assigned', 'working', 'done'] as const;
export type FollowStep = (typeof FOLLOW_STEPS)[number];

export interface FollowView {
  readonly number: number;
  readonly place: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly kind: 'fault' | 'suggestion';
  readonly words: string;
  readonly reportedAt: string;
  /** Those that were reached, with when. */
  readonly steps: readonly { readonly step: FollowStep; readonly at: string }[];
  readonly state: 'open' | 'waiting' | 'done' | 'closed' | 'declined' | 'merged';
  readonly expectedAt?: string;
  /** What the asset's own sensor said when it was reported. */
  readonly sensor?: SensorWord;
  /** Answers that residents may read, oldest first: why declined, what was done. */
  readonly answers: readonly { readonly at: string; readonly words: string }[];
  /** Ids: the resident's own, and those that show the work done. */
  readonly photos: { readonly own: readonly string[]; readonly work: readonly string[] };
  readonly neighbours: number;
  readonly mayAdd: boolean;
  readonly mayRate: boolean;
  readonly mayReopen: boolean;
  readonly stars?: number;
  /** Points that it earned, once it proved right. */
  readonly points?: number;
}

/** What is known of a place and not mended yet, without anybody's words. */
export interface KnownReport {
  readonly category: Category;
  /** Residents who told of it; none where a sensor did. */
  readonly neighbours: number;
  readonly expectedAt?: string;
}

/** A ticket that residents told of, without anybody's name, number or private words. */
export interface PublicRequest {
  readonly id: string;
  readonly isOpen: boolean;
  readonly category: Category;
  readonly title: string;
  /** Only of whoever used a program that publishes them; without telephone numbers. */
  readonly words?: string;
  readonly place: string;
  readonly spot: string;
  readonly team: Team;
  /** The last thing that was answered to residents. */
  readonly notes?: string;
  /** Epoch milliseconds. */
  readonly requestedAt: number;
  readonly updatedAt: number;
  readonly expectedAt?: number;
}

export interface ReportsDesk {
  spot(code: string): Spot | undefined;
  /** Newest first, a few. */
  knownAt(spot: string): KnownReport[];
  report(report: NewReport): Promise<Answer<TakenReport>>;
  follow(secret: string): Promise<Answer<FollowView>>;
  addToReport(
    secret: string,
    more: { readonly words: string; readonly photos: readonly Uint8Array[] },
  ): Promise<Answer<FollowView>>;
  rateReport(
    secret: string,
    rating: { readonly stars: number; readonly note?: string; readonly reopen?: boolean },
  ): Promise<Answer<FollowView>>;
  /** Degrees north and east: where all of it is. */
  where(): { readonly latitude: number; readonly longitude: number };
  /** Every printed code of the site. */
  spots(): Spot[];
  /** What anybody may know of what residents reported, newest first; at most a thousand. */
  publicRequests(span: { readonly from: number; readonly to: number }): Promise<PublicRequest[]>;
  /** By its ticket's id; 404 for one that no resident told of. */
  publicRequest(ticket: string): Promise<Answer<PublicRequest>>;
  /** A photo that the holder of this secret may see. */
  reportPhoto(secret: string, id: string): Promise<Answer<Uint8Array>>;
}
