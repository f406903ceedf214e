// How work is done here: `work` and `buildings`. What is left out is as domain/work.ts has it; the
// defaults that a reader of the reference sees come from there and nowhere else.
import { type Static, Type, type TOptional, type TEnum } from 'typebox';
import { SEVERITIES, type Severity } from '../domain/alarm.ts';
import { PERSON_ROLES } from '../domain/person.ts';
import { CATEGORIES, ROUTES, TEAMS, type Category } from '../domain/ticket.ts';
import { formatDuration, hours, type Duration } from '../domain/time.ts';
import { DEFAULT_WORK, STOOD_IN_FOR, TIMED_STEPS, type TimedStep } from '../domain/work.ts';
import { DailyHours } from './hours.ts';
import { duration, identifier, listOf, oneWord, section, text } from './option.ts';

const routeOf = (category: Category) =>
  Type.Optional(
    oneWord(ROUTES, {
      title: 'Route',
      description: `which steps a ticket of the category ${category} walks, whoever raised it`,
      examples: ['full'],
    }),
  );

/** One key for each word of a list. */
const each = <W extends string, V>(words: readonly W[], value: (word: W) => V): Record<W, V> =>
  Object.fromEntries(words.map((word) => [word, value(word)])) as Record<W, V>;

const Routes = section(
  {
    title: 'Routes',
    description: 'short (verified by the sensor alone) or full (inspected and looked back on)',
    default: {},
  },
  each<Category, TOptional<TEnum<[...typeof ROUTES]>>>(CATEGORIES, routeOf),
);

const WHAT: Record<TimedStep, string> = {
  answer: 'from being raised to being given to a team',
  rectify: 'from being given to a team to being mended',
  inspect: 'from being mended to the committee’s word',
  'look-back': 'from the day of the look back to its being done',
};

/** A day of working hours is none of the clock's: 24h, never 1d. */
const inHours = (span: Duration): string =>
  span % hours(1) === 0 ? `${span / hours(1)}h` : formatDuration(span);

const limitOf = (step: TimedStep) => (severity: Severity) =>
  duration({
    title: `Limit, ${severity}`,
    description: `time for this step at ${severity} severity`,
    examples: ['4h'],
    default: inHours(DEFAULT_WORK.limits[step][severity]),
  });

const Limits = section(
  {
    title: 'Time limits',
    description: 'of each step, by severity; in working hours but for high severity',
    default: {},
  },
  each(TIMED_STEPS, (step) =>
    section(
      { title: 'Limits', description: WHAT[step], default: {} },
      each(SEVERITIES, limitOf(step)),
    ),
  ),
);

const StandIns = section(
  {
    title: 'Stand-ins',
    description: 'who takes the steps of a committee or a neighbourhood office that is not there',
    default: {},
  },
  each(STOOD_IN_FOR, (absent) =>
    listOf(
      oneWord(PERSON_ROLES, {
        title: 'Role',
        description: 'a role that may take its steps too',
        examples: ['manager'],
      }),
      {
        title: 'Roles',
        description: `roles that stand in for the ${absent}; nobody judges their own work even so`,
        default: [],
      },
    ),
  ),
);

export const WorkSection = section(
  {
    title: 'Work',
    description: 'how tickets are worked: routes, time limits, working hours, who stands in',
    default: {},
  },
  {
    routes: Routes,
    limits: Limits,
    hours: listOf(DailyHours, {
      title: 'Working hours',
      description: 'hours in which time limits count; an empty list counts day and night',
      default: [{ days: 'mon-fri', from: '08:00', to: '18:00' }],
    }),
    lookBackAfter: duration({
      title: 'Look back after',
      description: 'from the committee’s pass to the day on which somebody looks again',
      examples: ['14d'],
      default: formatDuration(DEFAULT_WORK.lookBackAfter),
    }),
    rateWithin: duration({
      title: 'Rate within',
      description: 'after the look back the ticket closes by itself if nobody rates it so long',
      examples: ['5d'],
      default: formatDuration(DEFAULT_WORK.rateWithin),
    }),
    standIns: StandIns,
    inTurn: listOf(
      oneWord(TEAMS, { title: 'Team', description: 'whose it is', examples: ['cleaners'] }),
      {
        title: 'In turn',
        description: 'teams whose tickets go to each of those on duty in turn',
        default: [],
      },
    ),
  },
);
export type WorkForm = Static<typeof WorkSection>;

const BuildingForm = section(
  { title: 'Building', description: 'a building of the compound' },
  {
    id: identifier({ title: 'Id', description: 'unique among buildings', examples: ['b3'] }),
    name: text({ title: 'Name', description: 'as people call it', examples: ['3号楼'] }),
    steward: Type.Optional(
      identifier({
        title: 'Steward',
        description: 'sign-in name of the person in charge of it; accounts may say so too',
        examples: ['zhao'],
      }),
    ),
  },
);
export type BuildingForm = Static<typeof BuildingForm>;

export const Buildings = listOf(BuildingForm, {
  title: 'Buildings',
  description: 'buildings that tickets may be about; what stands at one names it',
  default: [],
});

/** Of a station, a circuit or a meter. */
export const atBuilding = Type.Optional(
  identifier({
    title: 'Building',
    description: 'id of the building that it stands in or at',
    examples: ['b3'],
  }),
);
