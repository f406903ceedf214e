// Whose a ticket becomes, at ten on a Monday.
import { describe, expect, it } from 'vitest';
import type { Person } from '../../gateway/domain/person.ts';
import { TEAMS, type Ticket } from '../../gateway/domain/ticket.ts';
import {
  chargeFor,
  coverageOf,
  mayBeGiven,
  nextUp,
  type Roster,
  type Work,
} from '../../gateway/tickets/routing.ts';
import { ticketIn } from './written-tickets.ts';

const person = (id: string, more: Partial<Person> = {}): Person => ({
  id,
  name: id,
  role: 'engineer',
  teams: ['engineers'],
  buildings: [],
  duty: [],
  state: 'active',
  ...more,
});
const BY_DAY = [{ days: ['mon'], fromMinute: 480, toMinute: 1080 }] as const;
const BY_NIGHT = [{ days: ['mon'], fromMinute: 1080, toMinute: 480 }] as const;
const STEWARD = person('zhao', { role: 'steward', teams: ['stewards'], buildings: ['b3'] });
const BUILDINGS = new Map([
  ['b3', { id: 'b3', name: '3号楼' }],
  ['b4', { id: 'b4', name: '4号楼', steward: 'qian' }],
]);

const roster = (people: readonly Person[], more: Partial<Roster> = {}): Roster => ({
  people,
  now: { date: '2026-06-01', weekday: 'mon', minute: 600 },
  work: { buildings: BUILDINGS, inTurn: [] },
  lastGiven: {},
  ...more,
});

describe('a ticket goes to', () => {
  it.each<[string, Work, readonly Person[], object]>([
    ['the team alone, where nobody is registered', { category: 'lamp' }, [], { team: 'engineers' }],
    ['the cleaners, for a bin', { category: 'bin-full' }, [], { team: 'cleaners' }],
    [
      'the engineer on duty',
      { category: 'lamp' },
      [person('wang', { duty: BY_DAY }), person('li', { duty: BY_NIGHT })],
      { team: 'engineers', assignee: 'wang' },
    ],
    [
      'the engineers, where two are on duty',
      { category: 'lamp' },
      [person('wang'), person('li')],
      { team: 'engineers' },
    ],
    [
      'the engineers, where the one on duty is disabled',
      { category: 'lamp' },
      [person('wang', { state: 'disabled' })],
      { team: 'engineers' },
    ],
    [
      'the steward of the building',
      { category: 'noise', building: 'b3' },
      [person('ma', { role: 'manager', buildings: ['b3'] }), STEWARD],
      { team: 'stewards', assignee: 'zhao' },
    ],
    [
      'the steward whom the site file names',
      { category: 'noise', building: 'b4' },
      [person('qian', { role: 'steward', teams: ['stewards'] })],
      { team: 'stewards', assignee: 'qian' },
    ],
    [
      'the head of the area, where the building has no steward',
      { category: 'noise', building: 'b3' },
      [person('ma', { role: 'manager', buildings: ['b3'] })],
      { team: 'stewards', assignee: 'ma' },
    ],
    [
      'the engineers, for a lift of a building that has a steward',
      { category: 'lift', building: 'b3' },
      [STEWARD],
      { team: 'engineers' },
    ],
    [
      'the team that its rule names',
      { category: 'lamp', team: 'managers' },
      [person('wang')],
      { team: 'managers' },
    ],
  ])('%s', (_, work, people, charge) => {
    expect(chargeFor(work, roster(people))).toEqual(charge);
  });

  it('each of those on duty in turn, where a team goes round', () => {
    const cleaners = ['a', 'b', 'c'].map((id) =>
      person(id, { role: 'cleaner', teams: ['cleaners'] }),
    );
    const work = { buildings: BUILDINGS, inTurn: ['cleaners'] } as const;
    const after = (last: string | undefined) =>
      chargeFor(
        { category: 'bin-full' },
        roster(cleaners, { work, lastGiven: last === undefined ? {} : { cleaners: last } }),
      ).assignee;
    expect([undefined, 'a', 'b', 'c', 'gone'].map(after)).toEqual(['a', 'b', 'c', 'a', 'a']);
  });
});

it('work is given to active members of its team alone', () => {
  expect(mayBeGiven(person('wang'), 'engineers')).toBe(true);
  expect(mayBeGiven(person('wang'), 'cleaners')).toBe(false);
  expect(mayBeGiven(person('wang', { state: 'disabled' }), 'engineers')).toBe(false);
});

describe('the next person up', () => {
  const people = new Map(
    [person('wang', { above: 'ma' }), person('ma'), person('li', { above: 'gone' })].map((one) => [
      one.id,
      one,
    ]),
  );
  const of = (assignee?: string): string => {
    const ticket: Ticket = ticketIn('answered');
    return nextUp(assignee === undefined ? ticket : { ...ticket, assignee }, people).to;
  };
  it('is who stands above whoever has it, and the manager otherwise', () => {
    expect([of('wang'), of('li'), of('ma'), of()]).toEqual(['ma', 'manager', 'manager', 'manager']);
  });
});

it('what is covered by nobody shows', () => {
  const { buildingsWithoutSteward, teams } = coverageOf(
    TEAMS,
    roster([STEWARD, person('li', { duty: BY_NIGHT })]),
  );
  expect(buildingsWithoutSteward.map(({ id }) => id)).toEqual(['b4']);
  expect(teams).toEqual([
    { team: 'cleaners', people: 0, onDutyNow: [], isEmptyAllWeek: true },
    { team: 'engineers', people: 1, onDutyNow: [], isEmptyAllWeek: false },
    { team: 'stewards', people: 1, onDutyNow: ['zhao'], isEmptyAllWeek: false },
    { team: 'managers', people: 0, onDutyNow: [], isEmptyAllWeek: true },
  ]);
});
