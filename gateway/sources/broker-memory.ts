// What the MQTT library asks its storage for, answered from memory that cannot grow without bound
// (the library's own can: retained messages, queues of absent clients, half-finished QoS 2). The names
// and the manners are the library's: every method answers with a promise on the next microtask, on
// which it relies while a client is let in.
//
//   clean session   ends with its connection: nothing is kept but the QoS 2 ids of that connection
//   kept session    kept-sessions.ts, for profiles that allow it
//   last wills      are the connection's; the library's sweep for wills of dead brokers, which takes the
//                   living for dead when the clock jumps, finds none
import { Readable } from 'node:stream';
import type { AedesPublishPacket, Client, PublishPacket } from 'aedes';
import type { KeptSessions, KeptSubscription, Queued } from './kept-sessions.ts';
import { createKeptSessions } from './kept-sessions.ts';
import { createRetainedShelf } from './retained-shelf.ts';

type Session = Pick<Client, 'id' | 'clean'>;
type WithId = { readonly messageId?: number };
type Will = PublishPacket & { clientId?: string };

export interface MemoryRules {
  isForeign(topic: string): boolean;
  /** Whether this subscription was granted: the library hands in all that was asked for. */
  isGranted(client: Session, topic: string): boolean;
}

/** `persistence` is for the library's eyes. */
export function createBrokerMemory(rules: MemoryRules) {
  const retained = createRetainedShelf(rules.isForeign);
  const sessions = createKeptSessions();
  const persistence = {
    async setup() {},
    async storeRetained(packet: PublishPacket) {
      retained.put(packet);
    },
    createRetainedStreamCombi: (filters: readonly string[]) =>
      Readable.from(retained.matching(filters)),
    ...subscriptionsIn(sessions, rules),
    ...outgoingIn(sessions),
    ...incomingIn(sessions),
    /** `clientId` is how a will is told from other messages: reception.ts. */
    async putWill({ id }: Session, will: Will) {
      will.clientId = id;
    },
    async delWill() {},
    streamWill: () => Readable.from([]),
  };
  return { sessions, persistence };
}

function subscriptionsIn(sessions: KeptSessions, rules: MemoryRules) {
  return {
    async addSubscriptions(client: Session, asked: readonly KeptSubscription[]) {
      const granted = asked.filter(({ topic }) => rules.isGranted(client, topic));
      sessions.add(client.id, granted);
    },
    async removeSubscriptions({ id }: Session, topics: readonly string[]) {
      sessions.remove(id, topics);
    },
    subscriptionsByClient: async ({ id }: Session) => sessions.subscriptionsOf(id),
    async cleanSubscriptions({ id }: Session) {
      sessions.forget(id);
    },
    subscriptionsByTopic: async (topic: string) => sessions.interestedIn(topic),
  };
}

function outgoingIn(sessions: KeptSessions) {
  return {
    async outgoingEnqueue({ clientId }: { clientId: string }, packet: AedesPublishPacket) {
      sessions.enqueue(clientId, packet);
    },
    async outgoingEnqueueCombi(
      interested: readonly { clientId: string }[],
      packet: AedesPublishPacket,
    ) {
      for (const { clientId } of interested) sessions.enqueue(clientId, packet);
    },
    async outgoingUpdate({ id }: Session, packet: Queued) {
      if (!sessions.update(id, packet)) throw new Error('the queue of this client is full');
    },
    outgoingClearMessageId: async ({ id }: Session, packet: WithId) => sessions.clear(id, packet),
    outgoingStream: ({ id }: Session) => Readable.from(sessions.waiting(id)),
  };
}

/** Twice what one connection may have open: a session may bring some from the one before. */
const MOST_TAKEN = 40;

function incomingIn(sessions: KeptSessions) {
  const ofConnections = new WeakMap<Session, Set<number>>();

  function takenBy(client: Session): Set<number> {
    if (!client.clean) return sessions.taken(client.id);
    const taken = ofConnections.get(client) ?? new Set();
    ofConnections.set(client, taken);
    return taken;
  }

  return {
    async incomingStorePacket(client: Session, { messageId = 0 }: WithId) {
      const taken = takenBy(client);
      if (taken.size >= MOST_TAKEN) throw new Error('too many messages wait for their PUBREL');
      taken.add(messageId);
    },
    async incomingGetPacket(client: Session, packet: WithId) {
      if (!takenBy(client).has(packet.messageId ?? 0)) throw new Error('no such packet');
      return packet;
    },
    async incomingDelPacket(client: Session, { messageId = 0 }: WithId) {
      if (!takenBy(client).delete(messageId)) throw new Error('no such packet');
    },
    async cleanIncoming(client: Session) {
      if (client.clean) ofConnections.delete(client);
    },
  };
}
