// A rehearsal as it is told: by rule how often each would have spoken, then alarm by alarm, beside what
// really was, and in words what a rehearsal cannot know.
import type { Alarm } from '../../domain/alarm.ts';
import type { RehearsalView } from '../../api/schemas.ts';
import type { RuleSettings } from '../../domain/rule.ts';
import type { Instant } from '../../domain/time.ts';
import type { Cast, Rehearsal, Truncation } from './rehearsal.ts';
import { occurrenceOf, type Occurrence, type RehearsedTicket } from './rehearsal-stage.ts';
import { iso } from '../views.ts';

export interface Beside {
  readonly before: readonly RuleSettings[];
  readonly after: readonly RuleSettings[];
  /** From the books, newest first. */
  readonly real: readonly Alarm[];
  /** The books may have more than these, all of them older. */
  readonly isRealCut: boolean;
}

type RuleView = RehearsalView['rules'][number];
type AlarmView = RehearsalView['real']['alarms'][number];

/** A list longer than this nobody reads; all are counted. */
const LONGEST_LIST = 2000;

export function rehearsalView(rehearsal: Rehearsal, beside: Beside): RehearsalView {
  const { covers, records, truncated, before, after, compared } = rehearsal;
  const real = beside.real
    .filter((alarm) => isWithin(alarm.raisedAt, covers))
    .map(occurrenceOf)
    .toSorted((a, b) => a.raisedAt - b.raisedAt);
  const lists = [compared, before.alarms, before.tickets, after.alarms, after.tickets, real];
  const leftOut = lists.reduce((sum, { length }) => sum + Math.max(0, length - LONGEST_LIST), 0);
  const { from, to, completeFrom, days } = covers;
  return {
    covers: {
      ...(from !== undefined && { from: iso(from) }),
      ...(to !== undefined && { to: iso(to) }),
      ...(completeFrom !== undefined && { completeFrom: iso(completeFrom) }),
      days: [...days],
    },
    records,
    ...(truncated && { truncated }),
    rules: ruleViews(rehearsal, { ...beside, real }),
    compared: compared
      .slice(0, LONGEST_LIST)
      .map(({ raisedAt, clearedAt, wasRaisedAt, ...row }) => ({
        ...row,
        raisedAt: iso(raisedAt),
        ...(clearedAt !== undefined && { clearedAt: iso(clearedAt) }),
        ...(wasRaisedAt !== undefined && { wasRaisedAt: iso(wasRaisedAt) }),
      })),
    before: castView(before),
    after: castView(after),
    real: { alarms: real.slice(0, LONGEST_LIST).map(alarmView) },
    ...(leftOut > 0 && { leftOut }),
    notes: notesOn(rehearsal, beside),
  };
}

const isWithin = (moment: Instant, { from, to }: Rehearsal['covers']): boolean =>
  from !== undefined && to !== undefined && moment >= from && moment <= to;

const castView = ({ alarms, tickets }: Cast): RehearsalView['before'] => ({
  alarms: alarms.slice(0, LONGEST_LIST).map(alarmView),
  tickets: tickets.slice(0, LONGEST_LIST).map(ticketView),
});

const alarmView = ({ rule, asset, raisedAt, clearedAt, isQuiet }: Occurrence): AlarmView => ({
  rule,
  asset,
  raisedAt: iso(raisedAt),
  ...(clearedAt !== undefined && { clearedAt: iso(clearedAt) }),
  ...(isQuiet && { quiet: true }),
});

const ticketView = ({ raisedAt, endedAt, ...ticket }: RehearsedTicket) => ({
  ...ticket,
  raisedAt: iso(raisedAt),
  ...(endedAt !== undefined && { endedAt: iso(endedAt) }),
});

interface Told extends Omit<Beside, 'real'> {
  readonly real: readonly Occurrence[];
}

/** Each rule that there is or would be, in the order of the present ones. */
function ruleViews({ before, after }: Rehearsal, told: Told): RuleView[] {
  const old = new Map(told.before.map((rule) => [rule.id, rule]));
  const young = new Map(told.after.map((rule) => [rule.id, rule]));
  const [countBefore, countAfter] = [countsOf(before), countsOf(after)];
  const real = byRule(told.real);
  return [...new Set([...old.keys(), ...young.keys()])].map((rule) => ({
    rule,
    change: changeOf(old.get(rule), young.get(rule)),
    before: countBefore(rule),
    after: countAfter(rule),
    real: real(rule),
  }));
}

function countsOf({ alarms, tickets }: Cast): (rule: string) => RuleView['before'] {
  const [ofAlarms, ofTickets] = [byRule(alarms), byRule(tickets)];
  return (rule) => ({ alarms: ofAlarms(rule), tickets: ofTickets(rule) });
}

/** How many of each rule, but for alarms that nobody is told of. */
function byRule(
  things: readonly { readonly rule: string; readonly isQuiet?: boolean }[],
): (rule: string) => number {
  const counts = new Map<string, number>();
  for (const { rule, isQuiet } of things)
    if (isQuiet !== true) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return (rule) => counts.get(rule) ?? 0;
}

function changeOf(
  old: RuleSettings | undefined,
  young: RuleSettings | undefined,
): RuleView['change'] {
  if (!old) return 'new';
  if (!young) return 'gone';
  return JSON.stringify(sorted(old)) === JSON.stringify(sorted(young)) ? 'same' : 'changed';
}

/** The order in which somebody wrote the keys is no change. */
const sorted = (value: unknown): unknown =>
  typeof value !== 'object' || value === null || Array.isArray(value)
    ? value
    : Object.fromEntries(
        Object.entries(value)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, inner]) => [key, sorted(inner)]),
      );

const NOT_REPEATED =
  'What people did with alarms and tickets is not repeated: nothing is acknowledged or shelved, and a ' +
  'ticket ends only where its sensor sees it mended, so later alarms may join one that is still open.';
const STATED_NOW =
  'Bins, lamps and devices are those of the site file as it is now, over all of these days.';

const WANTS: Readonly<Record<Truncation, string>> = {
  time: 'it took too long: ask for fewer days',
  records: 'there is too much: ask for fewer days',
  alarms:
    'the rules raise more alarms than anybody could read: ask for fewer days, or less of them',
};

function notesOn({ covers, truncated }: Rehearsal, { real, isRealCut }: Beside): string[] {
  const { from, to, completeFrom } = covers;
  if (from === undefined || to === undefined)
    return ['The log holds no readings of that time: there is nothing to rehearse.'];
  const notes = [NOT_REPEATED, STATED_NOW];
  if (completeFrom !== undefined && completeFrom > from)
    notes.push(
      `Not all of what was before ${iso(from)} is kept, so until ${iso(completeFrom)} a rule that waits may lack its beginning.`,
    );
  if (truncated) notes.push(`It ended early, at ${iso(to)}, because ${WANTS[truncated]}.`);
  const oldest = real.at(-1);
  if (isRealCut && oldest && oldest.raisedAt > from)
    notes.push(`Of the alarms that were, only those since ${iso(oldest.raisedAt)} were looked at.`);
  return notes;
}
