// Who hears of work, over which channel and when: `notices`. How a channel is reached stands in
// `channels`; how single persons want to be reached, they say themselves.
import { type Static, Type } from 'typebox';
import { SEVERITIES } from '../domain/alarm.ts';
import { PERSON_ROLES } from '../domain/person.ts';
import { DIGESTS, TONGUES } from '../domain/reader.ts';
import { CATEGORIES, TEAMS } from '../domain/ticket.ts';
import { DailyHours, holidayHours, timeOfDay } from './hours.ts';
import { count, duration, identifier, listOf, oneWord, section, text } from './option.ts';

const Who = section(
  { title: 'Who', description: 'one of role, team and person' },
  {
    role: Type.Optional(
      oneWord(PERSON_ROLES, {
        title: 'Role',
        description:
          'a manager or admin hears of all work; a committee of what it has to inspect, a reviewer of what is to be looked back on, any other of its team’s',
        examples: ['manager'],
      }),
    ),
    team: Type.Optional(
      oneWord(TEAMS, { title: 'Team', description: 'what it has to do', examples: ['cleaners'] }),
    ),
    person: Type.Optional(
      text({
        title: 'Person',
        description:
          'sign-in name: hears what is given to them, what is late below them, and while on duty what is their team’s and nobody’s',
        examples: ['wang'],
      }),
    ),
  },
);

const Quiet = section(
  {
    title: 'Quiet hours',
    description:
      'low and medium severity waits until they end and comes in one letter; high goes through; from and to the same: never quiet',
    default: {},
  },
  {
    from: timeOfDay({
      title: 'From',
      description: 'first quiet minute',
      examples: ['22:00'],
      default: '21:00',
    }),
    to: timeOfDay({
      title: 'To',
      description: 'first minute after',
      examples: ['06:00'],
      default: '07:00',
    }),
  },
);

const ReaderForm = section(
  { title: 'Reader', description: 'a group or a person who is told' },
  {
    id: identifier({
      title: 'Id',
      description: 'unique among readers; part of the id of every letter to them',
      examples: ['cleaners-group'],
    }),
    who: Who,
    over: identifier({
      title: 'Over',
      description: 'id of a channel, or of a webhook',
      examples: ['duty-group'],
    }),
    to: Type.Optional(
      text({
        title: 'To',
        description:
          'whom the channel is to reach or mention: a mail address, or a robot’s user id or telephone; the whole group where left out',
        examples: ['li@example.com'],
      }),
    ),
    severities: Type.Optional(
      listOf(
        oneWord(SEVERITIES, {
          title: 'Severity',
          description: 'how bad it is',
          examples: ['high'],
        }),
        {
          title: 'Severities',
          description: 'work of these only; what is late for this reader comes whatever it is',
          examples: [['medium', 'high']],
        },
      ),
    ),
    categories: Type.Optional(
      listOf(
        oneWord(CATEGORIES, { title: 'Category', description: 'of work', examples: ['lamp'] }),
        { title: 'Categories', description: 'work of these only', examples: [['lamp']] },
      ),
    ),
    hours: listOf(DailyHours, {
      title: 'Hours',
      description:
        'sent only in these, and outside of them nothing, however grave: it waits; day and night where empty',
      default: [],
    }),
    holidays: holidayHours,
    quiet: Quiet,
    digests: listOf(
      oneWord(DIGESTS, { title: 'Digest', description: 'how often', examples: ['daily'] }),
      {
        title: 'Digests',
        description: 'summaries that are sent to this reader; for managers',
        examples: [['daily', 'weekly']],
        default: [],
      },
    ),
  },
);
export type ReaderForm = Static<typeof ReaderForm>;

export const NoticesSection = section(
  {
    title: 'Notices',
    description: 'who hears of work and when; grouped as Alertmanager does, with its names',
    default: {},
  },
  {
    groupWait: duration({
      title: 'Group wait',
      description: 'the first news of a quiet time waits so long for company',
      examples: ['1m'],
      default: '30s',
    }),
    groupInterval: duration({
      title: 'Group interval',
      description:
        'from one letter to a reader to the next with news; new work of high severity may come once in between',
      examples: ['10m'],
      default: '5m',
    }),
    repeatInterval: duration({
      title: 'Repeat interval',
      description: 'what is unanswered, late or grave is told again after so long, and again',
      examples: ['8h'],
      default: '4h',
    }),
    mostPerHour: count({
      title: 'Most an hour',
      description:
        'letters over one channel in an hour; what comes on top waits and comes in one; a reader who had none in the hour is never held',
      unit: '1/h',
      examples: [10],
      default: 20,
      minimum: 1,
      maximum: 1000,
    }),
    language: oneWord(TONGUES, {
      title: 'Language',
      description: 'of the letters; names stay as they are',
      examples: ['en'],
      default: 'zh',
    }),
    dailyAt: timeOfDay({
      title: 'Daily at',
      description: 'when the daily digest is sent; later where the gateway was off then',
      examples: ['08:00'],
      default: '07:30',
    }),
    weeklyAt: timeOfDay({
      title: 'Weekly at',
      description: 'the same for the weekly one, on Mondays',
      examples: ['09:00'],
      default: '08:00',
    }),
    readers: listOf(ReaderForm, {
      title: 'Readers',
      description: 'who is told; people add themselves beside these',
      default: [],
    }),
  },
);
export type NoticesForm = Static<typeof NoticesSection>;
