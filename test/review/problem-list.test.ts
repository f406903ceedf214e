// The living problem list: what is on it, in which order, how old, whose turn, and how late.
import { describe, expect, it } from 'vitest';
import { siteDays } from '../../gateway/domain/day.ts';
import { standpointOf } from '../../gateway/domain/side.ts';
import { TICKET_STATES, type Ticket } from '../../gateway/domain/ticket.ts';
import { earlier, hours, instant, milliseconds } from '../../gateway/domain/time.ts';
import {
  ageDays,
  overdueBy,
  overduePerTeam,
  problemList,
} from '../../gateway/review/problem-list.ts';

const DAYS = siteDays({ zone: 'Asia/Shanghai', dayStartsAtMinute: 0 });
const at = (text: string) => instant(Date.parse(`${text}+08:00`));
const NOW = at('2026-11-20T10:00:00');

const ticket = (number: number, more: Partial<Ticket> = {}): Ticket => ({
  id: `T${number}`,
  number,
  category: 'lamp',
  severity: 'medium',
  place: '7号庭院灯',
  title: '灯不亮',
  route: 'full',
  state: 'raised',
  team: 'engineers',
  raisedBy: 'li',
  raisedAt: at('2026-11-10T08:00:00'),
  returns: 0,
  version: 1,
  alarms: [],
  photos: [],
  history: [],
  ...more,
});

const ended = (number: number, when: string, more: Partial<Ticket> = {}): Ticket =>
  ticket(number, {
    state: 'closed',
    history: [
      {
        at: at(when),
        by: 'li',
        role: 'resident',
        action: 'rate',
        from: 'looked-back',
        to: 'closed',
      },
    ],
    ...more,
  });

const numbers = (...tickets: Ticket[]): number[] =>
  problemList(tickets, DAYS, NOW).map(({ number }) => number);

describe('the problem list', () => {
  it('begins with the oldest; of one day with what came back most often, then by number', () => {
    expect(
      numbers(
        ticket(1),
        ticket(2, { raisedAt: at('2026-11-09T23:59:00') }),
        ticket(3, { raisedAt: at('2026-11-10T23:00:00'), returns: 2 }),
        ticket(4, { raisedAt: at('2026-11-10T00:00:00') }),
      ),
    ).toEqual([2, 3, 1, 4]);
  });

  it('leaves out what a sensor closes by itself, what was merged into another, and ideas', () => {
    const others = [ticket(1, { route: 'short' }), ticket(2, { state: 'merged' })];
    expect(numbers(...others, ticket(3, { suggestion: true }))).toEqual([]);
  });

  it('ends with what ended in the last fourteen days, the last one first', () => {
    expect(
      numbers(
        ended(1, '2026-11-19T08:00:00'),
        ended(2, '2026-11-06T00:00:00'),
        ended(3, '2026-11-05T23:59:59'),
        ended(4, '2026-11-20T09:00:00', { state: 'declined' }),
        ticket(5),
      ),
    ).toEqual([5, 4, 1, 2]);
  });

  it.each([
    ['2026-11-20T00:00:00', 0],
    ['2026-11-19T23:59:59', 1],
    ['2026-10-20T12:00:00', 31],
    ['2026-11-21T00:00:00', 0],
  ])('raised at %s is %i of the site’s days old', (raisedAt, days) => {
    expect(ageDays(ticket(1, { raisedAt: at(raisedAt) }), DAYS, NOW)).toBe(days);
  });

  it('grows no older once it has ended', () => {
    expect(ageDays(ended(1, '2026-11-12T08:00:00'), DAYS, NOW)).toBe(2);
  });
});

describe('being late', () => {
  it.each([
    ['without a due time', {}, undefined],
    ['at its due time', { dueAt: NOW }, undefined],
    ['a moment past it', { dueAt: earlier(NOW, milliseconds(1)) }, 1],
    ['while it waits', { dueAt: earlier(NOW, hours(1)), waiting: 'parts' as const }, undefined],
  ])('%s', (_what, more, late) => {
    expect(overdueBy(ticket(1, more), NOW)).toBe(late);
  });

  it('is summed by team and side, the worst first', () => {
    const late = (number: number, span: number, more: Partial<Ticket> = {}) =>
      ticket(number, { dueAt: earlier(NOW, hours(span)), ...more });
    const summed = overduePerTeam(
      [
        late(1, 2),
        late(2, 5),
        late(3, 9, { state: 'rectified' }),
        late(4, 1, { team: 'cleaners' }),
        ended(5, '2026-11-19T08:00:00', { dueAt: earlier(NOW, hours(99)) }),
      ],
      NOW,
    );
    expect(
      summed.map(({ team, side, tickets, worst }) => [
        team,
        side,
        tickets.length,
        worst / hours(1),
      ]),
    ).toEqual([
      ['engineers', 'committee', 1, 9],
      ['engineers', 'property', 2, 5],
      ['cleaners', 'property', 1, 1],
    ]);
  });
});

describe('whose turn it is', () => {
  it('follows from where the ticket stands', () => {
    const said = TICKET_STATES.map((state) => {
      const { side, next = '-', turn = '-' } = standpointOf({ state });
      return `${state}: ${side} ${next} ${turn}`;
    });
    expect(said).toEqual([
      'raised: property answer team',
      'answered: property rectify team',
      'rectified: committee inspect committee',
      'inspected: neighbourhood look-back reviewer',
      'looked-back: neighbourhood rate raiser',
      'closed: property - -',
      'declined: property - -',
      'merged: property - -',
    ]);
  });

  it('is the sensor’s while a repair waits for its word', () => {
    expect(standpointOf({ state: 'rectified', parkedUntil: NOW }).turn).toBe('sensor');
  });
});
