// Two connections under one name. MQTT lets the newer take the place of the older, which is right
// after a sensor's reboot and ruinous where two really go by one name: each throws the other out, as
// fast as they can connect. So the newer waits its second, and whoever quarrels is named.
import type { Clock, Instant } from '../domain/time.ts';
import { minutes, seconds } from '../domain/time.ts';

export interface Takeovers {
  /** Whether a second one may take the place of the one that is here. */
  mayTake(name: string): boolean;
  /** It is here now. */
  arrived(name: string): void;
  left(name: string): void;
  /** Names that two clients fight over at present. */
  contested(): string[];
}

/** Of a sensor that was cut off and is back: it waits no longer than any library does. */
const AT_MOST_EVERY = seconds(1);
/** Quarrels are remembered for this long, and count as one from so many on. */
const REMEMBERED = minutes(1);
const QUARREL = 3;
/** Names come from the wire. */
const MOST_NAMES = 200;

export function createTakeovers(clock: Clock): Takeovers {
  const arrivals = new Map<string, Instant>();
  const contests = new Map<string, Instant[]>();

  function note(name: string): void {
    const recent = recentOf(name);
    contests.delete(name); // so that the oldest quarrel stands first
    contests.set(name, [...recent, clock.now()].slice(-QUARREL));
    const [oldest] = contests.keys();
    if (contests.size > MOST_NAMES && oldest !== undefined) contests.delete(oldest);
  }

  const recentOf = (name: string): Instant[] =>
    (contests.get(name) ?? []).filter((at) => isWithin(REMEMBERED, at, clock));

  return {
    mayTake(name) {
      note(name);
      const since = arrivals.get(name);
      return since === undefined || !isWithin(AT_MOST_EVERY, since, clock);
    },
    arrived: (name) => void arrivals.set(name, clock.now()),
    left: (name) => void arrivals.delete(name),
    contested: () => [...contests.keys()].filter((name) => recentOf(name).length >= QUARREL),
  };
}

/** A clock that went back has forgotten when it was: that is no reason to keep anyone waiting. */
const isWithin = (span: number, since: Instant, clock: Clock): boolean =>
  clock.now() >= since && clock.now() - since < span;
