// A broker elsewhere that sensors publish to, heard as one of its clients:
//
//   broker ──▶ mqtt-connection ──▶ reception ──▶ intake ──durable──▶ PUBACK
//
// The session is a lasting one under a client id that stays the same: what comes while we are away
// waits at the broker, as does whatever was not acknowledged. So a storage fault ends the connection,
// as on our own broker, and back-off decides when to ask for it again.
// Promise: no QoS 1 message is acknowledged that is not on disk, and nothing is kept in memory that
// the broker believes to be ours.
import type { SourceId } from '../domain/asset.ts';
import type { Duration } from '../domain/time.ts';
import type { BrokerSurroundings } from './broker.ts';
import { createLink } from './link.ts';
import type { Connection, ConnectionSettings } from './mqtt-connection.ts';
import { openConnection } from './mqtt-connection.ts';
import { createReception, type ReceptionRules } from './reception.ts';
import { createSkippedTeller } from './skipped.ts';
import type { Source } from './source.ts';
import { subscriptionsOf } from './subscriptions.ts';
import { createTopics, type TopicSite } from './topics.ts';

export interface MqttSettings {
  readonly id: SourceId;
  /** `mqtt://host[:port]`, or `mqtts://` for TLS; without user or password. */
  readonly url: string;
  /** Filters besides the native topics and the devices' own. */
  readonly topics: readonly string[];
  /** `courtyard-<site>-<source>` where absent. Two clients of one id throw each other out. */
  readonly clientId?: string;
  readonly username?: string;
  readonly password?: string;
  /** A way that is dead without saying so is noticed after one and a half times this. */
  readonly keepAlive: Duration;
}

/** What we take; who may speak of it is that broker's to say: it has let the sender in, not we. */
const TAKEN: ReadonlySet<string> = new Set(['telemetry', 'status', 'greeting']);

function rulesFor(source: SourceId, site: TopicSite): ReceptionRules {
  const topics = createTopics(source, site);
  return {
    source,
    devices: site.devices,
    topics,
    mayPublish: (_client, { topic }) => (TAKEN.has(topics.read(topic).of) ? 'yes' : 'no'),
    broker: 'elsewhere',
  };
}

export function createMqttSource(settings: MqttSettings, around: BrokerSurroundings): Source {
  const { id, clientId, topics: more, ...login } = settings;
  const { site } = around;
  const reception = createReception(rulesFor(id, site), around);
  const link = createLink(id, open, around);
  const to: ConnectionSettings = {
    ...login,
    clientId: clientId ?? `courtyard-${site.siteId}-${id}`,
    filters: subscriptionsOf(id, site, more),
  };
  let connection: Connection | undefined;
  let skippedBefore = 0;
  const skippedBytes = (): number => skippedBefore + (connection?.skippedBytes() ?? 0);
  const skipped = createSkippedTeller(id, skippedBytes, around);

  async function open(): Promise<void> {
    skippedBefore = skippedBytes();
    connection = openConnection(to, {
      message: (packet) => reception.take(null, packet),
      skipped: () => skipped.look(),
      ended: (fault) => link.lost(fault),
    });
    await connection.ready;
  }

  return {
    id,
    kind: 'mqtt',
    start: () => link.start(),
    async stop() {
      const stopped = link.stop(); // which waits for an attempt that closing cuts short
      await connection?.close();
      await stopped;
      await reception.close();
      skipped.finish();
    },
    health: () => ({
      id,
      kind: 'mqtt',
      ...link.health(),
      heard: reception.heard(),
      skippedBytes: skippedBytes(),
      dropped: reception.dropped(),
    }),
  };
}
