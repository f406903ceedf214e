// Every state × action × role × route. The loop is written out here once more, as people would say
// it, so that the table in the gateway is held against words and not against itself.
import { describe, expect, it } from 'vitest';
import {
  ROUTES,
  TICKET_STATES,
  type Role,
  type Route,
  type Ticket,
  type TicketState,
} from '../../gateway/domain/ticket.ts';
import { ACTIONS, actionsFor, legality, type Action } from '../../gateway/tickets/transitions.ts';
import { EVERYONE, ticketIn } from './written-tickets.ts';

const CREW: readonly Role[] = ['cleaner', 'steward', 'engineer', 'manager'];
const DESK: readonly Role[] = ['engineer', 'manager'];
const STAFF: readonly Role[] = ['volunteer', ...CREW, 'committee', 'reviewer'];
const MACHINE: readonly Role[] = ['sensor', 'gateway'];

type Leads = Partial<Record<TicketState, TicketState>>;
interface Said {
  readonly who: readonly Role[];
  readonly to: Leads;
  /** What of it only the sensor may, besides. */
  readonly sensor?: Leads;
}
type Loop = Partial<Record<Action, Said>>;

const OPEN: Leads = {
  raised: 'raised',
  answered: 'answered',
  rectified: 'rectified',
  inspected: 'inspected',
  'looked-back': 'looked-back',
};
const BACK: Leads = { rectified: 'answered', inspected: 'answered', 'looked-back': 'answered' };

const BOTH: Loop = {
  answer: { who: DESK, to: { raised: 'answered' } },
  take: { who: CREW, to: { raised: 'answered', answered: 'answered' } },
  assign: { who: DESK, to: { raised: 'answered', answered: 'answered' } },
  decline: { who: DESK, to: { raised: 'declined', answered: 'declined' } },
  merge: { who: [...DESK, 'gateway'], to: { raised: 'merged', answered: 'merged' } },
  wait: { who: CREW, to: { answered: 'answered' } },
  resume: { who: [...CREW, 'resident'], to: {} },
  return: { who: MACHINE, to: BACK },
  reopen: { who: [...DESK, 'resident'], to: { ...BACK, closed: 'answered', declined: 'answered' } },
  escalate: { who: ['gateway'], to: OPEN },
  comment: { who: [...STAFF, 'resident', 'gateway'], to: OPEN },
  photo: { who: STAFF, to: OPEN },
  report: { who: ['resident'], to: { ...OPEN, closed: 'closed' } },
};
const MENDED: Leads = { raised: 'rectified', answered: 'rectified' };

/** Where each action leads; whatever is not named is refused. */
const EXPECTED: Record<Route, Loop> = {
  short: {
    ...BOTH,
    rectify: { who: [...CREW, 'sensor'], to: MENDED },
    verify: { who: MACHINE, to: { rectified: 'closed' } },
    rate: { who: [...STAFF, 'resident'], to: { closed: 'closed' } },
  },
  full: {
    ...BOTH,
    rectify: { who: [...CREW, 'sensor'], to: { answered: 'rectified' }, sensor: MENDED },
    // Of a ticket that waits for its sensor; on its own it closes nothing.
    verify: { who: MACHINE, to: {} },
    inspect: { who: ['committee'], to: { rectified: 'inspected' } },
    'look-back': { who: ['reviewer'], to: { inspected: 'looked-back' } },
    rate: { who: [...STAFF, 'resident'], to: { 'looked-back': 'closed', closed: 'closed' } },
    close: { who: ['gateway'], to: { 'looked-back': 'closed' } },
  },
};

const cases = ROUTES.flatMap((route) =>
  ACTIONS.flatMap((action) =>
    TICKET_STATES.map((state) => [route, action, state, EXPECTED[route][action]] as const),
  ),
);

describe('on the route', () => {
  it.each(cases)('%s: %s a ticket that is %s', (route, action, state, said) => {
    for (const role of EVERYONE) {
      const to = (role === 'sensor' && said?.sensor ? said.sensor : said?.to)?.[state];
      const expected = !said
        ? { kind: 'unknown-action' }
        : !said.who.includes(role)
          ? { kind: 'wrong-role' }
          : to === undefined
            ? { kind: 'illegal-step' }
            : { kind: 'legal', to };
      const attempt = { role, ...(isJudging(action) && { result: 'pass' }) };
      expect([role, legality(ticketIn(state, route), action, attempt)]).toEqual([role, expected]);
    }
  });

  it.each([
    ['inspect', 'rectified', 'committee'],
    ['look-back', 'inspected', 'reviewer'],
  ] as const)('full: %s sends back what is %s', (action, state, role) => {
    for (const each of TICKET_STATES) {
      const attempt = { role, result: 'return' };
      expect(legality(ticketIn(each, 'full'), action, attempt)).toEqual(
        each === state ? { kind: 'legal', to: 'answered' } : { kind: 'illegal-step' },
      );
    }
  });

  it('a word that is no step is refused to everyone', () => {
    for (const word of ['explode', '', 'toString', '__proto__'])
      expect(legality(ticketIn('raised'), word, { role: 'manager' })).toEqual({
        kind: 'unknown-action',
      });
  });

  it('what waits can be resumed and not made to wait twice; what does not wait cannot be resumed', () => {
    const waiting = { ...ticketIn('answered'), waiting: 'parts' } as const;
    const engineer = { role: 'engineer' } as const;
    expect(legality(waiting, 'resume', engineer)).toEqual({ kind: 'legal', to: 'answered' });
    expect(legality(waiting, 'wait', engineer)).toEqual({ kind: 'illegal-step' });
    expect(legality(ticketIn('answered'), 'resume', engineer)).toEqual({ kind: 'illegal-step' });
  });

  it('nothing leads out of a merged ticket', () => {
    for (const role of EVERYONE) expect(actionsFor(ticketIn('merged'), { role })).toEqual([]);
  });
});

const isJudging = (action: Action): boolean => action === 'inspect' || action === 'look-back';

/** Rectified by them at some time, whatever became of it since. */
const mendedBy = (by: string, ticket: Ticket): Ticket => {
  const [first, ...rest] = ticket.history;
  const step = { ...first!, by, role: 'manager', action: 'rectify' } as const;
  return { ...ticket, history: [first!, step, ...rest] };
};

describe('an idea', () => {
  const idea = (state: TicketState): Ticket => ({ ...ticketIn(state, 'full'), suggestion: true });

  it('is ended by its answer, also where somebody took it before, and has nothing to mend', () => {
    for (const state of ['raised', 'answered'] as const) {
      const engineer = { role: 'engineer' } as const;
      expect(legality(idea(state), 'answer', engineer)).toEqual({ kind: 'legal', to: 'closed' });
      expect(legality(idea(state), 'rectify', engineer).kind).not.toBe('legal');
    }
    const resident = { role: 'resident' } as const;
    expect(legality(idea('closed'), 'rate', resident)).toEqual({ kind: 'legal', to: 'closed' });
    expect(legality(idea('closed'), 'reopen', resident)).toEqual({ kind: 'legal', to: 'answered' });
  });
});

describe('who rectified a ticket', () => {
  it.each([
    ['inspect', 'rectified', 'committee'],
    ['look-back', 'inspected', 'reviewer'],
  ] as const)('can not %s it, in whatever role, and to whatever end', (action, state, role) => {
    const ticket = mendedBy('wang', ticketIn(state, 'full'));
    for (const result of ['pass', 'return']) {
      const verdict = (by: string) => legality(ticket, action, { role, by, result }).kind;
      expect([verdict('wang'), verdict('li')]).toEqual(['own-work', 'legal']);
    }
    expect(actionsFor(ticket, { role, by: 'wang' })).not.toContain(action);
    expect(actionsFor(ticket, { role, by: 'li' })).toContain(action);
  });

  it('neither where they stand in for whoever is not there', () => {
    const standIns = { committee: ['manager'], reviewer: [] } as const;
    const ticket = mendedBy('wang', ticketIn('rectified', 'full'));
    const verdict = (by: string, role: Role) =>
      legality(ticket, 'inspect', { role, by, result: 'pass', standIns }).kind;
    expect([
      verdict('wang', 'manager'),
      verdict('li', 'manager'),
      verdict('li', 'engineer'),
    ]).toEqual(['own-work', 'legal', 'wrong-role']);
  });
});

describe('of the same button pressed again', () => {
  const did = (action: string, ticket: Ticket): Ticket => ({
    ...ticket,
    history: ticket.history.map((step, at) => (at === 0 ? step : { ...step, action })),
  });

  it.each([
    ['rectify', did('rectify', ticketIn('rectified')), 'engineer'],
    ['answer', did('answer', ticketIn('answered')), 'engineer'],
    ['inspect', did('inspect', ticketIn('inspected', 'full')), 'committee'],
    ['look-back', did('look-back', ticketIn('looked-back', 'full')), 'reviewer'],
    ['decline', did('decline', ticketIn('declined')), 'manager'],
    ['merge', did('merge', ticketIn('merged')), 'manager'],
    ['wait', did('wait', { ...ticketIn('answered'), waiting: 'parts' }), 'cleaner'],
    ['resume', did('resume', ticketIn('answered')), 'cleaner'],
    ['reopen', did('reopen', ticketIn('answered')), 'engineer'],
    ['take', { ...ticketIn('answered'), assignee: 'wang' }, 'cleaner'],
    ['rate', { ...did('rate', ticketIn('closed')), stars: 4 }, 'resident'],
  ] as const)('%s is late, not illegal', (action, ticket, role) => {
    expect(legality(ticket, action, { role })).toEqual({ kind: 'done-already' });
  });

  it('a comment in between changes nothing of that', () => {
    const ticket = did('rectify', ticketIn('rectified'));
    const comment = { ...ticket.history[0]!, action: 'comment' };
    expect(
      legality({ ...ticket, history: [...ticket.history, comment] }, 'rectify', {
        role: 'engineer',
      }),
    ).toEqual({ kind: 'done-already' });
  });

  it('a ticket that somebody has taken is taken by nobody else', () => {
    const taken = { ...ticketIn('answered'), assignee: 'wang' };
    const offered = { ...ticketIn('raised'), assignee: 'wang' };
    const kind = (ticket: Ticket, by: string) =>
      legality(ticket, 'take', { role: 'engineer', by }).kind;
    expect([kind(taken, 'li'), kind(taken, 'wang')]).toEqual(['done-already', 'done-already']);
    expect([kind(offered, 'li'), kind(offered, 'wang')]).toEqual(['done-already', 'legal']);
  });
});

describe('a rating', () => {
  it('is for whoever raised it, once', () => {
    const ticket = { ...ticketIn('closed', 'full'), raisedBy: 'zhao' };
    const kind = (by: string, one: Ticket = ticket) =>
      legality(one, 'rate', { role: 'steward', by }).kind;
    expect([kind('zhao'), kind('li')]).toEqual(['legal', 'not-the-raiser']);
    expect(kind('zhao', { ...ticket, stars: 5 })).not.toBe('legal');
  });
});

describe('what waits for its sensor', () => {
  const parked: Ticket = {
    ...ticketIn('rectified', 'full'),
    parkedUntil: ticketIn('raised').raisedAt,
  };

  it('is verified by it, and only then passed', () => {
    expect(legality(parked, 'verify', { role: 'sensor' })).toEqual({
      kind: 'legal',
      to: 'rectified',
    });
    const inspect = (result: string) =>
      legality(parked, 'inspect', { role: 'committee', result }).kind;
    expect([inspect('pass'), inspect('return')]).toEqual(['illegal-step', 'legal']);
  });
});

describe('what one may do now', () => {
  it.each([
    [
      'an engineer with a new ticket',
      ticketIn('raised'),
      'engineer',
      ['answer', 'decline', 'merge', 'assign', 'take', 'rectify', 'comment', 'photo'],
    ],
    [
      'a cleaner with a new ticket',
      ticketIn('raised'),
      'cleaner',
      ['take', 'rectify', 'comment', 'photo'],
    ],
    [
      'a cleaner with one in work',
      ticketIn('answered'),
      'cleaner',
      ['take', 'wait', 'rectify', 'comment', 'photo'],
    ],
    [
      'an engineer with one that waits',
      { ...ticketIn('answered'), waiting: 'parts' },
      'engineer',
      ['decline', 'merge', 'assign', 'take', 'resume', 'rectify', 'comment', 'photo'],
    ],
    ['a manager with a closed one', ticketIn('closed'), 'manager', ['reopen', 'rate']],
    ['a display', ticketIn('raised'), 'display', []],
  ] as const)('%s', (_, ticket, role, actions) => {
    expect(actionsFor(ticket, { role })).toEqual(actions);
  });
});
