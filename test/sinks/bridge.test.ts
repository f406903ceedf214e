import { describe, expect, it } from 'vitest';
import { bridgeWill } from '../../gateway/sinks/bridge.ts';
import { HEALTH, spoken } from './spoken.ts';

const BRIDGE = 'courtyard/luyuan/bridge';

const events = ({ said }: ReturnType<typeof spoken>['publisher']) =>
  said
    .filter(({ topic }) => topic === `${BRIDGE}/event`)
    .map(({ payload }) => JSON.parse(payload) as { type: string; at: string; data: object });

describe('the gateway', () => {
  it('is online from the start and offline by its last word', async () => {
    const { start, out, publisher } = spoken();
    await start();
    expect(publisher.json(`${BRIDGE}/state`)).toEqual({ state: 'online' });
    await out.stop();
    expect(publisher.json(`${BRIDGE}/state`)).toEqual({ state: 'offline' });
    expect(publisher.said.at(-1)?.topic).toBe(`${BRIDGE}/state`);
  });

  it('says nothing after its last word', async () => {
    const { start, out, publisher, asset, pass } = spoken();
    await start();
    await out.stop();
    const before = publisher.said.length;
    asset('k1-wet', { state: 'fault' });
    publisher.back('lost');
    await pass(70);
    expect(publisher.said).toHaveLength(before);
  });

  it('stops within seconds although its broker takes nothing', async () => {
    const { start, out, publisher, pass } = spoken();
    await start();
    publisher.publish = () => new Promise(() => {});
    const stopped = out.stop();
    await pass(3);
    await expect(stopped).resolves.toBeUndefined();
  });

  it('leaves a will that says what its last word would have said', () => {
    expect(bridgeWill('luyuan')).toEqual({
      topic: `${BRIDGE}/state`,
      payload: '{"state":"offline"}',
      retain: true,
      qos: 1,
    });
  });

  it('says what it is', async () => {
    const { start, publisher } = spoken();
    await start();
    expect(publisher.json(`${BRIDGE}/info`)).toMatchObject({
      name: 'courtyard',
      version: '1.2.3',
      site: 'luyuan',
      zone: 'Asia/Shanghai',
      simulated: true,
      assets: expect.arrayContaining(['k1-wet', 'water-main']),
    });
  });

  it('says how it is doing every minute', async () => {
    const { start, publisher, pass } = spoken();
    await start();
    expect(publisher.json(`${BRIDGE}/health`)).toEqual({
      at: '2026-11-20T10:30:00.000Z',
      ...HEALTH,
    });
    await pass(121);
    expect(publisher.times(`${BRIDGE}/health`)).toBe(3);
  });
});

describe('an event', () => {
  it('is told of an alarm when it is raised and when it is cleared, once each', async () => {
    const { start, publisher, desk } = spoken();
    await start();
    const [alarm] = await desk.alarms('all');
    if (!alarm) throw new Error('the compound has an alarm');
    const { clearedAt: _never, ...raised } = { ...alarm, id: 'alarm-99', rule: 'leak' };
    desk.put({ kind: 'alarm', data: raised });
    desk.put({ kind: 'alarm', data: { ...raised, state: 'active-acknowledged' } });
    const cleared = { ...raised, clearedAt: '2026-11-20T10:31:00.000Z' };
    desk.put({ kind: 'alarm', data: cleared });
    desk.put({ kind: 'alarm', data: { ...cleared, state: 'normal' } });
    expect(events(publisher)).toMatchObject([
      {
        type: 'alarm-raised',
        at: '2026-11-20T10:30:00.200Z',
        data: { id: 'alarm-99', rule: 'leak' },
      },
      { type: 'alarm-cleared', data: { id: 'alarm-99', clearedAt: '2026-11-20T10:31:00.000Z' } },
    ]);
    expect(publisher.said.at(-1)).toMatchObject({ qos: 1 });
    expect(publisher.said.at(-1)?.retain).toBeUndefined();
  });

  it('is not told of an alarm that a bigger one explains', async () => {
    const { start, publisher, desk } = spoken();
    await start();
    const [alarm] = await desk.alarms('all');
    if (!alarm) throw new Error('the compound has an alarm');
    const { clearedAt: _never, ...raised } = alarm;
    const quiet = { ...raised, id: 'alarm-98', explainedBy: 'alarm-1' };
    desk.put({ kind: 'alarm', data: quiet });
    desk.put({ kind: 'alarm', data: { ...quiet, clearedAt: '2026-11-20T10:31:00.000Z' } });
    expect(events(publisher)).toEqual([]);
  });

  it('is told of a ticket that is opened, and of its end however it ends', async () => {
    const { start, publisher, desk } = spoken();
    await start();
    const [ticket] = await desk.tickets({ actor: { by: 'wang', role: 'engineer' }, state: 'open' });
    if (!ticket) throw new Error('the compound has a ticket');
    const opened = { ...ticket, id: 'ticket-99', number: 99, state: 'raised' as const };
    desk.put({ kind: 'ticket', data: opened });
    desk.put({ kind: 'ticket', data: { ...opened, state: 'answered' } });
    desk.put({ kind: 'ticket', data: { ...opened, state: 'declined' } });
    expect(events(publisher).map(({ type, data }) => [type, data])).toMatchObject([
      ['ticket-opened', { number: 99 }],
      ['ticket-closed', { number: 99, state: 'declined' }],
    ]);
  });

  it('is told of a source that is lost and back', async () => {
    const { start, publisher, desk } = spoken();
    await start();
    const up = desk.intake().sources.find(({ state }) => state === 'up');
    if (!up) throw new Error('the compound has a source that is up');
    desk.put({ kind: 'source', data: { ...up, state: 'down', why: 'the port is gone' } });
    desk.put({ kind: 'source', data: { ...up, state: 'starting' } });
    desk.put({ kind: 'source', data: { ...up, state: 'up' } });
    expect(events(publisher)).toMatchObject([
      { type: 'link-lost', data: { source: up.id, why: 'the port is gone' } },
      { type: 'link-back', data: { source: up.id } },
    ]);
  });

  it('is not told of what was so already when the gateway started', async () => {
    const { start, publisher, desk } = spoken();
    await start();
    expect(await desk.alarms('active')).not.toEqual([]);
    expect(events(publisher)).toEqual([]);
  });

  it('that could not be told is counted and not told later', async () => {
    const { start, out, publisher, desk, pass } = spoken();
    await start();
    const [ticket] = await desk.tickets({ actor: { by: 'wang', role: 'engineer' }, state: 'open' });
    if (!ticket) throw new Error('the compound has a ticket');
    publisher.cut();
    desk.put({ kind: 'ticket', data: { ...ticket, id: 'ticket-99' } });
    await pass(1);
    publisher.back();
    await pass(3);
    expect(out.state().missed).toBe(1);
    expect(events(publisher)).toEqual([]);
  });
});
