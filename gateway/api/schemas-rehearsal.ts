// A rehearsal as JSON: what changed rules would have said over the days that are still in the log,
// beside what the present ones say of the same days and what really was.
import { type Static, Type } from 'typebox';
import { CATEGORIES } from '../domain/ticket.ts';
import { When, words } from './schema-words.ts';

const RehearsedAlarm = Type.Object(
  {
    rule: Type.String(),
    asset: Type.String(),
    raisedAt: When,
    clearedAt: Type.Optional(When),
    quiet: Type.Optional(
      Type.Literal(true, {
        description:
          'Nobody is told of it: a bigger alarm speaks in its place, or people are at work on it. ' +
          'It is not counted.',
      }),
    ),
  },
  { $id: 'RehearsedAlarm' },
);

const RehearsedTicket = Type.Object(
  {
    category: words(CATEGORIES, 'As the rule says'),
    asset: Type.Optional(Type.String()),
    rule: Type.String({ description: 'Whose alarm opened it' }),
    raisedAt: When,
    endedAt: Type.Optional(When),
  },
  { $id: 'RehearsedTicket' },
);

const Cast = Type.Object({
  alarms: Type.Array(RehearsedAlarm),
  tickets: Type.Array(RehearsedTicket),
});

const Counts = Type.Object({ alarms: Type.Integer(), tickets: Type.Integer() });

const ComparedAlarm = Type.Object(
  {
    rule: Type.String(),
    asset: Type.String(),
    raisedAt: When,
    clearedAt: Type.Optional(When),
    wasRaisedAt: Type.Optional(When),
    fate: words(
      ['both', 'earlier', 'later', 'only-before', 'only-after'],
      'What becomes of it under the changed rules',
    ),
  },
  { $id: 'ComparedAlarm' },
);

const Covers = Type.Object({
  from: Type.Optional(When),
  to: Type.Optional(When),
  completeFrom: Type.Optional(
    Type.String({
      format: 'date-time',
      description: 'Before this the rules had not seen all that they wait for',
    }),
  ),
  days: Type.Array(
    Type.Object({
      day: Type.String({ format: 'date' }),
      readings: Type.Integer(),
      complete: Type.Boolean({ description: 'Nothing of this day is missing' }),
    }),
  ),
});

const RuleCounts = Type.Object(
  {
    rule: Type.String(),
    change: words(['same', 'changed', 'new', 'gone'], 'What was done to the rule'),
    before: Counts,
    after: Counts,
    real: Type.Integer({ description: 'Alarms that really were' }),
  },
  { $id: 'RehearsedRule' },
);

export const RehearsalView = Type.Object(
  {
    covers: Covers,
    records: Type.Integer({ description: 'That were folded' }),
    truncated: Type.Optional(
      words(
        ['time', 'records', 'alarms'],
        'Why it ended before the asked-for end; absent where it did not',
      ),
    ),
    rules: Type.Array(RuleCounts),
    compared: Type.Array(ComparedAlarm),
    before: Cast,
    after: Cast,
    real: Type.Object({ alarms: Type.Array(RehearsedAlarm) }),
    leftOut: Type.Optional(
      Type.Integer({ description: 'Lines that the lists would have beyond their longest' }),
    ),
    notes: Type.Array(Type.String()),
  },
  { $id: 'Rehearsal' },
);
export type RehearsalView = Static<typeof RehearsalView>;
