// The contract of a broker as a place to speak: the gateway's own, or somebody else's.
// Whoever speaks here keeps in mind himself what he wants to be known; nothing is queued behind this.
import type { Cancel } from '../domain/time.ts';

export interface PublishHow {
  readonly retain?: boolean;
  readonly qos?: 0 | 1;
}

export interface Publisher {
  /** The source that the broker is, for messages. */
  readonly id: string;
  /**
   * Resolves once the broker has it. Rejects, within a bounded time, where the broker cannot be
   * reached now: the word is then lost, and must be neither queued nor sent later.
   */
  publish(topic: string, payload: string, how?: PublishHow): Promise<void>;
  /**
   * Hears what is said on topics that fit `filter` (`+` and `#` as in MQTT), what the broker had
   * retained included where it retains, across every reconnection. Our own words may be among it.
   */
  hear(filter: string, listener: (topic: string, payload: string) => void): Cancel;
  /** Calls each time the broker has been reached anew: what it had retained may be gone. */
  onReached(listener: () => void): Cancel;
}
