// The living problem list and what the joint meeting (三方联动会) needs, as JSON.
import { Type, type Static } from 'typebox';
import { SEVERITIES } from '../domain/alarm.ts';
import { CATEGORIES, TEAMS, TICKET_STATES } from '../domain/ticket.ts';
import { NEXT_STEPS, SIDES, TURNS } from '../domain/side.ts';
import { When, words } from './schema-words.ts';

const Side = words(SIDES, 'Who answers for it at the meeting: 物业, 业委会, 居委会');
const Team = words(TEAMS, 'Whose work it is');

export const ProblemRowView = Type.Object(
  {
    id: Type.String({ description: 'The ticket’s' }),
    number: Type.Integer(),
    title: Type.String(),
    category: words(CATEGORIES, 'What is wrong'),
    severity: words(SEVERITIES, 'low, medium or high'),
    place: Type.String(),
    raisedAt: When,
    ageDays: Type.Integer({
      description: 'The site’s days since it was raised; of one that ended, until then',
    }),
    returns: Type.Integer(),
    state: words(TICKET_STATES, 'Where it stands'),
    waiting: Type.Optional(words(['parts', 'resident'], 'What it waits for')),
    next: Type.Optional(words(NEXT_STEPS, 'The step that is next; absent where it has ended')),
    turn: Type.Optional(words(TURNS, 'Whose turn it is')),
    turnName: Type.Optional(Type.String({ description: 'The person, where it is given to one' })),
    team: Team,
    side: Side,
    dueAt: Type.Optional(When),
    overdueS: Type.Optional(Type.Integer({ description: 'Seconds past its due time' })),
    endedAt: Type.Optional(When),
    endedBecause: Type.Optional(Type.String({ description: 'Why it was declined' })),
  },
  { $id: 'ProblemRow' },
);
export type ProblemRowView = Static<typeof ProblemRowView>;

const About = {
  site: Type.String({ description: 'The compound’s name' }),
  zone: Type.String(),
  generatedAt: When,
};

export const ProblemListView = Type.Object(
  {
    ...About,
    rows: Type.Array(ProblemRowView, {
      description: 'Open ones by age, then returns; then those that ended in the last 14 days',
    }),
  },
  { $id: 'ProblemList' },
);
export type ProblemListView = Static<typeof ProblemListView>;

const Overdue = Type.Object({
  team: Team,
  side: Side,
  tickets: Type.Integer(),
  worstS: Type.Integer({ description: 'By how much the latest of them is late' }),
  numbers: Type.Array(Type.Integer()),
});
const Suggestion = Type.Object({
  at: When,
  place: Type.String(),
  words: Type.String(),
  ticket: Type.Optional(Type.String()),
  side: Side,
});
const figure = { place: Type.String(), name: Type.String(), side: Side };

export const JointMeetingView = Type.Object(
  {
    ...About,
    from: Type.String({ description: 'First day' }),
    to: Type.String({ description: 'Last day' }),
    fresh: Type.Array(ProblemRowView, { description: 'Raised in these days' }),
    lasting: Type.Array(ProblemRowView, { description: 'Raised before and still open, by age' }),
    returned: Type.Array(ProblemRowView, { description: 'Sent back more than once' }),
    overdue: Type.Array(Overdue),
    suggestions: Type.Array(Suggestion),
    bags: Type.Array(Type.Object({ ...figure, bags: Type.Integer() })),
    offHours: Type.Array(Type.Object({ ...figure, deposits: Type.Integer() }), {
      description: 'Of stations with drop-off windows',
    }),
  },
  { $id: 'JointMeeting' },
);
export type JointMeetingView = Static<typeof JointMeetingView>;
