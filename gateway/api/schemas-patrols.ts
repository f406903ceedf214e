// Patrols, rounds and bags counted, as JSON.
import { Type, type Static } from 'typebox';
import { MOST_BAGS } from '../domain/bag-count.ts';
import { PATROL_PLACE_KINDS } from '../domain/patrol.ts';
import { CHECKED_IN_BY, ROUND_ENDS, VERDICTS } from '../domain/round.ts';
import { CATEGORIES, TEAMS } from '../domain/ticket.ts';
import { When, words } from './schema-words.ts';

const Name = Type.String();

export const RoundHeadView = Type.Object(
  {
    id: Type.String(),
    patrol: Type.String(),
    name: Name,
    by: Type.String({ description: 'Sign-in name' }),
    byName: Type.String({ description: 'As people call them' }),
    startedAt: When,
    endedAt: Type.Optional(When),
    end: Type.Optional(words(ROUND_ENDS, 'How it ended; unfinished: nobody touched it for 12 h')),
    note: Type.Optional(Type.String()),
    seen: Type.Integer({ description: 'Places where every question was answered' }),
    places: Type.Integer({ description: 'Places on the route' }),
    bad: Type.Integer({ description: 'Questions answered bad' }),
  },
  { $id: 'RoundHead' },
);
export type RoundHeadView = Static<typeof RoundHeadView>;

const PatrolPlace = {
  at: Type.String({ description: 'The code that its label carries, where it has one' }),
  kind: words(PATROL_PLACE_KINDS, 'What it is; a circuit has no label'),
  name: Name,
};
const Question = {
  ask: Type.String(),
  category: words(CATEGORIES, 'What is raised where it is bad'),
};

export const PATROL_DUES = ['in-time', 'overdue', 'never', 'whenever'] as const;

export const PatrolView = Type.Object(
  {
    id: Type.String(),
    name: Name,
    team: Type.Optional(words(TEAMS, 'Whose round it usually is')),
    everyS: Type.Optional(Type.Number({ description: 'Seconds' })),
    places: Type.Array(Type.Object({ ...PatrolPlace, look: Type.Array(Type.Object(Question)) })),
    due: words(PATROL_DUES, 'never: not once walked to its end; whenever: no interval is set'),
    dueAt: Type.Optional(When),
    lastRound: Type.Optional(RoundHeadView),
    underWay: Type.Array(RoundHeadView),
  },
  { $id: 'Patrol' },
);
export type PatrolView = Static<typeof PatrolView>;

const Look = Type.Object({
  ...Question,
  verdict: Type.Optional(words(VERDICTS, 'Absent where nobody has answered')),
  at: Type.Optional(When),
  note: Type.Optional(Type.String()),
  ticket: Type.Optional(Type.String({ description: 'What it opened or joined' })),
});

export const RoundView = Type.Object(
  {
    ...RoundHeadView.properties,
    route: Type.Array(
      Type.Object({
        ...PatrolPlace,
        checkedInAt: Type.Optional(When),
        checkedInBy: Type.Optional(words(CHECKED_IN_BY, 'Whether the label was read')),
        look: Type.Array(Look),
      }),
    ),
  },
  { $id: 'Round' },
);
export type RoundView = Static<typeof RoundView>;

const Bags = Type.Integer({ minimum: 0, maximum: MOST_BAGS });

export const BagCountView = Type.Object(
  {
    day: Type.String({ description: 'The site’s day' }),
    place: Type.String(),
    name: Name,
    by: Type.String(),
    byName: Type.String(),
    at: When,
    bags: Bags,
    note: Type.Optional(Type.String()),
  },
  { $id: 'BagCount' },
);
export type BagCountView = Static<typeof BagCountView>;

const Sum = { place: Type.String(), name: Name, bags: Type.Integer() };
export const BagCountsView = Type.Object(
  {
    from: Type.String(),
    to: Type.String(),
    bags: Type.Integer({ description: 'All of them' }),
    places: Type.Array(Type.Object(Sum), { description: 'Sums by place, the most first' }),
    days: Type.Array(
      Type.Object({ day: Type.String(), ...Sum, counts: Type.Array(BagCountView) }),
      { description: 'By day, the newest first, and place; counts of different people add up' },
    ),
  },
  { $id: 'BagCounts' },
);
export type BagCountsView = Static<typeof BagCountsView>;
