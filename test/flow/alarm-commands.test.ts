import { describe, expect, it } from 'vitest';
import { days } from '../../gateway/domain/time.ts';
import { clock } from '../fakes/small-site.ts';
import { ask, deskWithTicket, statusOf } from './commanded.ts';

describe('what is done to an alarm', () => {
  const until = clock('12:00');

  it.each([
    ['acknowledge', {}, 'active-acknowledged'],
    ['shelve', { reason: 'painting', until }, 'shelved'],
    ['shelve', { reason: 'painting', until: clock('10:00') + days(1) }, 'shelved'],
    ['shelve', { reason: 'until it clears' }, 'shelved'],
    ['take-out', { reason: 'bad probe' }, 'out-of-service'],
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
    [
      'a shelf longer than its severity allows',
      'A1',
      ask('shelve', { body: { reason: 'x', until: clock('10:00') + days(1) + 1 } }),
      422,
    ],
    ['putting back what was never taken out', 'A1', ask('put-back'), 409],
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

  it('too long a shelf is refused with the longest one in words', async () => {
    const { alarmAction } = await deskWithTicket();
    const body = { reason: 'x', until: clock('10:00') + days(8) };
    const answer = await alarmAction('A1', ask('shelve', { body }));
    expect(answer).toMatchObject({ status: 422, title: 'Too long' });
    expect(!answer.ok && answer.detail).toContain('severity medium can be shelved for 1d at most');
  });

  it('the same attempt again is answered with what it did, and done once', async () => {
    const { alarmAction, written } = await deskWithTicket();
    const what = ask('acknowledge', { key: 'k-1' });
    const both = await Promise.all([alarmAction('A1', what), alarmAction('A1', what)]);
    expect(both.map(statusOf)).toEqual([200, 200]);
    expect(written()).toEqual(['acknowledge']);
  });

  it('pressed fifty times at once under fifty keys it is done once', async () => {
    const { alarmAction, written } = await deskWithTicket();
    const presses = Array.from({ length: 50 }, (_, n) =>
      alarmAction('A1', ask('acknowledge', { key: `k-${n}` })),
    );
    const statuses = (await Promise.all(presses)).map(statusOf);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(49);
    expect(written()).toEqual(['acknowledge']);
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
