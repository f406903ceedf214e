// Tells the outside what is in the outbox, each channel on its own: one that is down delays no other.
//
//   fold saves ──▶ take (at once, from memory) ──┐
//   outbox ──▶ what waited before the start ─────┴─▶ channel ──▶ notifier ──▶ told │ later │ never
//      ▲                                                                            │
//      └──────────────── written down, many at once ◀────────────────────────────────┘
//
// A notice is durable before it gets here. Killed in between, it is told again under the same key.
import type { Notice } from '../../domain/notice.ts';
import type { Tongue } from '../../domain/reader.ts';
import type { Clock } from '../../domain/time.ts';
import type { Notifier } from '../../notify/notifier.ts';
import type { Outbox } from '../../store/log.ts';
import { createChannel, type ChannelState } from './channel.ts';
import type { OutageLogger } from '../outage.ts';

export interface DispatchParts {
  readonly notifiers: readonly Notifier[];
  readonly outbox: Outbox;
  readonly clock: Clock;
  /** 0 ≤ n < 1; spreads attempts. */
  readonly random: () => number;
  readonly logger: OutageLogger;
  /** Of what it says itself; Chinese where absent. */
  readonly tongue?: Tongue;
}

export interface Dispatch {
  /** Tells what was left from before. Rejects as the store does. */
  start(): Promise<void>;
  /** These have just become durable. */
  take(notices: readonly Notice[]): void;
  /** Tells nothing more; resolves once what was told is written down. */
  stop(): Promise<void>;
  states(): ChannelState[];
  /** Now, whatever it waits for. False where its channel has left the site file. */
  retry(notice: Notice): Promise<boolean>;
  /** Never. False where it is just being told. */
  drop(notice: Notice, words: string): Promise<boolean>;
}

export function createDispatch(parts: DispatchParts): Dispatch {
  const { notifiers, outbox } = parts;
  const channels = new Map(
    notifiers.map((notifier) => [notifier.id, createChannel({ ...parts, notifier })]),
  );
  return {
    async start() {
      const counts = new Map((await outbox.counts()).map((count) => [count.channel, count]));
      for (const [id, channel] of channels) channel.start(counts.get(id)?.waiting ?? 0);
    },
    take(notices) {
      for (const [id, some] of Map.groupBy(notices, ({ channel }) => channel)) {
        channels.get(id)?.take(some);
      }
    },
    async stop() {
      await Promise.all([...channels.values()].map((channel) => channel.stop()));
    },
    states: () => [...channels.values()].map((channel) => channel.state()),
    async retry(notice) {
      const channel = channels.get(notice.channel);
      await channel?.retry(notice);
      return channel !== undefined;
    },
    async drop(notice, words) {
      const channel = channels.get(notice.channel);
      if (channel) return channel.drop(notice, words);
      await outbox.settle(notice.channel, [
        { kind: 'dropped', key: notice.key, words, at: parts.clock.now() },
      ]);
      return true;
    },
  };
}
