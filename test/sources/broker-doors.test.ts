import type { AedesPublishPacket, Client, PublishPacket } from 'aedes';
import { describe, expect, it } from 'vitest';
import { createAccess } from '../../gateway/sources/broker-access.ts';
import { createDoors } from '../../gateway/sources/broker-doors.ts';
import { createReception } from '../../gateway/sources/reception.ts';
import { createTopics } from '../../gateway/sources/topics.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { handIntake } from '../fakes/hand-intake.ts';
import { keptLog } from '../fakes/kept-log.ts';

const site = { siteId: 'luyuan', devices: new Map() };
const living = { id: 'k1', closed: false } as Client;

function world() {
  const intake = handIntake();
  const log = keptLog();
  const around = { intake, log, clock: handClock('2026-11-20T08:00:00Z') };
  const topics = createTopics('broker', site);
  const access = createAccess(site.devices);
  const rules = { source: 'broker', devices: site.devices, topics, access };
  const reception = createReception(rules, around);
  const { doors } = createDoors({ source: 'broker', reception, access, topics, log });
  const publish = (client: Client | null, packet: object): Promise<unknown> =>
    new Promise((answer) => {
      doors.authorizePublish(client, packet as PublishPacket, (error) => answer(error ?? null));
    });
  return { intake, doors, publish };
}

const message = (topic: string) => ({
  cmd: 'publish',
  topic,
  payload: Buffer.from('{}'),
  qos: 0,
  retain: false,
  dup: false,
});

describe('the doors of the broker', () => {
  it('a will is kept back while its client is connected, whatever the time of day did', async () => {
    const { publish, intake } = world();
    const will = { ...message('courtyard/luyuan/k1/telemetry'), clientId: 'k1', brokerId: 'b' };
    expect(await publish(living, will)).toBeInstanceOf(Error);
    expect(intake.offered).toEqual([]);
    expect(await publish({ ...living, closed: true }, will)).toBeNull();
    expect(intake.offered).toHaveLength(1);
  });

  it('a will without a client is judged like any message', async () => {
    const { publish, intake } = world();
    const will = { ...message('elsewhere'), clientId: 'gone' };
    expect(await publish(null, will)).toBeNull();
    expect(intake.offered[0]).toMatchObject({ damage: 'unknown-topic', topic: 'elsewhere' });
  });

  it('a long topic is kept by its beginning only', async () => {
    const { publish, intake } = world();
    await publish(living, message('x'.repeat(60_000)));
    expect(intake.offered[0]?.topic).toHaveLength(256);
  });

  it.each<[topic: string, handedOut: boolean]>([
    ['courtyard/luyuan/k1/telemetry', true],
    ['courtyard/luyuan/assets/k1-wet', true],
    ['courtyard/other/k1/telemetry', false],
    ['$SYS/refused', false],
    ['secret/x', false],
  ])('a message on %s is handed to subscribers: %s', (topic, handedOut) => {
    const { doors } = world();
    const packet = message(topic) as unknown as AedesPublishPacket;
    expect(doors.authorizeForward(living, packet)).toBe(handedOut ? packet : null);
  });
});
