// The loop of a ticket, told from end to end. 1 June 2026 is a Monday; the sun sets at about 18:54.
// Days are slept through with the gateway off: while it runs it beats once a second.
import { describe, expect, it } from 'vitest';
import { clockOf, lamp, tell, type Story } from './told.ts';

const SITE = `version: 1
site: { id: yard, name: 绿苑小区, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
http: { port: HTTP_PORT }
store: { dir: ./unused }
sources: [{ id: broker, kind: mqtt-broker, port: MQTT_PORT }]
circuits: [{ id: c1, name: 东路灯回路, lamps: [{ id: lamp-07, name: 7号庭院灯, nominalW: 30 }] }]
devices: [{ id: lamp-07, source: broker, decoder: courtyard-json, asset: lamp-07, every: 10m }]
rules:
  - { id: lamp-out, on: lamp, should: on, holdFor: 2m, severity: medium, ticket: { category: lamp, team: engineers } }
`;

const WHO = {
  wang: 'engineer',
  chen: 'committee',
  sun: 'reviewer',
  zhao: 'steward',
  ma: 'manager',
} as const;

/** Does it as that person, and gives the ticket or the status of the refusal. */
async function act(
  story: Story,
  who: keyof typeof WHO,
  [action, body = {}, id = 'T1']: readonly [action: string, body?: object, id?: string],
) {
  const actor = { by: who, role: WHO[who] };
  const answer = await story.desk().ticketAction({ id, action, body: { ...body }, actor });
  return answer.ok ? answer.value : answer.status;
}

const raise = (story: Story, body: { category: string; title: string; severity?: string }) =>
  story.desk().openTicket({ body, actor: { by: 'zhao', role: 'steward' } });

const steps = async (story: Story, number = 0): Promise<string[]> =>
  (await story.tickets())[number]!.history.map(
    ({ action, role, to }) => `${action} by ${role}: ${to}`,
  );

/** It went out last evening; next morning the engineer says that it is mended. */
async function mendedByWord(): Promise<Story> {
  const story = await tell(SITE, '20:00');
  await story.at('20:01', lamp('lamp-07').draws(0.4));
  await story.at('20:10', lamp('lamp-07').draws(0.4));
  await story.offUntil('2026-06-02T09:50');
  await story.at('2026-06-02T10:00');
  await act(story, 'wang', ['take']);
  expect(await act(story, 'wang', ['rectify', { note: '换了灯泡' }])).toMatchObject({
    state: 'rectified',
    route: 'full',
    awaits: '天黑后功率达到约 30 W',
  });
  return story;
}

describe('a lamp that is said to be mended', () => {
  it('waits for the next dusk, and is believed when it draws its watts then', async () => {
    const story = await mendedByWord();
    expect(await act(story, 'chen', ['inspect', { result: 'pass' }])).toBe(422);
    // Lit by hand at noon it proves nothing.
    await story.at('2026-06-02T12:00', lamp('lamp-07').draws(30));
    expect((await story.tickets())[0]).toHaveProperty('parkedUntil');
    await story.at('2026-06-02T19:10', lamp('lamp-07').draws(29.2));
    const [ticket] = await story.tickets();
    expect(ticket).toMatchObject({ state: 'rectified', returns: 0 });
    expect(ticket).not.toHaveProperty('parkedUntil');
    expect((await steps(story)).filter((step) => !step.startsWith('escalate')).slice(1)).toEqual([
      'take by engineer: answered',
      'rectify by engineer: rectified',
      'verify by sensor: rectified',
    ]);
  });

  it('and is still dark goes back at dusk with the watts that it drew', async () => {
    const story = await mendedByWord();
    await story.at('2026-06-02T18:50', lamp('lamp-07').draws(0.4));
    await story.at('2026-06-02T19:00', lamp('lamp-07').draws(0.4));
    await story.at('2026-06-02T19:20');
    expect((await story.tickets())[0]?.state).toBe('rectified');
    await story.offUntil('2026-06-02T19:22');
    await story.at('2026-06-02T19:40');
    const [ticket] = await story.tickets();
    expect(ticket).toMatchObject({ state: 'answered', returns: 1, assignee: 'wang' });
    expect(ticket?.history.at(-1)).toMatchObject({
      action: 'return',
      role: 'sensor',
      reason: '19:00 仍为 0.4 W',
    });
    expect(await story.tickets()).toHaveLength(1);
  });

  it('is inspected by another, looked back on after a week, and closes; and nobody judges their own work', async () => {
    const story = await mendedByWord();
    await story.at('2026-06-02T19:10', lamp('lamp-07').draws(29.2));
    expect(await act(story, 'wang', ['inspect', { result: 'pass' }])).toBe(403);
    await story.at('2026-06-03T09:00');
    expect(await act(story, 'chen', ['inspect', { result: 'pass' }])).toMatchObject({
      state: 'inspected',
      lookBackAt: '2026-06-10T01:00:00.000Z',
    });
    expect(await act(story, 'sun', ['look-back', { result: 'pass' }])).toBe(422);
    await story.offUntil('2026-06-10T09:00');
    expect(await act(story, 'sun', ['look-back', { result: 'pass' }])).toMatchObject({
      state: 'closed',
    });
  });

  it('and goes out again before the look back is the same ticket, one return more', async () => {
    const story = await mendedByWord();
    await story.at('2026-06-02T19:10', lamp('lamp-07').draws(29.2));
    await act(story, 'chen', ['inspect', { result: 'pass' }]);
    await story.offUntil('2026-06-03T20:59');
    await story.at('2026-06-03T21:00', lamp('lamp-07').draws(0.3));
    await story.at('2026-06-03T21:10', lamp('lamp-07').draws(0.3));
    const [ticket, ...others] = await story.tickets();
    expect(others).toEqual([]);
    expect(ticket).toMatchObject({ state: 'answered', returns: 1 });
    expect(ticket?.alarms).toHaveLength(2);
  });
});

describe('what a resident’s steward reports', () => {
  const DRAIN = { category: 'drain', title: '下水道堵了' };

  it('found broken at the look back goes back to work, and is rated by whoever raised it in the end', async () => {
    const story = await tell(SITE);
    await raise(story, DRAIN);
    await act(story, 'wang', ['answer', { team: 'engineers' }]);
    await act(story, 'wang', ['rectify', { note: '疏通' }]);
    await act(story, 'chen', ['inspect', { result: 'pass' }]);
    await story.offUntil('2026-06-08T10:00');
    expect(await act(story, 'sun', ['look-back', { result: 'return' }])).toBe(422);
    expect(
      await act(story, 'sun', ['look-back', { result: 'return', reason: '又堵了' }]),
    ).toMatchObject({ state: 'answered', returns: 1, id: 'T1' });
    await act(story, 'wang', ['rectify', { note: '换管' }]);
    await act(story, 'chen', ['inspect', { result: 'pass' }]);
    await story.offUntil('2026-06-15T10:00');
    await act(story, 'sun', ['look-back', { result: 'pass' }]);
    expect(await act(story, 'wang', ['rate', { stars: 5 }])).toBe(403);
    expect(await act(story, 'zhao', ['rate', { stars: 4 }])).toMatchObject({
      state: 'closed',
      stars: 4,
      returns: 1,
    });
  });

  it('that nobody rates closes by itself three days after the look back', async () => {
    const story = await tell(SITE);
    await raise(story, DRAIN);
    await act(story, 'wang', ['answer', { team: 'engineers' }]);
    await act(story, 'wang', ['rectify', { note: '疏通' }]);
    await act(story, 'chen', ['inspect', { result: 'pass' }]);
    await story.offUntil('2026-06-08T10:00');
    expect(await act(story, 'sun', ['look-back', { result: 'pass' }])).toMatchObject({
      state: 'looked-back',
    });
    await story.offUntil('2026-06-11T09:59');
    expect((await story.tickets())[0]?.state).toBe('looked-back');
    await story.at('2026-06-11T10:00');
    expect((await story.tickets())[0]?.state).toBe('closed');
  });

  it('declined or merged tells them why', async () => {
    const story = await tell(SITE);
    await raise(story, DRAIN);
    await raise(story, { ...DRAIN, title: '又是那个下水道' });
    await raise(story, { category: 'noise', title: '隔壁装修' });
    await act(story, 'ma', ['merge', { into: 'T1', reason: '同一处' }, 'T2']);
    await act(story, 'ma', ['decline', { reason: '工作日白天允许装修' }, 'T3']);
    const told = await Promise.all(['T2', 'T3'].map((id) => story.desk().ticket(id)));
    expect(told).toMatchObject([
      { ok: true, value: { state: 'merged', mergedInto: 'T1', endedBecause: '同一处' } },
      { ok: true, value: { state: 'declined', endedBecause: '工作日白天允许装修' } },
    ]);
    expect((await story.tickets())[0]?.history.at(-1)).toMatchObject({
      action: 'take-over',
      reason: 'T2 又是那个下水道',
    });
  });
});

describe('a deadline', () => {
  const late = async (story: Story) =>
    (await story.tickets())[0]!.history
      .filter(({ action }) => action === 'escalate')
      .map(({ at, reason }) => `${clockOf(at)} ${reason}`);

  it('of Friday afternoon is Monday morning’s, and escalates once before and once after, also across a restart', async () => {
    const story = await tell(SITE, '2026-06-05T17:00');
    await raise(story, { category: 'lift', title: '电梯异响' });
    const [ticket] = await story.tickets();
    expect(new Date(ticket!.dueAt!).toISOString()).toBe('2026-06-08T01:00:00.000Z');
    await story.offUntil('2026-06-08T08:30');
    expect(await late(story)).toEqual([]);
    await story.at('2026-06-08T08:50');
    expect(await late(story)).toEqual(['08:36:00 时限已过八成，提醒 物业经理']);
    await story.offUntil('2026-06-08T08:55');
    await story.at('2026-06-08T08:59:59');
    expect(await late(story)).toHaveLength(1);
    await story.at('2026-06-08T09:00');
    await story.offUntil('2026-06-08T09:30');
    await story.offUntil('2026-06-12T18:00');
    await story.at('2026-06-12T18:01');
    expect((await late(story)).slice(1)).toEqual(['09:00:00 已超时，上报 物业经理']);
    expect((await story.tickets())[0]).toMatchObject({
      escalated: 'after',
      escalatedTo: 'manager',
    });
  });

  it('of high severity does not wait for Monday', async () => {
    const story = await tell(SITE, '2026-06-06T12:00');
    await raise(story, { category: 'electricity', title: '冒火花', severity: 'high' });
    await story.at('2026-06-06T12:20');
    expect(await late(story)).toEqual([
      '12:12:00 时限已过八成，提醒 物业经理',
      '12:15:00 已超时，上报 物业经理',
    ]);
  });

  it('shifts by the working hours spent waiting for parts', async () => {
    const story = await tell(SITE, '2026-06-01T09:00');
    await raise(story, { category: 'lift', title: '电梯异响' });
    await act(story, 'wang', ['answer', { team: 'engineers' }]);
    const due = async () => new Date((await story.tickets())[0]!.dueAt!).toISOString();
    // 24 working hours: nine on Monday, ten on Tuesday, five on Wednesday.
    expect(await due()).toBe('2026-06-03T05:00:00.000Z');
    await story.offUntil('2026-06-02T17:00');
    await act(story, 'wang', ['wait', { for: 'parts' }]);
    await story.offUntil('2026-06-05T10:00');
    expect(await late(story)).toEqual([]);
    await act(story, 'wang', ['resume']);
    // Six hours were left on Tuesday at five.
    expect(await due()).toBe('2026-06-05T08:00:00.000Z');
  });
});

describe('one button', () => {
  it('pressed fifty times at once, each with a key of its own, is one step and 49 times too late', async () => {
    const story = await tell(SITE);
    await raise(story, { category: 'lift', title: '电梯异响' });
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        story.server().inject({
          method: 'POST',
          url: '/api/v1/tickets/T1/take',
          headers: { 'idempotency-key': `press-${n}`, host: 'localhost' },
          payload: {},
        }),
      ),
    );
    const statuses = answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b);
    expect(statuses).toEqual([200, ...Array.from({ length: 49 }, () => 409)]);
    expect(await steps(story)).toEqual(['raise by steward: raised', 'take by engineer: answered']);
  });
});
