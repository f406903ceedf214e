import { describe, expect, it } from 'vitest';
import {
  CATEGORIES,
  isOpen,
  mayReopen,
  TICKET_STATES,
  type Role,
  type Ticket,
} from '../../gateway/domain/ticket.ts';
import { days, later, milliseconds } from '../../gateway/domain/time.ts';
import { newAlarm } from '../../gateway/rules/alarm-book.ts';
import { joinAlarm, openTicket, takeOver, takeStep } from '../../gateway/tickets/ticket-book.ts';
import { titleOf } from '../../gateway/tickets/wording.ts';
import { clock, LAMP_OUT } from '../fakes/small-site.ts';
import { raisedTicket, ticketIn } from './written-tickets.ts';

const noon = clock('12:00');
const step = (
  action: string,
  body: Readonly<Record<string, unknown>> = {},
  role: Role = 'engineer',
) => ({ action, by: 'wang', role, at: noon, body });

/** The ticket after that step, which must be legal. */
function after(
  ticket: Ticket,
  ...taken: readonly [string, Readonly<Record<string, unknown>>?, Role?]
): Ticket {
  const result = takeStep(ticket, step(...taken));
  if (result.kind !== 'taken') throw new Error(`${taken[0]}: ${result.kind}`);
  return result.ticket;
}

const alarm = newAlarm({
  number: 3,
  pair: { key: 'lamp-out:lamp-1', rule: LAMP_OUT, subject: 'lamp-1' },
  watch: { phase: 'holding', since: noon, value: 0.2 },
  at: noon,
});

describe('a new ticket', () => {
  it('is raised, on the short route, at version 1, with one step behind it', () => {
    expect(raisedTicket()).toEqual({
      id: 'T7',
      number: 7,
      category: 'lamp',
      severity: 'medium',
      asset: 'lamp-1',
      place: '1号庭院灯',
      title: '1号庭院灯 路灯故障',
      route: 'short',
      state: 'raised',
      team: 'engineers',
      raisedBy: 'rule lamp-out',
      raisedAt: clock('10:00'),
      returns: 0,
      version: 1,
      alarms: [],
      photos: [],
      history: [
        {
          at: clock('10:00'),
          by: 'rule lamp-out',
          role: 'sensor',
          action: 'raise',
          from: 'none',
          to: 'raised',
        },
      ],
    });
  });

  it('keeps the note and the key it came with, and the alarm it stands for', () => {
    const { history, alarms } = openTicket({
      ...raisedTicket(),
      role: 'engineer',
      at: noon,
      alarm,
      note: '第三盏',
      key: 'k-1',
    });
    expect(history).toMatchObject([{ reason: '第三盏', key: 'k-1' }]);
    expect(alarms).toEqual(['A3']);
  });
});

describe('a step', () => {
  it('leaves the old ticket as it was, and the new one a version on with one more line of history', () => {
    const old = raisedTicket();
    const copy = structuredClone(old);
    const taken = takeStep(old, { ...step('take'), key: 'k-2' });
    expect(old).toEqual(copy);
    expect(taken).toMatchObject({
      kind: 'taken',
      ticket: { version: 2, state: 'answered', assignee: 'wang' },
    });
    expect(taken.kind === 'taken' && taken.ticket.history.at(-1)).toEqual({
      at: noon,
      by: 'wang',
      role: 'engineer',
      action: 'take',
      from: 'raised',
      to: 'answered',
      key: 'k-2',
    });
  });

  it.each<[string, Ticket, string, Record<string, unknown>, Partial<Ticket>]>([
    [
      'answer',
      ticketIn('raised'),
      'answer',
      { team: 'cleaners', dueAt: clock('18:00') },
      { state: 'answered', team: 'cleaners', dueAt: clock('18:00'), dueSetBy: 'wang' },
    ],
    [
      'answer without a due time',
      ticketIn('raised'),
      'answer',
      { team: 'cleaners' },
      { state: 'answered', team: 'cleaners' },
    ],
    ['assign', ticketIn('raised'), 'assign', { to: 'li' }, { state: 'answered', assignee: 'li' }],
    [
      'wait',
      ticketIn('answered'),
      'wait',
      { for: 'parts' },
      { state: 'answered', waiting: 'parts', waitingSince: noon },
    ],
    [
      'merge',
      ticketIn('answered'),
      'merge',
      { into: 'T9', reason: 'same' },
      { state: 'merged', mergedInto: 'T9' },
    ],
    ['decline', ticketIn('answered'), 'decline', { reason: 'not ours' }, { state: 'declined' }],
    ['rectify', ticketIn('raised'), 'rectify', { note: 'new bulb' }, { state: 'rectified' }],
    [
      'reopen',
      ticketIn('rectified'),
      'reopen',
      { reason: 'still dark' },
      { state: 'answered', returns: 1 },
    ],
    ['comment', ticketIn('rectified'), 'comment', { text: 'thanks' }, { state: 'rectified' }],
    [
      'rate',
      { ...ticketIn('closed'), raisedBy: 'wang' },
      'rate',
      { stars: 4, note: 'quick' },
      { state: 'closed', stars: 4 },
    ],
    ['photo', ticketIn('answered'), 'photo', { photos: ['p1'] }, { photos: ['p1'] }],
  ])('%s does what it says and nothing else', (_, ticket, action, body, changes) => {
    const next = after(ticket, action, body);
    expect({ ...next, history: [] }).toEqual({
      ...ticket,
      ...changes,
      version: ticket.version + 1,
      history: [],
    });
    expect(next.history).toHaveLength(ticket.history.length + 1);
  });

  it.each([
    ['a reason', { reason: 'not ours' }, 'not ours'],
    ['a note', { note: 'new bulb' }, 'new bulb'],
    ['a comment', { text: 'thanks' }, 'thanks'],
    ['stars', { stars: 4 }, '4★'],
    ['stars and a note', { stars: 5, note: 'quick' }, '5★ quick'],
    ['nothing', {}, undefined],
    ['empty words', { note: '' }, undefined],
    ['something that is no text', { reason: 7 }, undefined],
  ])('keeps %s in its history', (_, body, reason) => {
    expect(after(ticketIn('raised'), 'comment', body).history.at(-1)?.reason).toBe(reason);
  });

  it.each([
    ['resume ends the waiting', 'resume', undefined],
    ['taking it over does not', 'take', 'parts'],
    ['nor does a comment', 'comment', 'parts'],
    ['rectifying does', 'rectify', undefined],
    ['declining does', 'decline', undefined],
  ])('of a ticket that waits for parts: %s', (_, action, waiting) => {
    expect(after({ ...ticketIn('answered'), waiting: 'parts' }, action).waiting).toBe(waiting);
  });

  it.each([
    ['the wrong role', 'answer', 'cleaner', 'wrong-role'],
    ['a step that does not fit', 'verify', 'sensor', 'illegal-step'],
    ['a word that is none', 'explode', 'manager', 'unknown-action'],
  ] as const)('is refused to %s, by that word', (_, action, role, kind) => {
    expect(takeStep(raisedTicket(), step(action, {}, role))).toEqual({ kind });
  });
});

describe('an ended ticket', () => {
  it.each([
    ['a millisecond less than a day later, opens again', -1, 'taken'],
    ['a day later, does not', 0, 'too-late'],
  ])('%s', (_, offset, kind) => {
    const at = later(noon, milliseconds(days(1) + offset));
    expect(takeStep(ticketIn('closed', 'short', noon), { ...step('reopen'), at }).kind).toBe(kind);
  });

  it('counts its returns, however often', () => {
    const again = after(after(ticketIn('closed'), 'reopen'), 'rectify');
    expect(after(again, 'reopen').returns).toBe(2);
  });

  it('is one that is closed, declined or merged; the others are open', () => {
    expect(TICKET_STATES.filter((state) => !isOpen(ticketIn(state)))).toEqual([
      'closed',
      'declined',
      'merged',
    ]);
    expect(mayReopen(ticketIn('answered'), noon)).toBe(false);
  });
});

describe('sent back', () => {
  it.each<[string, Ticket, string, Role]>([
    ['by the committee', ticketIn('rectified', 'full'), 'inspect', 'committee'],
    ['by whoever looks back', ticketIn('inspected', 'full'), 'look-back', 'reviewer'],
    ['by its sensor', ticketIn('rectified'), 'return', 'sensor'],
  ])('%s it is the same ticket, answered, one return more', (_, ticket, action, role) => {
    const reason = 'still dark';
    const parked = { ...ticket, parkedUntil: noon, awaits: 'light', dueAt: noon, soonAt: noon };
    const next = after(parked, action, { result: 'return', reason }, role);
    expect(next).toMatchObject({ id: 'T7', state: 'answered', returns: 1 });
    expect(next.history.at(-1)).toMatchObject({ action, to: 'answered', reason });
    for (const gone of ['parkedUntil', 'awaits', 'dueAt', 'soonAt'])
      expect(next).not.toHaveProperty(gone);
  });

  it('without a reason it is not', () => {
    const body = { result: 'return' };
    for (const more of [{}, { reason: '' }])
      expect(
        takeStep(ticketIn('rectified', 'full'), step('inspect', { ...body, ...more }, 'committee')),
      ).toEqual({ kind: 'needs-reason' });
  });

  it('a look back passes nothing before its day, but sees at once what is broken', () => {
    const ticket = { ...ticketIn('inspected', 'full'), lookBackAt: later(noon, milliseconds(1)) };
    const look = (body: object) =>
      takeStep(ticket, step('look-back', { ...body }, 'reviewer')).kind;
    expect(look({ result: 'pass' })).toBe('too-early');
    expect(look({ result: 'return', reason: 'leaks' })).toBe('taken');
    const due = { ...ticket, lookBackAt: noon };
    expect(takeStep(due, step('look-back', { result: 'pass' }, 'reviewer')).kind).toBe('taken');
  });
});

it('a ticket given to whom it is given already is not given again', () => {
  const given = { ...ticketIn('answered'), assignee: 'li' };
  expect(takeStep(given, step('assign', { to: 'li' }))).toEqual({ kind: 'done-already' });
  expect(takeStep(given, step('assign', { to: 'zhao' })).kind).toBe('taken');
});

it('a ticket that takes another over stands for its alarms too, and is as grave', () => {
  const merged = {
    ...raisedTicket(),
    id: 'T9',
    alarms: ['A2', 'A3'],
    photos: ['p'],
    severity: 'high',
  } as const;
  const into = takeOver({ ...raisedTicket(), alarms: ['A1', 'A2'] }, merged, noon);
  expect(into).toMatchObject({ alarms: ['A1', 'A2', 'A3'], photos: ['p'], severity: 'high' });
  expect(into.history.at(-1)).toMatchObject({ action: 'take-over', from: 'raised', to: 'raised' });
});

it('a ticket that joins another alarm stands for both, a version on', () => {
  expect(joinAlarm({ ...raisedTicket(), alarms: ['A1'] }, alarm)).toEqual({
    ...raisedTicket(),
    alarms: ['A1', 'A3'],
    version: 2,
  });
});

it('every category has a title in the compound’s words', () => {
  const titles = CATEGORIES.map((category) => titleOf(category, '1号投放点'));
  expect(new Set(titles).size).toBe(CATEGORIES.length);
  expect(titles[0]).toBe('1号投放点 桶满');
});
