// The MQTT broker that sensors speak to, inside the gateway (aedes over TCP).
// aedes acknowledges before `published` runs, so a message is committed inside `authorizePublish`:
//
//   PUBLISH ──▶ authorizePublish ──▶ intake.offer ──durable──▶ PUBACK ──▶ subscribers
//                                         └─ storage fault ──▶ no PUBACK, connection closed
//
// Promise: no QoS 1 or 2 message is acknowledged that is not on disk, readings and rejections
// alike. A port that is taken is tried again for ever and never stops the gateway.
import { setImmediate } from 'node:timers/promises';
import type { AedesPublishPacket } from 'aedes';
import { Aedes } from 'aedes';
import type { SourceId } from '../domain/asset.ts';
import { Fault } from '../domain/fault.ts';
import type { Cancel } from '../domain/time.ts';
import { createBrokerEntrance } from './broker-entrance.ts';
import type { BrokerProfile } from './broker-rights.ts';
import { LIBRARY_LIMITS } from './broker-limits.ts';
import { keepNoNumbers } from './broker-numbers.ts';
import type { DeviceTokens } from './device-tokens.ts';
import type { SourceSurroundings } from './link.ts';
import { createLink } from './link.ts';
import type { Source } from './source.ts';
import { createListener } from './tcp-listener.ts';
import type { TopicSite } from './topics.ts';

export interface BrokerSettings {
  readonly id: SourceId;
  readonly host: string;
  /** 0 for one that the system chooses. */
  readonly port: number;
  /** `site` where absent; `open` on loopback only. */
  readonly profile?: BrokerProfile;
}

export interface BrokerSurroundings extends SourceSurroundings {
  readonly site: TopicSite;
  /** The site file's alone where absent. */
  readonly tokens?: DeviceTokens;
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

export function createBrokerSource(
  settings: BrokerSettings,
  around: BrokerSurroundings,
): BrokerSource {
  const { id } = settings;
  const entrance = createBrokerEntrance(settings, around);
  const { reception } = entrance;
  let broker: Aedes | undefined;
  const listener = createListener(settings, {
    connected: (socket) => broker && entrance.receive(socket, broker),
    lost: (fault) => link.lost(fault),
  });
  const link = createLink(id, () => listener.open(), around);

  async function stop(): Promise<void> {
    await link.stop();
    const closed = listener.close();
    await reception.close();
    await setImmediate(); // so that the last acknowledgements are on their way
    await closeBroker(broker);
    entrance.close();
    listener.hangUp();
    await closed;
  }

  return {
    id,
    kind: 'mqtt-broker',
    async start() {
      keepNoNumbers();
      broker = await Aedes.createBroker({ ...LIBRARY_LIMITS, ...entrance.options });
      entrance.watch(broker);
      await link.start();
    },
    stop,
    health: () => ({
      id,
      kind: 'mqtt-broker',
      ...link.health(),
      heard: reception.heard(),
      skippedBytes: 0,
      dropped: reception.dropped(),
      ...entrance.health(),
    }),
    address: () => listener.address(),
    hear: (filter, listener) => hearOn(broker, filter, listener),
    publish: (topic, payload, how = {}) => publishOn(broker, { topic, payload, ...how }),
  };
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
