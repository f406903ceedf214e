// What each action wants to be told (the API's bodies), as fields that a thumb can fill. Moments are
// asked for as spans from now: nobody types a date on a ladder, and no phone's zone can be wrong.
import type { AlarmView, PersonView, TicketView } from '../../gateway/api/schemas.ts';
import type { AlarmState } from './alarm-look.ts';

export interface Field {
  readonly name:
    | 'team'
    | 'dueAt'
    | 'note'
    | 'reason'
    | 'into'
    | 'to'
    | 'for'
    | 'result'
    | 'stars'
    | 'text'
    | 'until';
  readonly kind: 'lines' | 'span' | 'choice' | 'ticket' | 'person';
  readonly required: boolean;
  readonly choices?: readonly string[];
}

const need = (name: Field['name'], kind: Field['kind'], choices?: readonly string[]): Field => ({
  name,
  kind,
  required: true,
  ...(choices ? { choices } : {}),
});
const may = (name: Field['name'], kind: Field['kind']): Field => ({ name, kind, required: false });

const VERDICT = [need('result', 'choice', ['pass', 'return']), may('reason', 'lines')];

const FIELDS: Readonly<Record<string, readonly Field[]>> = {
  answer: [
    need('team', 'choice', ['cleaners', 'engineers', 'stewards', 'managers']),
    may('dueAt', 'span'),
    may('note', 'lines'),
  ],
  decline: [need('reason', 'lines')],
  merge: [need('into', 'ticket'), need('reason', 'lines')],
  assign: [need('to', 'person')],
  take: [],
  wait: [need('for', 'choice', ['parts', 'resident']), may('note', 'lines')],
  resume: [],
  rectify: [need('note', 'lines')],
  inspect: VERDICT,
  'look-back': VERDICT,
  reopen: [need('reason', 'lines')],
  rate: [need('stars', 'choice', ['5', '4', '3', '2', '1']), may('note', 'lines')],
  comment: [need('text', 'lines')],
  acknowledge: [],
  shelve: [need('until', 'span'), need('reason', 'lines')],
  unshelve: [],
  'take-out': [need('reason', 'lines')],
  'put-back': [],
  maintain: [may('until', 'span'), need('reason', 'lines')],
  release: [],
  // Has a form of its own: photo-dialog.tsx.
  photo: [],
};

/** undefined for an action that this screen does not know: it is then not offered. */
export const fieldsOf = (action: string): readonly Field[] | undefined =>
  Object.prototype.hasOwnProperty.call(FIELDS, action) ? FIELDS[action] : undefined;

/** What is most likely wanted stands first, under the thumb. */
const ORDER = [
  'acknowledge',
  'take',
  'rectify',
  'answer',
  'resume',
  'inspect',
  'look-back',
  'rate',
  'photo',
  'reopen',
  'comment',
  'wait',
  'shelve',
  'unshelve',
  'put-back',
  'assign',
  'merge',
  'decline',
  'take-out',
];

export const offered = (actions: readonly string[]): string[] =>
  actions
    .filter((action) => fieldsOf(action) !== undefined)
    .sort((one, other) => ORDER.indexOf(one) - ORDER.indexOf(other));

/** As the gateway's table of alarm states has it; a test holds the two together. */
const ALARM_ACTIONS: Readonly<Record<AlarmState, readonly string[]>> = {
  'active-unacknowledged': ['acknowledge', 'shelve', 'take-out'],
  'active-acknowledged': ['shelve', 'take-out'],
  'returned-unacknowledged': ['acknowledge'],
  latched: ['acknowledge'],
  shelved: ['unshelve', 'shelve', 'take-out'],
  suppressed: ['take-out'],
  'out-of-service': ['put-back'],
  normal: [],
};

const OPERATIONS: Readonly<Record<string, string>> = {
  acknowledge: 'acknowledgeAlarm',
  shelve: 'shelveAlarm',
  unshelve: 'unshelveAlarm',
  'take-out': 'takeAlarmOut',
  'put-back': 'putAlarmBack',
};

/** What fits its state, and is this role's to ask for. What is over is not shelved. */
export const alarmActions = (
  alarm: AlarmView,
  may: (operation: string) => boolean,
): readonly string[] =>
  ALARM_ACTIONS[alarm.state]
    .filter((action) => may(OPERATIONS[action] ?? ''))
    .filter(
      (action) => action !== 'shelve' || alarm.clearedAt === undefined || alarm.state === 'shelved',
    );

/** How long an alarm may be aside at once, as the gateway has it; a test holds the two together. */
export const LONGEST_SHELF_H: Readonly<Record<AlarmView['severity'], number>> = {
  low: 168,
  medium: 24,
  high: 8,
};

/** Spans that may be chosen, in hours. */
export const SPANS_H = [1, 2, 4, 8, 24, 72, 168] as const;

/** Active people of the team: nobody else can be given its work. */
export const givable = (people: readonly PersonView[], team: TicketView['team']): PersonView[] =>
  people.filter((person) => person.state === 'active' && person.teams.includes(team));

/** The body of an action, from what was filled in; what was left blank is left out. */
export function bodyOf(
  fields: readonly Field[],
  filled: Readonly<Record<string, string>>,
  now: number,
): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const { name, kind } of fields) {
    const text = (filled[name] ?? '').trim();
    if (text === '') continue;
    if (kind === 'span') body[name] = new Date(now + Number(text) * 3_600_000).toISOString();
    else body[name] = name === 'stars' ? Number(text) : text;
  }
  return body;
}

export const isFilled = (
  fields: readonly Field[],
  filled: Readonly<Record<string, string>>,
): boolean => fields.every(({ name, required }) => !required || (filled[name] ?? '').trim() !== '');
