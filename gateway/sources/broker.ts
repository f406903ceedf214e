// The MQTT broker that sensors speak to, inside the gateway (aedes over TCP).
// aedes acknowledges before `published` runs, so a message is committed inside `authorizePublish`:
//
//   PUBLISH ──▶ authorizePublish ──▶ intake.offer ──durable──▶ PUBACK ──▶ subscribers
//                                         └─ storage fault ──▶ no PUBACK, connection closed
//
// Promise: no QoS 1 or 2 message is acknowledged that is not on disk, readings and rejections
// alike. A port that is taken is tried again for ever and never stops the gateway.
import type { EventEmitter } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import type { AedesOptions, AedesPublishPacket } from 'aedes';
import { Aedes } from 'aedes';
import type { SourceId } from '../domain/asset.ts';
import { Fault } from '../domain/fault.ts';
import type { Cancel } from '../domain/time.ts';
import { createAccess } from './broker-access.ts';
import type { Doors } from './broker-doors.ts';
import { createDoors } from './broker-doors.ts';
import type { SourceSurroundings } from './link.ts';
import { createLink } from './link.ts';
import { createReception } from './reception.ts';
import type { Source } from './source.ts';
import { createListener } from './tcp-listener.ts';
import type { TopicSite } from './topics.ts';
import { createTopics } from './topics.ts';

export interface BrokerSettings {
  readonly id: SourceId;
  readonly host: string;
  /** 0 for one that the system chooses. */
  readonly port: number;
}

export interface BrokerSurroundings extends SourceSurroundings {
  readonly site: TopicSite;
}

export interface BrokerSource extends Source {
  /** Where it listens at the moment; undefined while it does not. */
  address(): { readonly host: string; readonly port: number } | undefined;
  /** The gateway's own word to its subscribers; unlike a client it may use any topic. */
  publish(topic: string, payload: string | Uint8Array, how?: PublishHow): Promise<void>;
  /** Hears what is said from now on, by anyone, on topics that fit. Only while it runs. */
  hear(filter: string, listener: (topic: string, payload: string) => void): Cancel;
}

export interface PublishHow {
  readonly retain?: boolean;
  readonly qos?: 0 | 1;
}

/** What one client may cost the others. */
const LIMITS = {
  connectTimeout: 5_000,
  // A subscriber that stops reading holds up everyone's messages for this long.
  drainTimeout: 3_000,
  // Seconds. A peer that is gone is noticed after one and a half times this; 0 is refused.
  keepaliveLimit: 900,
  maxTopicLevels: 8,
  // Packets sent before the CONNACK; QoS 2 packets that wait for their PUBREL.
  queueLimit: 20,
  maxInflightInbound: 20,
  maxClientsIdLength: 64,
} as const satisfies AedesOptions;

export function createBrokerSource(
  settings: BrokerSettings,
  around: BrokerSurroundings,
): BrokerSource {
  const { id } = settings;
  const { log, site } = around;
  const topics = createTopics(id, site);
  const access = createAccess(site.devices);
  const reception = createReception({ ...site, source: id, topics, access }, around);
  const { doors, dropped } = createDoors({ source: id, reception, access, topics, log });
  let broker: Aedes | undefined;
  const listener = createListener(settings, {
    connected: (socket) => void broker?.handle(socket),
    lost: (fault) => link.lost(fault),
  });
  const link = createLink(id, () => listener.open(), around);

  async function stop(): Promise<void> {
    await link.stop();
    const closed = listener.close();
    await reception.close();
    await setImmediate(); // so that the last acknowledgements are on their way
    await closeBroker(broker);
    listener.hangUp();
    await closed;
  }

  return {
    id,
    kind: 'mqtt-broker',
    async start() {
      broker = await createBroker(doors, (error) =>
        log.warn({ source: id, err: error }, 'the broker failed at a task of its own'),
      );
      await link.start();
    },
    stop,
    health: () => ({
      id,
      kind: 'mqtt-broker',
      ...link.health(),
      heard: reception.heard(),
      skippedBytes: 0,
      dropped: dropped(),
    }),
    address: () => listener.address(),
    hear: (filter, listener) => hearOn(broker, filter, listener),
    publish: (topic, payload, how = {}) => publishOn(broker, { topic, payload, ...how }),
  };
}

async function createBroker(doors: Doors, onError: (error: Error) => void): Promise<Aedes> {
  const broker = await Aedes.createBroker({ ...LIMITS, ...doors });
  // aedes emits `error` and its types leave it out; unheard, it would end the process.
  const emitter: EventEmitter = broker;
  emitter.on('error', onError);
  return broker;
}

interface OwnMessage extends PublishHow {
  readonly topic: string;
  readonly payload: string | Uint8Array;
}

function publishOn(broker: Aedes | undefined, message: OwnMessage): Promise<void> {
  const { topic, payload, retain = false, qos = 0 } = message;
  if (broker === undefined || broker.closed) {
    return Promise.reject(new Fault('stopping', `publishing ${topic}: the broker is not running`));
  }
  const bytes = Buffer.from(payload);
  return new Promise((resolve, reject) => {
    broker.publish({ cmd: 'publish', topic, payload: bytes, retain, qos, dup: false }, (error) =>
      error ? reject(error) : resolve(),
    );
  });
}

type Listener = (topic: string, payload: string) => void;

function hearOn(broker: Aedes | undefined, filter: string, listener: Listener): Cancel {
  const deliver = (packet: AedesPublishPacket, done: () => void): void => {
    listener(packet.topic, packet.payload.toString());
    done();
  };
  broker?.subscribe(filter, deliver, () => undefined);
  return () => broker?.unsubscribe(filter, deliver, () => undefined);
}

const closeBroker = (broker: Aedes | undefined): Promise<void> =>
  new Promise((resolve) => {
    if (broker === undefined) resolve();
    else broker.close(resolve);
  });
