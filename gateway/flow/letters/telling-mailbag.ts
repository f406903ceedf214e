// What one reader is to hear of one thing, and why: from what they know and how it stands now.
//
//            seen first           graver, late, sent back, twice as many
//   ───────▶ first ─▶ told ─────────────▶ grew ─▶ told ──▶ … still open after a while ─▶ reminder
//              │        │ over                                  nothing of the kind ─▶ nothing-new
//              ▼        ▼
//      never heard of  resolved ─▶ forgotten
//
// Pure. Promise: nobody hears the end of what they never heard the beginning of, and nothing that
// was to be said is dropped without being counted.
import { isGraver } from '../../domain/alarm.ts';
import type { LetterReason } from '../../domain/letter.ts';
import type { MailItem, MailNews, Mailbag, ToldFacts } from '../../domain/mailbag.ts';
import { between, hours, type Instant } from '../../domain/time.ts';
import type { Concern } from './telling-concern.ts';

/** How a thing stands for one reader. */
export interface Seen {
  readonly name: string;
  readonly since: Instant;
  readonly facts: ToldFacts;
  /** Absent: it is none of theirs any more. */
  readonly concern?: Concern;
  /** It is over, and has not merely gone to somebody else. */
  readonly isOver: boolean;
}

export const emptyMailbag = (id: string): Mailbag => ({ id, items: {}, sentAt: [], counts: {} });

/** The bag after a thing has changed; the very same one where that is nothing to this reader. */
export function noted(bag: Mailbag, [id, seen]: readonly [string, Seen | undefined], at: Instant) {
  const item = bag.items[id];
  if (seen?.concern)
    return item ? changed(bag, [id, seen], at) : withItem(bag, id, fresh(seen, at));
  if (!item) return bag;
  if (!item.told) return counted(without(bag, id), 'nothing-new');
  if (!seen?.isOver) return without(bag, id);
  return item.news?.reason === 'resolved'
    ? bag
    : withItem(bag, id, { ...item, news: { reason: 'resolved', since: at } });
}

const fresh = ({ name, since, facts }: Seen, at: Instant): MailItem => ({
  name,
  since,
  severity: facts.severity,
  news: { reason: facts.returns > 0 ? 'grew' : 'first', since: at },
});

function changed(bag: Mailbag, [id, seen]: readonly [string, Seen], at: Instant): Mailbag {
  const { news: before, ...rest } = bag.items[id] ?? fresh(seen, at);
  const item = { ...rest, name: seen.name, since: seen.since, severity: seen.facts.severity };
  if (!item.told) return withItem(bag, id, { ...item, ...(before && { news: before }) });
  if (!growthOf(item.told, seen.facts)) return counted(withItem(bag, id, item), 'nothing-new');
  const isPending = before && before.reason !== 'resolved';
  const news: MailNews = isPending ? before : { reason: 'grew', since: at };
  return withItem(bag, id, { ...item, news });
}

/** What is news to whoever knows this much. Each alarm that joins a flood would be; twice as many is. */
export function growthOf(told: ToldFacts | undefined, now: ToldFacts | undefined) {
  if (!told || !now) return undefined;
  const { escalated } = now;
  if (isGraver(now.severity, told.severity)) return 'graver';
  if (now.returns > told.returns) return 'returned';
  if (escalated !== undefined && escalated !== told.escalated)
    return escalated === 'after' ? 'late' : 'soon-late';
  return now.alarms >= 2 * Math.max(1, told.alarms) ? 'wider' : undefined;
}

/** They have been told of these; what is over is forgotten. */
export function told(bag: Mailbag, { ids, facts, reason }: Telling, at: Instant): Mailbag {
  const items = { ...bag.items };
  for (const id of ids) {
    const item = items[id];
    if (!item) continue;
    const { news, ...rest } = item;
    const known = facts(id);
    if (news?.reason === 'resolved' || !known) delete items[id];
    else items[id] = { ...rest, told: { ...known, at } };
  }
  const sentAt = [...bag.sentAt.filter((moment) => between(moment, at) < hours(1)), at];
  return counted({ ...bag, items, sentAt }, reason);
}

interface Telling {
  readonly ids: readonly string[];
  readonly facts: (id: string) => ToldFacts | undefined;
  readonly reason: LetterReason;
}

export function held(bag: Mailbag, id: string, why: 'quiet' | 'flood'): Mailbag {
  const item = bag.items[id];
  if (!item?.news || item.news.held !== undefined) return bag;
  return counted(withItem(bag, id, { ...item, news: { ...item.news, held: why } }), why);
}

const withItem = (bag: Mailbag, id: string, item: MailItem): Mailbag => ({
  ...bag,
  items: { ...bag.items, [id]: item },
});

function without(bag: Mailbag, id: string): Mailbag {
  const { [id]: _, ...items } = bag.items;
  return { ...bag, items };
}

export const counted = (bag: Mailbag, reason: LetterReason): Mailbag => ({
  ...bag,
  counts: { ...bag.counts, [reason]: (bag.counts[reason] ?? 0) + 1 },
});
