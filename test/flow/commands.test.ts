import { describe, expect, it } from 'vitest';
import type { Ask } from '../../gateway/flow/command.ts';
import { clock } from '../fakes/small-site.ts';
import { days, milliseconds } from '../../gateway/domain/time.ts';
import { reading } from '../fakes/folded-site.ts';
import { ask, desk, deskWithTicket, statusOf, ticketOf } from './commanded.ts';

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
    await ticketAction('T2', ask('decline', { body: { reason: 'not ours' } }));
    expect(
      statusOf(await ticketAction('T1', ask('merge', { body: { into: 'T2', reason: 'same' } }))),
    ).toBe(422);
    expect(written()).toEqual(['raise', 'decline']);
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

  it.each<[string, Ask]>([
    ['rectify', ask('rectify', { body: { note: 'emptied' } })],
    ['take', ask('take')],
    ['decline', ask('decline', { body: { reason: 'a test' } })],
    ['answer', ask('answer', { body: { team: 'cleaners' } })],
    ['assign', ask('assign', { body: { to: 'li' } })],
  ])(
    '%s, pressed fifty times without a version, is taken once and was late 49 times',
    async (_, what) => {
      const { ticketAction, standing, written } = await deskWithTicket();
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_each, n) =>
          ticketAction('T1', {
            ...what,
            key: `k-${n}`,
            actor: { by: `p${n % 7}`, role: 'engineer' },
          }),
        ),
      );
      expect(answers.map(statusOf)).toEqual([200, ...Array.from({ length: 49 }, () => 409)]);
      expect(written()).toEqual([what.action]);
      expect(standing.tickets.get('T1')?.history).toHaveLength(2);
    },
  );

  it('under a key that a different step had is refused, and under another person’s is not', async () => {
    const { ticketAction, written } = await deskWithTicket();
    await ticketAction('T1', ask('comment', { key: 'k-1', body: { text: 'seen' } }));
    const other = ask('comment', { key: 'k-1', body: { text: 'changed' } });
    expect(statusOf(await ticketAction('T1', other))).toBe(422);
    expect(statusOf(await ticketAction('T1', ask('take', { key: 'k-1' })))).toBe(422);
    const li = { by: 'li', role: 'engineer' };
    expect(statusOf(await ticketAction('T1', { ...other, actor: li }))).toBe(200);
    expect(written()).toEqual(['comment', 'comment']);
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
