// When the next letter to a reader is due and what is in it: after Alertmanager's grouping. The first
// news of a quiet time waits `groupWait` for company, later news until `groupInterval` after the last
// letter, what still stands is told again after `repeatInterval`. Quiet hours and a full hour on the
// channel put letters off; nothing here drops one. Pure.
import type { MailItem, Mailbag } from '../../domain/mailbag.ts';
import type { NoticeSettings, Reader } from '../../domain/reader.ts';
import {
  hours,
  instant,
  later,
  milliseconds,
  type Duration,
  type Instant,
} from '../../domain/time.ts';
import type { Calendars } from './telling-hours.ts';
import { held, type Seen } from './telling-mailbag.ts';

export interface PlanScene {
  readonly reader: Reader;
  readonly settings: NoticeSettings;
  readonly calendars: Calendars;
  readonly look: (id: string) => Seen | undefined;
  /** Whether it is told again: nobody has taken it up, it is late, or it is grave. */
  readonly isLeft: (id: string) => boolean;
  /** From when on the channel has room for this reader; absent: now. */
  readonly roomAt: Instant | undefined;
}

export interface Plan {
  /** With what is kept back marked and counted as that. */
  readonly bag: Mailbag;
  /** Goes into a letter now. */
  readonly now: readonly string[];
  /** When this is to be looked at again; where something goes now, since when it should have. */
  readonly dueAt?: Instant;
}

export function planOf(scene: PlanScene, given: Mailbag, now: Instant): Plan {
  const waits: Instant[] = [];
  const free: [id: string, item: MailItem][] = [];
  let bag = given;
  for (const [id, item] of Object.entries(given.items)) {
    if (!item.news) continue;
    const hold = holdOf(scene, [id, item], now);
    if (hold === undefined) free.push([id, item]);
    else {
      waits.push(hold);
      bag = held(bag, id, 'quiet');
    }
  }
  const reminders = remindersOf(scene, bag, now);
  waits.push(...reminders.waits);
  const ready = free.map(([, item]) => readyOf(scene, bag, item));
  const dueAt = earliest([...ready, ...reminders.due.map(([, at]) => at)]);
  if (dueAt === undefined || dueAt > now) return planned(bag, [], [...waits, ...ready]);
  const ids = [...free, ...reminders.due].map(([id]) => id);
  const { roomAt } = scene;
  if (roomAt === undefined || roomAt <= now) return planned(bag, ids, [...waits, dueAt]);
  return planned(
    ids.reduce((kept, id) => held(kept, id, 'flood'), bag),
    [],
    [...waits, roomAt],
  );
}

function planned(bag: Mailbag, now: readonly string[], waits: readonly Instant[]): Plan {
  const dueAt = earliest(waits);
  return { bag, now, ...(dueAt !== undefined && { dueAt }) };
}

const earliest = (moments: readonly Instant[]): Instant | undefined =>
  moments.length === 0 ? undefined : instant(Math.min(...moments));

function holdOf(
  { reader, calendars, look }: PlanScene,
  [id, { severity }]: readonly [string, MailItem],
  now: Instant,
): Instant | undefined {
  const concern = look(id)?.concern ?? 'work';
  return calendars.holdOn({ reader, severity, concern }, now)?.until;
}

/**
 * What is new and grave waits for company and not for the interval since the last letter, but since
 * the one before: the second letter within an interval is for it, a third would be a flood.
 */
function readyOf({ settings }: PlanScene, bag: Mailbag, { news, severity }: MailItem): Instant {
  const since = later(news?.since ?? instant(0), settings.groupWait);
  const isUrgent = severity === 'high' && news?.reason !== 'resolved';
  const last = bag.sentAt.at(isUrgent ? -2 : -1);
  if (last === undefined) return since;
  return instant(Math.max(since, later(last, settings.groupInterval)));
}

function remindersOf(scene: PlanScene, bag: Mailbag, now: Instant) {
  const { repeatInterval } = scene.settings;
  const due: [id: string, at: Instant][] = [];
  const waits: Instant[] = [];
  for (const [id, item] of Object.entries(bag.items)) {
    if (item.news || !item.told) continue;
    const first = later(item.told.at, repeatInterval);
    if (now < first) waits.push(first);
    else if (!scene.isLeft(id)) waits.push(nextAfter(first, repeatInterval, now));
    else {
      const hold = holdOf(scene, [id, item], now);
      if (hold === undefined) due.push([id, first]);
      else waits.push(hold);
    }
  }
  return { due, waits };
}

/** The first of the moments at whole intervals from `first` that is still to come. */
const nextAfter = (first: Instant, every: Duration, now: Instant): Instant =>
  later(first, milliseconds(every * (Math.floor((now - first) / every) + 1)));

/** From when on the channel has room again: its letters of the last hour, and its limit. */
export function roomAfter(
  sent: readonly Instant[],
  most: number,
  now: Instant,
): Instant | undefined {
  const recent = sent.filter((moment) => now - moment < hours(1)).toSorted((a, b) => a - b);
  const first = recent[recent.length - most];
  return first === undefined ? undefined : later(first, hours(1));
}
