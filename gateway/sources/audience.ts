// Who listens on the broker, and what is spared where nobody does. The library hands every message
// through its routing, and waits for it, before it reads on; nearly all telemetry is for the gateway
// alone, so what nobody wants goes no further than its acknowledgement.
//
// Promise: whoever subscribes hears what is said from then on. Counted is what the library itself
// subscribes, for clients and for us; sessions that are kept are asked for themselves.
import type { Aedes, PublishPacket } from 'aedes';
import { matches } from './retained-shelf.ts';

export interface Audience {
  /** Whether anybody may want what is said on this topic. */
  wants(topic: string): boolean;
  /** Counts those who begin and cease to listen, and keeps from the routing what was sent nowhere. */
  watch(broker: Aedes): void;
}

/** Nobody can subscribe to it. */
const NOWHERE = '$SYS/refused';
/** Topics that are looked up again and again: of each device one. */
const MOST_KNOWN = 20_000;

/** @param isAwaited whether somebody who is away has asked to be told later */
export function createAudience(isAwaited: (topic: string) => boolean): Audience {
  const filters = new Map<string, number>();
  const known = new Map<string, boolean>();

  function count(filter: string, change: 1 | -1): void {
    const listeners = (filters.get(filter) ?? 0) + change;
    if (listeners > 0) filters.set(filter, listeners);
    else filters.delete(filter);
    known.clear();
  }

  function isHeard(topic: string): boolean {
    const before = known.get(topic);
    if (before !== undefined) return before;
    const levels = topic.split('/');
    const heard = [...filters.keys()].some((filter) => matches(filter.split('/'), levels));
    if (known.size < MOST_KNOWN) known.set(topic, heard);
    return heard;
  }

  return {
    wants: (topic) => isHeard(topic) || isAwaited(topic),
    watch(broker) {
      const { subscribe, unsubscribe } = broker;
      broker.subscribe = (filter, deliver, done) => {
        count(filter, 1);
        subscribe.call(broker, filter, deliver, done);
      };
      broker.unsubscribe = (filter, deliver, done) =>
        unsubscribe.call(broker, filter, deliver, () => {
          count(filter, -1);
          done();
        });
      spareRouting(broker);
    },
  };
}

type Publish = (packet: PublishPacket, ...rest: unknown[]) => void;

/** The library's own signature has an optional client in the middle, which its types leave out. */
function spareRouting(broker: Aedes): void {
  const publish = broker.publish.bind(broker) as Publish;
  const spared: Publish = (packet, ...rest) => {
    const done = rest.at(-1);
    if (packet.topic !== NOWHERE || typeof done !== 'function') publish(packet, ...rest);
    else done(null);
  };
  broker.publish = spared;
}

/** It is acknowledged, and nobody hears it. */
export function sendNowhere(packet: PublishPacket): void {
  packet.topic = NOWHERE;
  packet.retain = false;
  packet.payload = NOTHING;
}

const NOTHING = Buffer.alloc(0);
