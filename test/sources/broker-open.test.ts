// The open profile: a broker for everything else on this machine too, and bounded all the same.
import { describe, expect, it } from 'vitest';
import { createBrokerMemory } from '../../gateway/sources/broker-memory.ts';
import {
  createKeptSessions,
  MOST_QUEUED,
  MOST_SESSIONS,
} from '../../gateway/sources/kept-sessions.ts';
import { createRetainedShelf, MOST_FOREIGN_TOPICS } from '../../gateway/sources/retained-shelf.ts';
import { until } from '../tools.ts';
import { type Bench, startBench, TELEMETRY } from './broker-bench.ts';
import {
  DISCONNECT,
  granted,
  letIn,
  publishPacket,
  type RawClient,
  settled,
  subscribePacket,
  topicOf,
} from './raw-client.ts';

const heard = (client: RawClient): string[] =>
  client.packets.filter(({ type }) => type === 3).map(topicOf);

const openBench = (): Promise<Bench> => startBench('at once', { profile: 'open' });

describe('other people’s topics', () => {
  it('pass from client to client and into no log', async () => {
    const bench = await openBench();
    const reader = await letIn(bench.port, { id: 'node red 1' });
    reader.send(subscribePacket(['zigbee2mqtt/#']));
    await reader.next(9);
    const writer = await letIn(bench.port, { id: 'zigbee', keepAlive: 0 });
    writer.send(publishPacket('zigbee2mqtt/lamp', '{}', { qos: 1 }));
    await writer.next(4);
    await until('it is passed on', () => heard(reader).length === 1);
    expect(bench.intake.offered).toEqual([]);
    expect(bench.broker.health().heard).toBe(0);
  });

  it('leave the site’s own as they are', async () => {
    const bench = await openBench();
    const client = await letIn(bench.port, { id: 'tool' });
    client.send(subscribePacket(['courtyard/luyuan/lamp-07/telemetry', '#']));
    expect(granted(await client.next(9))).toEqual([128, 1]);
    client.send(
      publishPacket(TELEMETRY, '{}', { qos: 1, id: 1 }),
      publishPacket('courtyard/luyuan/lamp-07/telemetry', '{}', { qos: 1, id: 2 }),
      publishPacket('courtyard/luyuan/bridge/state', 'x', { qos: 1, id: 3, retain: true }),
      publishPacket('$SYS/x', 'x', { qos: 1, id: 4 }),
    );
    for (let n = 0; n < 4; n++) await client.next(4);
    expect(bench.intake.offered.map(({ damage }) => damage ?? 'taken')).toEqual([
      'taken',
      'unknown-topic',
      'unknown-topic',
      'unknown-topic',
    ]);
  });

  it('are retained up to a thousand, and what is there may go', async () => {
    const bench = await openBench();
    const client = await letIn(bench.port, { id: 'tool' });
    for (let n = 0; n < 3000; n++)
      client.send(publishPacket(`made/up/${n}`, 'x', { retain: true }));
    client.send(publishPacket('made/up/0', '', { retain: true }));
    await settled(client);
    const late = await letIn(bench.port, { id: 'late' });
    late.send(subscribePacket(['made/#'], { qos: 0 }));
    await until('all are there', () => heard(late).length >= MOST_FOREIGN_TOPICS - 1);
    await settled(late);
    expect(heard(late)).toHaveLength(MOST_FOREIGN_TOPICS - 1);
    await bench.broker.publish('courtyard/luyuan/assets/a', '{}', { retain: true });
    late.send(subscribePacket(['courtyard/luyuan/assets/a']));
    await until('the gateway’s own finds room', () => heard(late).at(-1)?.endsWith('/a') === true);
  });
});

describe('a session that is kept', () => {
  it('has what was said meanwhile, and nothing that its client may not hear', async () => {
    const bench = await openBench();
    const reader = await letIn(bench.port, { id: 'reader', clean: false });
    const filters = ['courtyard/luyuan/lamp-07/status', 'news/#', '$SYS/#', 'courtyard/luyuan/#'];
    reader.send(subscribePacket(filters));
    expect(granted(await reader.next(9))).toEqual([128, 1, 128, 1]);
    reader.send(DISCONNECT);
    await reader.closed;
    const lamp = await letIn(bench.port, {
      id: 'lamp-07',
      user: 'lamp-07',
      password: 'opensesame',
    });
    lamp.send(publishPacket('courtyard/luyuan/lamp-07/status', 'online', { qos: 1 }));
    await lamp.next(4);
    const writer = await letIn(bench.port, { id: 'writer' });
    writer.send(publishPacket('news/today', 'x', { qos: 1 }));
    await writer.next(4);
    const again = await letIn(bench.port, { id: 'reader', clean: false });
    expect((again.packets[0]?.body[0] ?? 0) & 1).toBe(1); // session present
    await until('it has its news', () => heard(again).length > 0);
    await settled(again);
    expect(heard(again)).toEqual(['news/today']);
  });

  it('is forgotten by who comes back clean', async () => {
    const bench = await openBench();
    const reader = await letIn(bench.port, { id: 'reader', clean: false });
    reader.send(subscribePacket(['news/#']), DISCONNECT);
    await reader.closed;
    const clean = await letIn(bench.port, { id: 'reader', clean: true });
    expect(clean.packets[0]?.body[0]).toBe(0);
    clean.send(DISCONNECT);
    await clean.closed;
    const again = await letIn(bench.port, { id: 'reader', clean: false });
    expect(again.packets[0]?.body[0]).toBe(0);
  });
});

describe('memory', () => {
  const message = (topic: string, payload: string, brokerCounter = 1) => ({
    cmd: 'publish' as const,
    topic,
    payload: Buffer.from(payload),
    qos: 1 as const,
    retain: true,
    dup: false,
    brokerId: 'b',
    brokerCounter,
  });

  it('of sessions keeps the latest, and a queue keeps the first', () => {
    const sessions = createKeptSessions();
    for (let n = 0; n < MOST_SESSIONS + 5; n++) sessions.add(`s${n}`, [{ topic: 'a', qos: 1 }]);
    expect(sessions.counts().sessions).toBe(MOST_SESSIONS);
    expect(sessions.subscriptionsOf('s4')).toEqual([]);
    expect(sessions.subscriptionsOf('s5')).toEqual([{ topic: 'a', qos: 1 }]);
    for (let n = 1; n <= MOST_QUEUED + 5; n++) sessions.enqueue('s9', message('a', 'x', n));
    expect(sessions.counts().queued).toBe(MOST_QUEUED);
    expect(sessions.waiting('s9')[0]?.brokerCounter).toBe(1);
  });

  it('of all queues together is 8 MB, and forgetting gives it back', () => {
    const sessions = createKeptSessions();
    for (let n = 0; n < 10; n++) {
      sessions.add(`s${n}`, [{ topic: 'a', qos: 1 }]);
      for (let m = 0; m < 20; m++) sessions.enqueue(`s${n}`, message('a', 'x'.repeat(60_000), m));
    }
    expect(sessions.counts().bytes).toBeLessThanOrEqual(8 * 1024 * 1024);
    for (let n = 0; n < 10; n++) sessions.forget(`s${n}`);
    expect(sessions.counts()).toEqual({ sessions: 0, queued: 0, bytes: 0 });
  });

  it('of a message ends with its acknowledgement, at QoS 2 with the second one', () => {
    const sessions = createKeptSessions();
    sessions.add('s', [{ topic: 'a', qos: 2 }]);
    sessions.enqueue('s', message('a', 'x', 5));
    expect(sessions.update('s', { ...message('a', 'x', 5), messageId: 9 })).toBe(true);
    expect(sessions.update('s', { cmd: 'publish', messageId: 9 })).toBe(true);
    expect(sessions.update('s', { messageId: 8 })).toBe(false);
    expect(sessions.clear('s', { messageId: 8 })).toBeUndefined();
    expect(sessions.clear('s', { messageId: 9 })).toBeDefined();
    expect(sessions.counts()).toEqual({ sessions: 1, queued: 0, bytes: 0 });
  });

  it('of a subscription is only of what was granted, whatever the library hands over', async () => {
    const rules = {
      isForeign: () => true,
      isGranted: (_who: object, topic: string) => topic === 'a',
    };
    const { persistence } = createBrokerMemory(rules);
    const client = { id: 's', clean: false };
    await persistence.addSubscriptions(client, [
      { topic: 'a', qos: 1 },
      { topic: 'secret', qos: 1 },
    ]);
    expect(await persistence.subscriptionsByClient(client)).toEqual([{ topic: 'a', qos: 1 }]);
  });

  it('of retained messages is a megabyte, and each may be replaced', () => {
    const shelf = createRetainedShelf((topic) => topic.startsWith('foreign'));
    const large = 'x'.repeat(100_000);
    for (let n = 0; n < 30; n++) shelf.put(message(`foreign/${n}`, large));
    expect(shelf.count()).toBe(10);
    expect(shelf.put(message('foreign/3', `${large.slice(1)}y`))).toBe(true);
    expect(shelf.put(message('ours', large))).toBe(true);
    expect(shelf.put(message('foreign/3', ''))).toBe(true);
    expect([...shelf.matching(['+/3', 'ours'])].map(({ topic }) => topic)).toEqual(['ours']);
  });
});
