// How long whoever guessed wrong must wait before the next guess counts: by name and by address, each
// failure doubling it, up to a quarter of an hour, never for ever.
//
//   asked ──▶ must wait? ──yes──▶ so many seconds, and nothing is counted
//                │no
//                ▼ counts as wrong until told right: a hundred at once get one guess
//
// A name has one count for this machine and one for the network: nobody out there can lock out the
// administrator who stands before it. Time is monotonic: setting the clock shortens nothing.
import type { Duration } from '../domain/time.ts';

export interface LockOut {
  /** Undefined: go on, and say what came of it. Otherwise the seconds to wait. */
  tryAgainAfterS(name: string, address: string): number | undefined;
  /** The password was right: the name's count begins anew, the address's takes its guess back. */
  wasRight(name: string, address: string): void;
  /** Guesses of this name from here that count as wrong by now. */
  failures(name: string, address: string): number;
  /** What was turned away unheard, since the start. */
  turnedAway(): number;
}

interface Count {
  readonly failures: number;
  readonly lastMs: number;
  readonly untilMs: number;
}

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15 * 60_000;
/** With so many a name waits for as long as anybody ever waits: it is locked out. */
export const LOCKS_OUT_AT = 1 + Math.ceil(Math.log2(LONGEST_WAIT_MS / FIRST_WAIT_MS));
/** After so long in peace it is forgotten. */
const FORGOTTEN_AFTER_MS = 24 * 3_600_000;
/** A whole office may come from one address, and mistype. */
const FREE_PER_ADDRESS = 10;
const MOST_COUNTS = 10_000;

/** @param steady a clock that is never set, in milliseconds */
export function createLockOut(steady: () => Duration): LockOut {
  const names = counts({ free: 0, steady });
  const addresses = counts({ free: FREE_PER_ADDRESS, steady });
  let turnedAway = 0;
  return {
    tryAgainAfterS(name, address) {
      const [asked, from] = [nameKey(name, address), placeOf(address)];
      const waitMs = Math.max(names.waitMs(asked), addresses.waitMs(from));
      if (waitMs > 0) {
        turnedAway += 1;
        return Math.ceil(waitMs / 1000);
      }
      names.add(asked);
      addresses.add(from);
      return undefined;
    },
    wasRight(name, address) {
      names.clear(nameKey(name, address));
      addresses.takeBack(placeOf(address));
    },
    failures: (name, address) => names.failures(nameKey(name, address)),
    turnedAway: () => turnedAway,
  };
}

function counts({ free, steady }: { readonly free: number; readonly steady: () => Duration }) {
  const known = new Map<string, Count>();
  const countOf = (key: string): Count | undefined => {
    const count = known.get(key);
    return count && steady() - count.lastMs < FORGOTTEN_AFTER_MS ? count : undefined;
  };
  const put = (key: string, failures: number): void => {
    const beyond = failures - free;
    const waitMs = beyond > 0 ? Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (beyond - 1)) : 0;
    known.delete(key); // so that the map is in the order of the last failure
    known.set(key, { failures, lastMs: steady(), untilMs: steady() + waitMs });
    if (known.size > MOST_COUNTS) known.delete(oldestOf(known));
  };
  return {
    waitMs: (key: string) => Math.max(0, (countOf(key)?.untilMs ?? 0) - steady()),
    add: (key: string) => put(key, (countOf(key)?.failures ?? 0) + 1),
    failures: (key: string) => countOf(key)?.failures ?? 0,
    clear: (key: string) => void known.delete(key),
    takeBack(key: string) {
      const { failures = 1 } = countOf(key) ?? {};
      if (failures <= 1) known.delete(key);
      else put(key, failures - 1);
    },
  };
}

/** The longest in peace; a flood of made-up names drives out its own first. */
const oldestOf = (known: ReadonlyMap<string, Count>): string => known.keys().next().value ?? '';

export const isLoopback = (address: string): boolean =>
  address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');

const nameKey = (name: string, address: string): string =>
  `${isLoopback(address) ? 'here' : 'net'} ${name.toLowerCase().slice(0, 64)}`;

/** A machine has a whole /64 of IPv6 to itself. */
const placeOf = (address: string): string =>
  address.includes(':') && !address.includes('.')
    ? address.split(':').slice(0, 4).join(':')
    : address;
