// What is told to people, as JSON: what waits, what was given up and why, how each channel is. Whom
// a letter goes to is named by the reader's id; addresses and telephones are in no answer.
import { Type, type Static } from 'typebox';
import { LETTER_REASONS } from '../domain/letter.ts';
import { SEVERITIES } from '../domain/alarm.ts';
import { When, words } from './schema-words.ts';

export const NOTICE_STATES = ['waiting', 'given-up', 'told', 'superseded', 'dropped'] as const;

export const NoticeView = Type.Object(
  {
    id: Type.String(),
    key: Type.String({ description: 'The same whenever it is sent again' }),
    channel: Type.String(),
    reader: Type.Optional(Type.String({ description: 'Absent: told to a program' })),
    state: words(
      NOTICE_STATES,
      'given-up: the far side will never take it; superseded: a later letter says what was still ' +
        'true of it; dropped: a person did not want it sent',
    ),
    reason: Type.Optional(words(LETTER_REASONS, 'Why it was written')),
    severity: Type.Optional(words(SEVERITIES, 'Of the gravest in it')),
    title: Type.String(),
    lines: Type.Array(Type.String()),
    tries: Type.Integer({ description: 'Attempts that failed' }),
    words: Type.Optional(Type.String({ description: 'What the far side said last, or why not' })),
    since: When,
    settledAt: Type.Optional(When),
  },
  { $id: 'Notice' },
);
export type NoticeView = Static<typeof NoticeView>;

export const ChannelView = Type.Object(
  {
    id: Type.String(),
    kind: Type.String(),
    state: words(['up', 'down'], 'down: the last attempts have failed'),
    why: Type.Optional(Type.String()),
    since: Type.Optional(When),
    waiting: Type.Integer(),
    told: Type.Integer({ description: 'Since the gateway was started, as the next three' }),
    failed: Type.Integer(),
    givenUp: Type.Integer(),
    superseded: Type.Integer(),
  },
  { $id: 'Channel' },
);
export type ChannelView = Static<typeof ChannelView>;

export const ReaderView = Type.Object(
  {
    id: Type.String(),
    channel: Type.String(),
    pending: Type.Integer({ description: 'Things of which a letter is still to be written' }),
    quiet: Type.Integer({ description: 'Of these, kept back until their quiet hours end' }),
    nextAt: Type.Optional(When),
    counts: Type.Record(Type.String(), Type.Integer(), {
      description: 'Letters by their reason, and what was kept back or left unsaid',
    }),
  },
  { $id: 'Reader' },
);
export type ReaderView = Static<typeof ReaderView>;

const MinuteOfDay = Type.String({
  pattern: '^([01]\\d|2[0-3]):[0-5]\\d$',
  description: 'Site time, 21:00',
});

export const ReachView = Type.Object(
  {
    channel: Type.String({ minLength: 1, maxLength: 64 }),
    to: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 254,
        pattern: '^[^\\u0000-\\u001f\\u007f]+$',
        description: 'A mail address, or a robot’s user id or telephone',
      }),
    ),
    severities: Type.Optional(
      Type.Array(words(SEVERITIES, 'How bad it is'), {
        maxItems: 3,
        description: 'Of these only; what is late for them comes all the same',
      }),
    ),
    quiet: Type.Optional(
      Type.Object(
        { from: MinuteOfDay, to: MinuteOfDay },
        {
          additionalProperties: false,
          description: '21:00 to 07:00 where left out; from and to the same: never quiet',
        },
      ),
    ),
  },
  { $id: 'Reach', additionalProperties: false },
);
export type ReachView = Static<typeof ReachView>;

export const ReachesView = Type.Object(
  {
    reach: Type.Array(ReachView),
    channels: Type.Array(Type.Object({ id: Type.String(), kind: Type.String() }), {
      description: 'Those that there are',
    }),
  },
  { $id: 'Reaches' },
);
export type ReachesView = Static<typeof ReachesView>;

export const NewReach = Type.Object(
  { reach: Type.Array(ReachView, { maxItems: 10, description: 'Empty: by their groups alone' }) },
  { $id: 'NewReach', additionalProperties: false },
);

export const TellingView = Type.Object(
  { channels: Type.Array(ChannelView), readers: Type.Array(ReaderView) },
  { $id: 'Telling' },
);
export type TellingView = Static<typeof TellingView>;
