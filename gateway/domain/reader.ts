// Who is told of work, over which channel, and when they want to be left alone. A group is one reader
// as much as a person is: one letter to it reaches everybody in it.
import type { Severity } from './alarm.ts';
import type { LocalDay } from './day.ts';
import type { PersonId, PersonRole } from './person.ts';
import type { QuietHours } from './reach.ts';
import type { Hours } from './rule.ts';
import type { Category, Team } from './ticket.ts';
import { hours, minutes, seconds, type Duration } from './time.ts';

export type Audience =
  | { readonly kind: 'role'; readonly role: PersonRole }
  | { readonly kind: 'team'; readonly team: Team }
  | { readonly kind: 'person'; readonly person: PersonId };

export const DIGESTS = ['daily', 'weekly'] as const;
export type DigestKind = (typeof DIGESTS)[number];

/** A digest on its way to a reader: the body of a command on a notice. */
export interface DigestBody {
  readonly kind: DigestKind;
  /** The day that it is sent on. */
  readonly day: LocalDay;
  readonly title: string;
  readonly lines: readonly string[];
}

export interface Reader {
  readonly id: string;
  readonly who: Audience;
  /** The id of a channel in the site file. */
  readonly over: string;
  /** Whom the channel is to reach or to mention. */
  readonly to?: string;
  /** Absent: all. */
  readonly severities?: readonly Severity[];
  readonly categories?: readonly Category[];
  /** Outside of these nothing is sent, however grave; it waits. Absent: day and night. */
  readonly hours?: Hours;
  readonly quiet: QuietHours;
  readonly digests: readonly DigestKind[];
}

export const TONGUES = ['zh', 'en'] as const;
export type Tongue = (typeof TONGUES)[number];

/** Named as Alertmanager names them, with its defaults. */
export interface NoticeSettings {
  readonly readers: readonly Reader[];
  /** Ids of the channels that there are. */
  readonly channels: readonly string[];
  /** The first news of a quiet time waits so long for company. */
  readonly groupWait: Duration;
  /** From one letter to the next one with news; what is new and grave may come once in between. */
  readonly groupInterval: Duration;
  /** What still stands is told again after so long. */
  readonly repeatInterval: Duration;
  /** Letters an hour over one channel; whoever had none in the hour is never held. */
  readonly mostPerHour: number;
  readonly tongue: Tongue;
  /** When digests go out, in minutes of the day; the weekly one on Mondays. */
  readonly dailyAtMinute: number;
  readonly weeklyAtMinute: number;
}

export const DEFAULT_NOTICES: NoticeSettings = {
  readers: [],
  channels: [],
  groupWait: seconds(30),
  groupInterval: minutes(5),
  repeatInterval: hours(4),
  mostPerHour: 20,
  tongue: 'zh',
  dailyAtMinute: 7 * 60 + 30,
  weeklyAtMinute: 8 * 60,
};
