import { describe, expect, it } from 'vitest';
import type { Answer } from '../../gateway/api/desk.ts';
import type { LogRecord, ReadingEntry } from '../../gateway/domain/record.ts';
import { createStanding } from '../../gateway/domain/standing.ts';
import type { Ticket } from '../../gateway/domain/ticket.ts';
import { days, milliseconds } from '../../gateway/domain/time.ts';
import type { Ask } from '../../gateway/flow/command.ts';
import { createCommands } from '../../gateway/flow/commands.ts';
import { createStep } from '../../gateway/flow/step.ts';
import type { Log } from '../../gateway/store/log.ts';
import { NOTHING_SAVED, reading } from '../fakes/folded-site.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { BIN_FULL, clock, SMALL_SITE } from '../fakes/small-site.ts';

const SITE = { ...SMALL_SITE, rules: [{ ...BIN_FULL, holdFor: milliseconds(0) }] };
const wang = { by: 'wang', role: 'engineer' };
const ask = (action: string, more: Partial<Ask> = {}): Ask => ({
  action,
  actor: wang,
  body: {},
  ...more,
});

/** A desk over a log that is folded as soon as it is written. */
function desk() {
  const clock = handClock('2026-11-02T10:00:00+08:00');
  const standing = createStanding(NOTHING_SAVED);
  const step = createStep(SITE, standing);
  const records: LogRecord[] = [];
  /** What else reaches the log in the same commit. */
  let beside: { before?: ReadingEntry[]; after?: ReadingEntry[] } = {};
  let fault: Error | undefined;
  const append: Log['append'] = async (entries) => {
    await Promise.resolve();
    if (fault) throw fault;
    const { before = [], after = [] } = beside;
    beside = {};
    const first = records.length + before.length + 1;
    for (const entry of [...before, ...entries, ...after]) {
      const record: LogRecord = { ...entry, sequence: records.length + 1 };
      records.push(record);
      step.fold(record);
    }
    return first;
  };
  const commands = createCommands({
    log: { append },
    standing,
    clock,
    settled: () => Promise.resolve(),
  });
  return {
    openTicket: (what: Ask) => commands.openTicket(what),
    ticketAction: (id: string, what: Ask & { version?: number }) => commands.ticketAction(id, what),
    alarmAction: (id: string, what: Ask) => commands.alarmAction(id, what),
    clock,
    standing,
    written: () =>
      records.filter((record) => record.kind === 'command').map(({ action }) => action),
    fails: (error: Error | undefined) => void (fault = error),
    besides: (entries: typeof beside) => void (beside = entries),
    hear: async (value: number) => {
      await append([reading({ asset: 'k1-wet', quantity: 'fill', value, at: clock.now() })]);
    },
  };
}

async function deskWithTicket() {
  const it = desk();
  await it.hear(0.95);
  return it;
}

const statusOf = (answer: Answer<unknown>): number => (answer.ok ? 200 : answer.status);
const ticketOf = (answer: Answer<Ticket>): Ticket => {
  if (!answer.ok) throw new Error(answer.detail);
  return answer.value;
};

describe('a ticket’s step', () => {
  it('that is taken is one record, and answered with the ticket after it', async () => {
    const { ticketAction, written } = await deskWithTicket();
    expect(ticketOf(await ticketAction('T1', ask('take')))).toMatchObject({
      state: 'answered',
      assignee: 'wang',
      version: 2,
    });
    expect(written()).toEqual(['take']);
  });

  it.each([
    ['of a ticket that nobody knows', 'T9', ask('take'), 404],
    ['that is none', 'T1', ask('explode'), 404],
    ['by the wrong person', 'T1', ask('take', { actor: { by: 'li', role: 'resident' } }), 403],
    [
      'by somebody of no role at all',
      'T1',
      ask('take', { actor: { by: 'li', role: 'king' } }),
      403,
    ],
    ['that does not fit', 'T1', ask('reopen'), 422],
    [
      'into a ticket that is not there',
      'T1',
      ask('merge', { body: { into: 'T9', reason: 'same' } }),
      422,
    ],
    ['into itself', 'T1', ask('merge', { body: { into: 'T1', reason: 'same' } }), 422],
  ])('%s is refused and never reaches the log', async (_, id, what, status) => {
    const { ticketAction, written } = await deskWithTicket();
    expect(statusOf(await ticketAction(id, what))).toBe(status);
    expect(written()).toEqual([]);
  });

  it('that merges into a ticket which has ended is refused', async () => {
    const { ticketAction, openTicket, written } = await deskWithTicket();
    await openTicket(ask('raise', { body: { category: 'ads', title: '小广告' } }));
    await ticketAction('T2', ask('rectify', { body: { note: 'done' } }));
    expect(
      statusOf(await ticketAction('T1', ask('merge', { body: { into: 'T2', reason: 'same' } }))),
    ).toBe(422);
    expect(written()).toEqual(['raise', 'rectify']);
  });

  it.each([
    ['less than a day', -1, 200],
    ['a day', 0, 422],
  ])('that reopens %s after the end is answered with %i', async (_, offset, status) => {
    const { ticketAction, clock, hear, written } = await deskWithTicket();
    await hear(0.1);
    clock.moveBy(milliseconds(days(1) + offset));
    expect(statusOf(await ticketAction('T1', ask('reopen', { body: { reason: 'again' } })))).toBe(
      status,
    );
    expect(written()).toEqual(status === 200 ? ['reopen'] : []);
  });

  it.each([
    [1, 200],
    [2, 409],
    [0, 409],
    [undefined, 200],
  ])(
    'asked with version %s of a ticket at version 1 is answered with %i',
    async (version, status) => {
      const { ticketAction } = await deskWithTicket();
      const what = version === undefined ? ask('take') : { ...ask('take'), version };
      expect(statusOf(await ticketAction('T1', what))).toBe(status);
    },
  );

  it('of the loser is called late (409), not illegal, where both saw the same version', async () => {
    const { ticketAction } = await deskWithTicket();
    const both = await Promise.all([
      ticketAction('T1', { ...ask('answer', { body: { team: 'cleaners' } }), version: 1 }),
      ticketAction('T1', { ...ask('answer', { body: { team: 'engineers' } }), version: 1 }),
    ]);
    expect(both.map(statusOf)).toEqual([200, 409]);
  });

  it('pressed fifty times at once is taken once', async () => {
    const { ticketAction, standing, written } = await deskWithTicket();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        ticketAction('T1', {
          ...ask('rectify', { actor: { by: `p${n}`, role: 'cleaner' } }),
          version: 1,
        }),
      ),
    );
    expect(answers.map(statusOf).toSorted((a, b) => a - b)).toEqual([
      200,
      ...Array.from({ length: 49 }, () => 409),
    ]);
    expect(written()).toEqual(['rectify']);
    expect(standing.tickets.get('T1')).toMatchObject({ version: 2, history: { length: 2 } });
  });

  it('sent again with its key is answered with what it did, and done once', async () => {
    const { ticketAction, written } = await deskWithTicket();
    const what = ask('take', { key: 'k-1' });
    const first = ticketOf(await ticketAction('T1', what));
    const again = ticketOf(await ticketAction('T1', { ...what, version: 1 }));
    expect(again).toEqual(first);
    expect(written()).toEqual(['take']);
  });

  it('that could not be written fails, and does not hold up the next', async () => {
    const { ticketAction, fails } = await deskWithTicket();
    const disk = new Error('disk full');
    fails(disk);
    await expect(ticketAction('T1', ask('take'))).rejects.toBe(disk);
    fails(undefined);
    expect(statusOf(await ticketAction('T1', ask('take')))).toBe(200);
  });

  it('overtaken in the log itself is answered with 409, and changes nothing', async () => {
    const { ticketAction, besides, standing } = await deskWithTicket();
    besides({
      before: [reading({ asset: 'k1-wet', quantity: 'fill', value: 0.1, at: clock('10:00') })],
    });
    expect(statusOf(await ticketAction('T1', ask('take')))).toBe(409);
    expect(standing.tickets.get('T1')).toMatchObject({ state: 'closed' });
    expect(standing.tickets.get('T1')).not.toHaveProperty('assignee');
  });
});

describe('opening a ticket', () => {
  const body = { category: 'ads', title: '小广告' };

  it.each(['before', 'after'] as const)(
    'is answered with that ticket, also where an alarm opens another %s it in one breath',
    async (when) => {
      const { openTicket, besides } = desk();
      const full = reading({ asset: 'k1-wet', quantity: 'fill', value: 0.95, at: clock('10:00') });
      besides({ [when]: [full] });
      expect(ticketOf(await openTicket(ask('raise', { body })))).toMatchObject({
        id: when === 'before' ? 'T2' : 'T1',
        title: '小广告',
        raisedBy: 'wang',
      });
    },
  );

  it('fifty times at once opens fifty, each told its own', async () => {
    const { openTicket } = desk();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        openTicket(ask('raise', { body: { ...body, title: `${n}` } })),
      ),
    );
    expect(answers.map((answer) => ticketOf(answer).title)).toEqual(answers.map((_, n) => `${n}`));
  });

  it('sent again with its key opens none, and is answered with the first', async () => {
    const { openTicket, written } = desk();
    const what = ask('raise', { body, key: 'k-1' });
    const answers = await Promise.all([openTicket(what), openTicket(what)]);
    expect(answers.map((answer) => ticketOf(answer).id)).toEqual(['T1', 'T1']);
    expect(written()).toEqual(['raise']);
  });
});

describe('what is done to an alarm', () => {
  const until = clock('12:00');

  it.each([
    ['acknowledge', {}, 'active-acknowledged'],
    ['shelve', { reason: 'painting', until }, 'shelved'],
  ])('%s', async (action, body, state) => {
    const { alarmAction, written } = await deskWithTicket();
    expect(await alarmAction('A1', ask(action, { body }))).toMatchObject({
      ok: true,
      value: { state },
    });
    expect(written()).toEqual([action]);
  });

  it.each([
    ['an alarm that nobody knows', 'A9', ask('acknowledge'), 404],
    [
      'a shelf that ends now',
      'A1',
      ask('shelve', { body: { reason: 'x', until: clock('10:00') } }),
      422,
    ],
    ['a shelf without an end', 'A1', ask('shelve', { body: { reason: 'x' } }), 422],
    ['taking off the shelf what is on none', 'A1', ask('unshelve'), 409],
  ])('%s is refused and never reaches the log', async (_, id, what, status) => {
    const { alarmAction, written } = await deskWithTicket();
    expect(statusOf(await alarmAction(id, what))).toBe(status);
    expect(written()).toEqual([]);
  });

  it('acknowledging twice is once too often', async () => {
    const { alarmAction } = await deskWithTicket();
    const both = await Promise.all([
      alarmAction('A1', ask('acknowledge')),
      alarmAction('A1', ask('acknowledge')),
    ]);
    expect(both.map(statusOf)).toEqual([200, 409]);
  });

  it('what is over cannot be shelved, but acknowledged, and then it rests', async () => {
    const { alarmAction, hear } = await deskWithTicket();
    await hear(0.1);
    expect(statusOf(await alarmAction('A1', ask('shelve', { body: { reason: 'x', until } })))).toBe(
      422,
    );
    expect(await alarmAction('A1', ask('acknowledge'))).toMatchObject({
      ok: true,
      value: { state: 'normal', acknowledgedBy: 'wang' },
    });
  });
});
