// What the broker keeps for clients that are away, where its profile lets them ask for that: their
// subscriptions, and what was said meanwhile at QoS 1 and 2. In memory, and bounded in every
// direction: how many sessions, how many messages each, how many bytes in all. When there is no room
// for one more session, the one that has been quiet longest is forgotten; when a queue is full, what
// comes is not queued, and its client is told so by its connection's end if it is there.
import type { AedesPublishPacket } from 'aedes';
import { matches } from './retained-shelf.ts';

export interface KeptSubscription {
  readonly topic: string;
  readonly qos: 0 | 1 | 2;
}

/** A message, or the PUBREL that took its place in the queue. */
export type Queued = Partial<Omit<AedesPublishPacket, 'messageId'>> & {
  readonly messageId?: number | undefined;
};

export interface KeptSessions {
  add(id: string, subscriptions: readonly KeptSubscription[]): void;
  remove(id: string, topics: readonly string[]): void;
  subscriptionsOf(id: string): KeptSubscription[];
  /** Who wants it at QoS 1 or 2; one entry for each session. */
  interestedIn(topic: string): readonly { readonly clientId: string }[];
  forget(id: string): void;
  enqueue(id: string, packet: AedesPublishPacket): void;
  /** The packet has got its id for this client, or its PUBREL stands for it; false where none waits. */
  update(id: string, packet: Queued): boolean;
  /** It is answered, or not to be handed out: gives it back, and forgets it. */
  clear(id: string, packet: Queued): Queued | undefined;
  waiting(id: string): Queued[];
  /** QoS 2 messages of this client that were taken, by their ids, until their PUBREL. */
  taken(id: string): Set<number>;
  counts(): { readonly sessions: number; readonly queued: number; readonly bytes: number };
}

export const MOST_SESSIONS = 50;
export const MOST_QUEUED = 1000;
const MOST_BYTES = 8 * 1024 * 1024;

interface Session {
  readonly subscriptions: Map<string, { readonly qos: 0 | 1 | 2; readonly levels: string[] }>;
  readonly queue: Queued[];
  readonly taken: Set<number>;
}

export function createKeptSessions(): KeptSessions {
  const shelf = createShelf();
  return {
    ...subscriptionsOn(shelf),
    ...queuesOn(shelf),
    forget: shelf.forget,
    taken: (id) => shelf.open(id).taken,
    counts: () => ({
      sessions: shelf.sessions.size,
      queued: [...shelf.sessions.values()].reduce((sum, { queue }) => sum + queue.length, 0),
      bytes: shelf.bytes(),
    }),
  };
}

type Shelf = ReturnType<typeof createShelf>;

function createShelf() {
  /** The longest quiet first. */
  const sessions = new Map<string, Session>();
  let bytes = 0;

  function forget(id: string): void {
    for (const packet of sessions.get(id)?.queue ?? []) bytes -= weightOf(packet);
    sessions.delete(id);
  }

  return {
    sessions: sessions as ReadonlyMap<string, Session>,
    bytes: () => bytes,
    /** The session of this name, which is the latest from now on. */
    open(id: string): Session {
      const session = sessions.get(id) ?? { subscriptions: new Map(), queue: [], taken: new Set() };
      sessions.delete(id);
      sessions.set(id, session);
      const [oldest] = sessions.keys();
      if (sessions.size > MOST_SESSIONS && oldest !== undefined) forget(oldest);
      return session;
    },
    forget,
    /** Puts packets in the place of others; gives back the first that went. */
    change(queue: Queued[], at: number, { out, put }: { out: 0 | 1; put: readonly Queued[] }) {
      const gone = queue.splice(at, out, ...put);
      for (const packet of put) bytes += weightOf(packet);
      for (const packet of gone) bytes -= weightOf(packet);
      return gone[0];
    },
  };
}

function subscriptionsOn({ sessions, open }: Shelf) {
  return {
    add(id: string, subscriptions: readonly KeptSubscription[]): void {
      const session = open(id);
      for (const { topic, qos } of subscriptions) {
        session.subscriptions.set(topic, { qos, levels: topic.split('/') });
      }
    },
    remove(id: string, topics: readonly string[]): void {
      for (const topic of topics) sessions.get(id)?.subscriptions.delete(topic);
    },
    subscriptionsOf: (id: string): KeptSubscription[] =>
      [...(sessions.get(id)?.subscriptions ?? [])].map(([topic, { qos }]) => ({ topic, qos })),
    interestedIn(topic: string) {
      if (sessions.size === 0) return NOBODY;
      const levels = topic.split('/');
      return [...sessions]
        .filter(([, { subscriptions }]) =>
          [...subscriptions.values()].some((one) => one.qos > 0 && matches(one.levels, levels)),
        )
        .map(([clientId]) => ({ clientId }));
    },
  };
}

function queuesOn({ sessions, bytes, change }: Shelf) {
  return {
    enqueue(id: string, packet: AedesPublishPacket): void {
      const queue = sessions.get(id)?.queue;
      if (!queue || queue.length >= MOST_QUEUED || bytes() + weightOf(packet) > MOST_BYTES) return;
      change(queue, queue.length, { out: 0, put: [{ ...packet, messageId: undefined }] });
    },
    update(id: string, packet: Queued): boolean {
      const queue = sessions.get(id)?.queue ?? [];
      const at = queue.findIndex((one) => isSame(one, packet));
      if (at < 0) return false;
      const isMessage = packet.brokerId !== undefined;
      const changed = isMessage ? { ...queue[at], messageId: packet.messageId } : packet;
      change(queue, at, { out: 1, put: [changed] });
      return true;
    },
    clear(id: string, packet: Queued): Queued | undefined {
      const queue = sessions.get(id)?.queue ?? [];
      const at = queue.findIndex((one) => isAnsweredBy(one, packet));
      return at < 0 ? undefined : change(queue, at, { out: 1, put: [] });
    },
    waiting: (id: string): Queued[] => [...(sessions.get(id)?.queue ?? [])],
  };
}

const NOBODY: readonly { readonly clientId: string }[] = [];

/** A message is known by the broker's own count, an acknowledgement by the id that it answers. */
const isSame = (one: Queued, packet: Queued): boolean =>
  packet.brokerId === undefined
    ? one.messageId === packet.messageId
    : one.brokerCounter === packet.brokerCounter;

/** One without an id is not yet sent, and meant by the broker's count as well. */
const isAnsweredBy = (one: Queued, packet: Queued): boolean =>
  packet.messageId === undefined ? isSame(one, packet) : one.messageId === packet.messageId;

/** With what an object costs besides. */
const weightOf = ({ topic = '', payload = '' }: Queued): number =>
  200 + topic.length + payload.length;
