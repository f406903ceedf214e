// The steps that a person may take with a ticket, each with the body that it wants and the roles that
// may knock at all. Whether the step is legal now, and for this person, the ticket's own transition
// table says, behind the desk.
import { Type, type TProperties } from 'typebox';
import { TEAMS } from '../domain/ticket.ts';
import { Text, When, words } from './schemas.ts';
import type { DoorRole } from './session.ts';

/** Everyone who does or judges work here. */
export const STAFF = [
  'cleaner',
  'steward',
  'engineer',
  'committee',
  'reviewer',
  'manager',
  'admin',
] as const satisfies readonly DoorRole[];
const STAFF_AND_RESIDENTS = [...STAFF, 'resident'] as const satisfies readonly DoorRole[];

const step = <P extends TProperties>($id: string, summary: string, fields: P) => ({
  summary,
  roles: STAFF as readonly DoorRole[],
  body: Type.Object(fields, { $id, additionalProperties: false }),
});

const Note = Type.Optional(Text);
const Verdict = { result: words(['pass', 'return'], 'return needs a reason'), reason: Note };

export const TICKET_ACTIONS = {
  answer: step('AnswerTicket', 'Give it to a team, with a due time', {
    team: words(TEAMS, 'Whose it becomes'),
    dueAt: Type.Optional(When),
    note: Note,
  }),
  decline: step('DeclineTicket', 'Say why nothing will be done', { reason: Text }),
  merge: step('MergeTicket', 'It is the same as another', {
    into: Type.String({ minLength: 1, maxLength: 100, description: 'The other ticket’s id' }),
    reason: Text,
  }),
  assign: step('AssignTicket', 'Give it to a person', {
    to: Type.String({ minLength: 1, maxLength: 100 }),
  }),
  take: step('TakeTicket', 'I do it', {}),
  wait: step('WaitTicket', 'It cannot go on yet', {
    for: words(['parts', 'resident'], 'What it waits for'),
    note: Note,
  }),
  resume: step('ResumeTicket', 'It can go on', {}),
  rectify: step('RectifyTicket', 'It is mended', { note: Text }),
  inspect: step('InspectTicket', 'The owners’ committee passes it or sends it back', Verdict),
  'look-back': step('LookBackTicket', 'Some days later: is it still mended?', Verdict),
  reopen: step('ReopenTicket', 'It was not mended after all', { reason: Text }),
  rate: {
    ...step('RateTicket', 'How well it was done, 1–5', {
      stars: Type.Integer({ minimum: 1, maximum: 5 }),
      note: Note,
    }),
    roles: STAFF_AND_RESIDENTS,
  },
  comment: {
    ...step('CommentTicket', 'Say something; nothing else changes', { text: Text }),
    roles: STAFF_AND_RESIDENTS,
  },
} as const;

export type TicketVerb = keyof typeof TICKET_ACTIONS;
export const TICKET_VERBS = Object.keys(TICKET_ACTIONS) as TicketVerb[];
