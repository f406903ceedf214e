// Rounds as they are walked: asked, folded, kept, and taken up again after any interruption.
import { describe, expect, it } from 'vitest';
import { isOpen } from '../../gateway/domain/ticket.ts';
import { hours, milliseconds, minutes } from '../../gateway/domain/time.ts';
import { reading, tick } from '../fakes/folded-site.ts';
import type { HandClock } from '../fakes/hand-clock.ts';
import {
  answersOf,
  given,
  LI,
  statusOf,
  walkedSite,
  WANG,
  ZHAO,
  type WalkedSite,
} from '../fakes/walked-site.ts';

const body = (of: Record<string, unknown>) => ({ actor: LI, body: of });
const begin = async (site: WalkedSite, key?: string) =>
  given(
    await site
      .desk()
      .startRound({ ...body({ patrol: 'morning' }), ...(key !== undefined && { key }) }),
  );
const act =
  (site: WalkedSite, id: string, action: 'check-in' | 'look' | 'finish' | 'abandon') =>
  (of: Record<string, unknown> = {}, more: { key?: string; actor?: typeof LI } = {}) =>
    site.desk().roundAction({ id, action, actor: LI, body: of, ...more });
const clockOf = (site: WalkedSite) => site.clock as HandClock;
const openWork = (site: WalkedSite): string[] =>
  site
    .tickets()
    .filter(isOpen)
    .map(({ category, place, raisedBy }) => `${category} ${place} ${raisedBy}`);

async function walking(key?: string) {
  const site = walkedSite();
  const { id } = await begin(site, key);
  return {
    site,
    id,
    checkIn: act(site, id, 'check-in'),
    look: act(site, id, 'look'),
    finish: act(site, id, 'finish'),
    abandon: act(site, id, 'abandon'),
    answers: async () => answersOf(given(await site.desk().round(id))),
  };
}

describe('a round', () => {
  it('shows the whole route with nothing answered when it begins', async () => {
    const { answers, site, id } = await walking();
    expect(await answers()).toBe('k1 ! - - - · lamp-1 ! - · b3 !');
    expect(given(await site.desk().round(id))).toMatchObject({
      patrol: 'morning',
      by: 'li',
      seen: 0,
      places: 3,
      bad: 0,
      startedAt: '2026-11-01T23:00:00.000Z',
    });
  });

  it('is begun once, however often its walker taps start', async () => {
    const site = walkedSite();
    const first = await begin(site, 'key-1');
    expect((await begin(site, 'key-1')).id).toBe(first.id);
    const again = await site.desk().startRound(body({ patrol: 'morning' }));
    expect(statusOf(again)).toBe(409);
    const other = await site
      .desk()
      .startRound({ actor: ZHAO, body: { patrol: 'morning' }, key: 'key-1' });
    expect(given(other).id).not.toBe(first.id);
  });

  it('of a route that the site has not is not begun', async () => {
    const site = walkedSite();
    expect(statusOf(await site.desk().startRound(body({ patrol: 'noon' })))).toBe(404);
    expect(site.records).toEqual([]);
  });

  it('is walked in any order', async () => {
    const { checkIn, look, answers } = await walking();
    given(await checkIn({ place: 'lamp-1', by: 'qr' }));
    given(await look({ place: 'lamp-1', item: 0, verdict: 'ok' }));
    given(await checkIn({ place: 'k1' }));
    given(await look({ place: 'k1', item: 2, verdict: 'ok' }));
    expect(await answers()).toBe('k1 hand - - ok · lamp-1 qr ok · b3 !');
  });

  it.each([
    ['at a place that is not on it', 'check-in', { place: 'lamp-2' }, 422],
    ['an answer where nobody has come', 'look', { place: 'lamp-1', item: 0, verdict: 'ok' }, 422],
    ['an answer to no question', 'look', { place: 'k1', item: 3, verdict: 'ok' }, 422],
  ] as const)('does not take a check-in or %s', async (_what, action, of, status) => {
    const { site, id, checkIn } = await walking();
    given(await checkIn({ place: 'k1' }));
    const before = site.records.length;
    expect(statusOf(await act(site, id, action)(of))).toBe(status);
    expect(site.records).toHaveLength(before);
  });

  it('keeps the moment of the first check-in, and takes the label that is read after all', async () => {
    const { site, id, checkIn, answers } = await walking();
    given(await checkIn({ place: 'k1' }));
    clockOf(site).moveBy(minutes(1));
    given(await checkIn({ place: 'k1', by: 'qr' }));
    given(await checkIn({ place: 'k1', by: 'hand' }));
    expect(await answers()).toMatch(/^k1 qr /);
    const [first] = given(await site.desk().round(id)).route;
    expect(first?.checkedInAt).toBe('2026-11-01T23:00:00.000Z');
  });

  it('belongs to whoever began it; only a manager ends it for them', async () => {
    const { checkIn, finish, abandon } = await walking();
    given(await checkIn({ place: 'k1' }));
    expect(statusOf(await checkIn({ place: 'b3' }, { actor: ZHAO }))).toBe(403);
    expect(statusOf(await finish({}, { actor: WANG }))).toBe(403);
    expect(given(await abandon({ note: '下班了' }, { actor: WANG })).end).toBe('abandoned');
  });

  it('is over when it is finished, and is kept as it was', async () => {
    const { site, id, checkIn, finish, abandon } = await walking();
    expect(statusOf(await finish())).toBe(422);
    given(await checkIn({ place: 'b3', by: 'qr' }));
    clockOf(site).moveBy(minutes(20));
    given(await finish({ note: '其余明天' }));
    expect([...site.standing().rounds.all()]).toEqual([]);
    expect(given(await site.desk().round(id))).toMatchObject({
      end: 'finished',
      endedAt: '2026-11-01T23:20:00.000Z',
      note: '其余明天',
      seen: 1,
    });
    expect(statusOf(await abandon())).toBe(409);
    expect((await site.desk().rounds({ state: 'over' })).map((round) => round.id)).toEqual([id]);
    expect(await site.desk().rounds({ state: 'under-way' })).toEqual([]);
  });

  it('that nobody touches for twelve hours ends unfinished, and not a moment before', async () => {
    const { site, id, checkIn } = await walking();
    clockOf(site).moveBy(hours(5));
    given(await checkIn({ place: 'k1' }));
    clockOf(site).moveBy(milliseconds(hours(12) - 1));
    await site.wait();
    expect(given(await site.desk().round(id)).end).toBeUndefined();
    clockOf(site).moveBy(milliseconds(1));
    await site.wait();
    expect(given(await site.desk().round(id))).toMatchObject({
      end: 'unfinished',
      endedAt: '2026-11-02T16:00:00.000Z',
    });
    expect((await site.desk().patrols())[0]).toMatchObject({ due: 'never', underWay: [] });
  });
});

describe('what is bad on a round', () => {
  it('opens one ticket at that place, with the question as its words', async () => {
    const { site, checkIn, look } = await walking();
    given(await checkIn({ place: 'k1' }));
    given(await look({ place: 'k1', item: 0, verdict: 'bad', note: '地上有油' }));
    const bad = given(await look({ place: 'k1', item: 0, verdict: 'bad' }));
    expect(bad.route[0]?.look[0]).toMatchObject({ ticket: 'T1', note: '地上有油' });
    expect(openWork(site)).toEqual(['bin-room-dirty 1号投放点 li']);
    expect(site.tickets()[0]).toMatchObject({ route: 'full', state: 'raised', team: 'cleaners' });
    expect(site.tickets()[0]?.history[0]?.reason).toBe('厢房干净? 地上有油');
  });

  it('cannot be tapped away again', async () => {
    const { checkIn, look, answers } = await walking();
    given(await checkIn({ place: 'k1' }));
    given(await look({ place: 'k1', item: 1, verdict: 'ok' }));
    given(await look({ place: 'k1', item: 1, verdict: 'bad' }));
    expect(statusOf(await look({ place: 'k1', item: 1, verdict: 'ok' }))).toBe(409);
    expect(await answers()).toMatch(/^k1 hand - bad -/);
  });

  it('joins the open ticket that a neighbour’s round raised there', async () => {
    const { site, checkIn, look } = await walking();
    given(await checkIn({ place: 'lamp-1', by: 'qr' }));
    given(await look({ place: 'lamp-1', item: 0, verdict: 'bad' }));
    const second = given(
      await site.desk().startRound({ actor: ZHAO, body: { patrol: 'morning' } }),
    );
    const zhao = { actor: ZHAO };
    given(await act(site, second.id, 'check-in')({ place: 'lamp-1' }, zhao));
    const bad = await act(
      site,
      second.id,
      'look',
    )({ place: 'lamp-1', item: 0, verdict: 'bad' }, zhao);
    expect(given(bad).route[1]?.look[0]?.ticket).toBe('T1');
    expect(openWork(site)).toEqual(['lamp 1号庭院灯 li']);
    expect(site.tickets()[0]?.history.map(({ action, by }) => `${action} ${by}`)).toEqual([
      'raise li',
      'comment zhao',
    ]);
  });

  it('joins the ticket of the sensor in the station’s own bin', async () => {
    const { site, checkIn, look } = await walking();
    const at = site.clock.now();
    await site.append([reading({ asset: 'k1-wet', quantity: 'fill', value: 0.95, at })]);
    clockOf(site).moveBy(minutes(11));
    await site.append([
      tick(site.clock.now()),
      reading({ asset: 'k1-wet', quantity: 'fill', value: 0.95, at: site.clock.now() }),
    ]);
    expect(site.tickets().map(({ category }) => category)).toContain('bin-full');
    const { id: number } = site.tickets().find(({ category }) => category === 'bin-full') ?? {};
    given(await checkIn({ place: 'k1' }));
    const bad = given(await look({ place: 'k1', item: 2, verdict: 'bad' }));
    expect(bad.route[0]?.look[2]?.ticket).toBe(number);
  });

  it('opens a new ticket where the last one there has ended', async () => {
    const { site, checkIn, look } = await walking();
    given(await checkIn({ place: 'lamp-1' }));
    given(await look({ place: 'lamp-1', item: 0, verdict: 'bad' }));
    await site.append([
      {
        kind: 'command',
        on: 'ticket',
        id: 'T1',
        action: 'decline',
        by: 'wang',
        role: 'manager',
        body: { reason: '已换' },
        receivedAt: site.clock.now(),
      },
    ]);
    const second = given(
      await site.desk().startRound({ actor: ZHAO, body: { patrol: 'morning' } }),
    );
    const zhao = { actor: ZHAO };
    given(await act(site, second.id, 'check-in')({ place: 'lamp-1' }, zhao));
    given(await act(site, second.id, 'look')({ place: 'lamp-1', item: 0, verdict: 'bad' }, zhao));
    expect(openWork(site)).toEqual(['lamp 1号庭院灯 zhao']);
  });
});

describe('a phone that had not heard', () => {
  it('sends each step again under its key, and nothing is done twice', async () => {
    const { site, checkIn, look, finish } = await walking('start');
    const steps = [
      () => site.desk().startRound({ ...body({ patrol: 'morning' }), key: 'start' }),
      () => checkIn({ place: 'k1', by: 'qr' }, { key: 'here' }),
      () => look({ place: 'k1', item: 0, verdict: 'bad' }, { key: 'bad' }),
      () => finish({}, { key: 'end' }),
    ];
    for (const step of steps) given(await step());
    const [written, tickets] = [site.records.length, site.tickets().length];
    // Even after the round is over.
    for (const step of steps) expect(statusOf(await step())).toBe(200);
    expect([site.records.length, site.tickets().length]).toEqual([written, tickets]);
  });

  it('is told where a key had been another request’s', async () => {
    const { checkIn } = await walking();
    given(await checkIn({ place: 'k1' }, { key: 'one' }));
    expect(statusOf(await checkIn({ place: 'b3' }, { key: 'one' }))).toBe(422);
  });
});

describe('a gateway that was switched off', () => {
  const STEPS = [
    ['check-in', { place: 'k1', by: 'qr' }],
    ['look', { place: 'k1', item: 0, verdict: 'ok' }],
    ['look', { place: 'k1', item: 1, verdict: 'bad', note: '两袋' }],
    ['check-in', { place: 'lamp-1' }],
    ['look', { place: 'lamp-1', item: 0, verdict: 'bad' }],
    ['finish', { note: '完' }],
  ] as const;

  async function walked(offAfter: number) {
    const { site, id } = await walking();
    for (const [index, [action, of]] of STEPS.entries()) {
      if (index === offAfter) site.restart();
      clockOf(site).moveBy(minutes(1));
      given(await act(site, id, action)(of));
    }
    return {
      round: given(await site.desk().round(id)),
      tickets: site.tickets(),
      kept: await site.happenings.happening('round', id),
    };
  }

  it.each(STEPS.map(([action], index) => [index, action]))(
    'before step %i (%s) goes on as if there had been no break',
    async (index) => {
      expect(await walked(index)).toEqual(await walked(-1));
    },
  );

  it('still ends the round that nobody touches', async () => {
    const { site, id } = await walking();
    site.restart();
    clockOf(site).moveBy(hours(13));
    await site.wait();
    expect(given(await site.desk().round(id)).end).toBe('unfinished');
  });
});

describe('a route', () => {
  it('is overdue once a day went by since a round was begun that came to its end', async () => {
    const { site, checkIn, finish } = await walking();
    given(await checkIn({ place: 'k1' }));
    given(await finish());
    const due = async () => (await site.desk().patrols())[0]?.due;
    expect(await due()).toBe('in-time');
    clockOf(site).moveBy(hours(24));
    expect(await due()).toBe('in-time');
    clockOf(site).moveBy(milliseconds(1));
    expect(await due()).toBe('overdue');
    const { id } = await begin(site);
    given(await act(site, id, 'abandon')());
    expect((await site.desk().patrols())[0]).toMatchObject({
      due: 'overdue',
      lastRound: { end: 'abandoned' },
    });
  });
});
