// The last message of each topic that is to be kept for later subscribers. What is of this site is
// bounded by the site; what is of nobody here has a shelf of fixed size: when that is full nothing new
// is kept, and what is there may still be replaced or taken away.
import type { PublishPacket } from 'aedes';

export interface RetainedShelf {
  /** An empty payload takes away; false where there is no room. */
  put(packet: PublishPacket): boolean;
  matching(filters: readonly string[]): Iterable<PublishPacket>;
  count(): number;
}

export const MOST_FOREIGN_TOPICS = 1000;
const MOST_FOREIGN_BYTES = 1024 * 1024;

/** @param isForeign whether a topic is of nobody here */
export function createRetainedShelf(isForeign: (topic: string) => boolean): RetainedShelf {
  const kept = new Map<string, PublishPacket>();
  let topics = 0;
  let bytes = 0;

  function account(packet: PublishPacket, change: 1 | -1): void {
    if (!isForeign(packet.topic)) return;
    topics += change;
    bytes += change * weightOf(packet);
  }

  function hasRoom(packet: PublishPacket): boolean {
    if (packet.payload.length === 0 || !isForeign(packet.topic)) return true;
    const old = kept.get(packet.topic);
    if (old === undefined && topics >= MOST_FOREIGN_TOPICS) return false;
    const freed = old === undefined ? 0 : weightOf(old);
    return bytes - freed + weightOf(packet) <= MOST_FOREIGN_BYTES;
  }

  return {
    put(packet) {
      if (!hasRoom(packet)) return false;
      const old = kept.get(packet.topic);
      if (old !== undefined) account(old, -1);
      kept.delete(packet.topic);
      if (packet.payload.length === 0) return true;
      const copy = { ...packet, payload: Buffer.from(packet.payload) };
      kept.set(copy.topic, copy);
      account(copy, 1);
      return true;
    },
    *matching(filters) {
      const wanted = filters.map((filter) => filter.split('/'));
      for (const [topic, packet] of kept) {
        const levels = topic.split('/');
        if (wanted.some((filter) => matches(filter, levels))) yield packet;
      }
    },
    count: () => kept.size,
  };
}

const weightOf = ({ topic, payload }: PublishPacket): number => topic.length + payload.length;

/** MQTT 3.1.1, 4.7: a wildcard in front matches no topic that begins with $. */
export function matches(filter: readonly string[], topic: readonly string[]): boolean {
  const [first] = filter;
  if ((first === '#' || first === '+') && topic[0]?.startsWith('$')) return false;
  for (const [place, level] of filter.entries()) {
    if (level === '#') return true;
    const other = topic[place];
    if (other === undefined || (level !== '+' && level !== other)) return false;
  }
  return filter.length === topic.length;
}
