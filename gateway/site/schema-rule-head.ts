// What every rule says beside its condition: who it is, how grave, how it begins and ends, in which
// hours it is asked, and whose work it makes. Shared by all forms, so that the reference says it once.
import { type Static, Type } from 'typebox';
import { SEVERITIES } from '../domain/alarm.ts';
import { ASSET_KINDS } from '../domain/asset.ts';
import { QUANTITIES, type Quantity } from '../domain/quantity.ts';
import { CATEGORIES, TEAMS } from '../domain/ticket.ts';
import { DailyHours, holidayHours, season } from './hours.ts';
import { duration, hold, identifier, listOf, measure, oneWord, section } from './option.ts';
import { idList } from './schema-place.ts';

const severity = oneWord(SEVERITIES, {
  title: 'Severity',
  description: 'how bad it is',
  examples: ['medium'],
});

const GraverStep = section(
  { title: 'Graver', description: 'a value from which it is worse' },
  {
    from: measure({
      title: 'From',
      description: 'from this value on',
      unit: 'of the quantity',
      examples: [0.98],
    }),
    severity,
  },
);

const During = section(
  {
    title: 'During',
    description:
      'the only hours in which it is judged; out of them nothing trips and nothing clears',
  },
  {
    windows: listOf(DailyHours, {
      title: 'Windows',
      description: 'hours of the site’s week; whole days where left out',
      default: [],
    }),
    holidays: holidayHours,
    season: season('the days of each year on which it is judged'),
  },
);
export type DuringForm = Static<typeof During>;

export const head = {
  id: identifier({ title: 'Id', description: 'unique among rules', examples: ['bin-full'] }),
  severity,
  ticket: Type.Optional(
    section(
      { title: 'Ticket', description: 'the ticket that it opens; without one it is only shown' },
      {
        category: oneWord(CATEGORIES, {
          title: 'Category',
          description: 'what is wrong',
          examples: ['bin-full'],
        }),
        team: oneWord(TEAMS, { title: 'Team', description: 'whose it is', examples: ['cleaners'] }),
      },
    ),
  ),
  only: Type.Optional(
    idList({
      title: 'Only',
      description: 'narrows the rule to these ids',
      examples: [['k1-wet', 'k1-dry']],
    }),
  ),
  clearFor: Type.Optional(
    duration({
      title: 'Clear for',
      description: 'how long it must be gone, unbroken, before the alarm is over; at once without',
      examples: ['5m'],
    }),
  ),
  ends: oneWord(['by-itself', 'when-seen'], {
    title: 'Ends',
    description: 'when-seen: over only once a person has acknowledged it, though it be gone',
    examples: ['when-seen'],
    default: 'by-itself',
  }),
  reAlarmAfter: Type.Optional(
    duration({
      title: 'Alarm again after',
      description: 'acknowledged and still standing after this long, it asks again; never without',
      examples: ['4h'],
    }),
  ),
  graver: Type.Optional(
    listOf(GraverStep, {
      title: 'Graver',
      description: 'values from which it is worse; the severity follows the value, up and down',
      examples: [[{ from: 0.98, severity: 'high' }]],
    }),
  ),
  during: Type.Optional(During),
};

export const holdFor = hold({
  title: 'Hold',
  description: 'how long it must be so, unbroken, before the alarm',
  examples: ['10m'],
  default: '0s',
});
export const on = <K extends string>(kind: K) =>
  Type.Literal(kind, { title: 'On', description: 'what the rule watches', examples: [kind] });
export const onAssets = oneWord(ASSET_KINDS, {
  title: 'On',
  description: 'which kind of asset the rule watches',
  examples: ['bin'],
});
export const quantity = oneWord(Object.keys(QUANTITIES) as Quantity[], {
  title: 'Quantity',
  description: 'what is measured',
  examples: ['fill'],
});
export const limit = (title: string, description: string, example: number) =>
  measure({ title, description, unit: 'of the quantity', examples: [example] });
