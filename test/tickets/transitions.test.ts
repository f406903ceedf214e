// Every state × action × role. The short route is written out here once more, as people would say
// it, so that the table in the gateway is held against words and not against itself.
import { describe, expect, it } from 'vitest';
import { TICKET_STATES, type Role, type TicketState } from '../../gateway/domain/ticket.ts';
import { ACTIONS, actionsFor, legality, type Action } from '../../gateway/tickets/transitions.ts';
import { EVERYONE, ticketIn } from './written-tickets.ts';

const CREW: readonly Role[] = ['cleaner', 'engineer', 'manager'];
const DESK: readonly Role[] = ['engineer', 'manager'];
const STAFF: readonly Role[] = [
  'volunteer',
  'cleaner',
  'steward',
  'engineer',
  'committee',
  'reviewer',
  'manager',
];

interface Said {
  readonly who: readonly Role[];
  readonly to: Partial<Record<TicketState, TicketState>>;
}

/** Where each action leads on the short route; whatever is not named is refused. */
const SHORT: Record<Action, Said> = {
  answer: { who: DESK, to: { raised: 'answered' } },
  take: { who: CREW, to: { raised: 'answered', answered: 'answered' } },
  assign: { who: DESK, to: { raised: 'answered', answered: 'answered' } },
  decline: { who: DESK, to: { raised: 'declined', answered: 'declined' } },
  merge: { who: [...DESK, 'gateway'], to: { raised: 'merged', answered: 'merged' } },
  wait: { who: CREW, to: { answered: 'answered' } },
  resume: { who: CREW, to: {} },
  rectify: { who: [...CREW, 'sensor'], to: { raised: 'rectified', answered: 'rectified' } },
  verify: { who: ['sensor', 'gateway'], to: { rectified: 'closed' } },
  reopen: { who: DESK, to: { rectified: 'answered', closed: 'answered', declined: 'answered' } },
  rate: { who: STAFF, to: { closed: 'closed' } },
  comment: { who: STAFF, to: { raised: 'raised', answered: 'answered', rectified: 'rectified' } },
};

const cases = ACTIONS.flatMap((action) =>
  TICKET_STATES.map((state) => [action, state, SHORT[action]] as const),
);

describe('on the short route', () => {
  it.each(cases)('%s a ticket that is %s', (action, state, said) => {
    for (const role of EVERYONE) {
      const to = said.to[state];
      const expected = !said.who.includes(role)
        ? { kind: 'wrong-role' }
        : to === undefined
          ? { kind: 'illegal-step' }
          : { kind: 'legal', to };
      expect([role, legality(ticketIn(state), action, role)]).toEqual([role, expected]);
    }
  });

  it('a word that is no step is refused to everyone', () => {
    for (const word of ['inspect', 'look-back', 'explode', '', 'toString', '__proto__'])
      expect(legality(ticketIn('raised'), word, 'manager')).toEqual({ kind: 'unknown-action' });
  });

  it('what waits can be resumed and not made to wait twice; what does not wait cannot be resumed', () => {
    const waiting = { ...ticketIn('answered'), waiting: 'parts' } as const;
    expect(legality(waiting, 'resume', 'engineer')).toEqual({ kind: 'legal', to: 'answered' });
    expect(legality(waiting, 'wait', 'engineer')).toEqual({ kind: 'illegal-step' });
    expect(legality(ticketIn('answered'), 'resume', 'engineer')).toEqual({ kind: 'illegal-step' });
  });

  it('nothing leads out of a merged ticket', () => {
    for (const role of EVERYONE) expect(actionsFor(ticketIn('merged'), role)).toEqual([]);
  });
});

describe('on the full route', () => {
  it.each([
    ['answer', 'raised', 'manager', { kind: 'legal', to: 'answered' }],
    ['rectify', 'answered', 'engineer', { kind: 'legal', to: 'rectified' }],
    ['rectify', 'raised', 'engineer', { kind: 'illegal-step' }],
    ['verify', 'rectified', 'sensor', { kind: 'unknown-action' }],
    ['merge', 'answered', 'gateway', { kind: 'legal', to: 'merged' }],
    ['comment', 'rectified', 'committee', { kind: 'legal', to: 'rectified' }],
  ] as const)('%s a ticket that is %s, by the %s', (action, state, role, expected) => {
    expect(legality(ticketIn(state, 'full'), action, role)).toEqual(expected);
  });
});

describe('what one may do now', () => {
  it.each([
    [
      'an engineer with a new ticket',
      ticketIn('raised'),
      'engineer',
      ['answer', 'decline', 'merge', 'assign', 'take', 'rectify', 'comment'],
    ],
    ['a cleaner with a new ticket', ticketIn('raised'), 'cleaner', ['take', 'rectify', 'comment']],
    [
      'a cleaner with one in work',
      ticketIn('answered'),
      'cleaner',
      ['take', 'wait', 'rectify', 'comment'],
    ],
    [
      'an engineer with one that waits',
      { ...ticketIn('answered'), waiting: 'parts' },
      'engineer',
      ['decline', 'merge', 'assign', 'take', 'resume', 'rectify', 'comment'],
    ],
    ['a manager with a closed one', ticketIn('closed'), 'manager', ['reopen', 'rate']],
    ['a display', ticketIn('raised'), 'display', []],
  ] as const)('%s', (_, ticket, role, actions) => {
    expect(actionsFor(ticket, role)).toEqual(actions);
  });
});
