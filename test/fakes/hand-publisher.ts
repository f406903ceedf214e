// A broker in the test's hand: it keeps what is retained, can be cut off, and can forget everything.
import type { PublishHow, Publisher } from '../../gateway/sinks/publisher.ts';

export interface Said extends PublishHow {
  readonly topic: string;
  readonly payload: string;
}

export interface HandPublisher extends Publisher {
  /** What was taken, in order. */
  readonly said: Said[];
  /** What the broker holds; an empty payload takes a topic away. */
  readonly retained: Map<string, string>;
  /** The present JSON on a topic, `undefined` where there is none. */
  json(topic: string): Record<string, unknown> | undefined;
  /** How often something was said on a topic. */
  times(topic: string): number;
  cut(): void;
  /** The way is back; a broker without a disk has forgotten what it had retained. */
  back(memory?: 'kept' | 'lost'): void;
  /** Somebody else says something. */
  hears(topic: string, payload: string): void;
}

export function handPublisher(): HandPublisher {
  const said: Said[] = [];
  const retained = new Map<string, string>();
  const ears = new Set<{ filter: RegExp; listener: (topic: string, payload: string) => void }>();
  const onReached = new Set<() => void>();
  let isCut = false;
  const take = (topic: string, payload: string, how: PublishHow): void => {
    said.push({ topic, payload, ...how });
    if (how.retain && payload === '') retained.delete(topic);
    else if (how.retain) retained.set(topic, payload);
    for (const { filter, listener } of ears) if (filter.test(topic)) listener(topic, payload);
  };
  return {
    id: 'broker',
    said,
    retained,
    async publish(topic, payload, how = {}) {
      if (isCut) throw new Error('the broker is away');
      take(topic, payload, how);
    },
    hear(filter, listener) {
      const ear = { filter: fits(filter), listener };
      ears.add(ear);
      for (const [topic, payload] of retained) if (ear.filter.test(topic)) listener(topic, payload);
      return () => ears.delete(ear);
    },
    onReached(listener) {
      onReached.add(listener);
      return () => onReached.delete(listener);
    },
    json: (topic) => {
      const payload = retained.get(topic);
      return payload === undefined ? undefined : (JSON.parse(payload) as Record<string, unknown>);
    },
    times: (topic) => said.filter((word) => word.topic === topic).length,
    cut: () => {
      isCut = true;
    },
    back(memory = 'kept') {
      isCut = false;
      if (memory === 'lost') retained.clear();
      for (const listener of onReached) listener();
    },
    hears: (topic, payload) => take(topic, payload, {}),
  };
}

const fits = (filter: string): RegExp =>
  new RegExp(`^${filter.replaceAll('.', '\\.').replaceAll('+', '[^/]+').replaceAll('#', '.*')}$`);
