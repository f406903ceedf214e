// How a station's screen comes in without anybody typing on it:
//
//   screen asks ──▶ shows six digits ──▶ an admin enters them with the station ──▶ screen is let in
//                    (ten minutes)                                          (it has asked all along)
//
// The digits only point at a screen; what the screen proves itself with is a long ticket that nobody
// sees. Held in memory: after a restart the screen asks again.
import { randomBytes, randomInt } from 'node:crypto';
import { later, minutes, type Clock, type Instant } from '../domain/time.ts';

export interface Pairing {
  /** Undefined where one address has asked too often. */
  ask(address: string): { code: string; ticket: string; endsAt: Instant } | undefined;
  /** Whether a screen waits with this code. */
  isWaiting(code: string): boolean;
  /** Gives the waiting screen its token; false where none waits. */
  letIn(code: string, token: string): boolean;
  /** `unknown`: never asked, too late, or fetched already. */
  fetch(ticket: string): { token: string } | 'waiting' | 'unknown';
}

interface Waiting {
  readonly ticket: string;
  readonly address: string;
  readonly endsAt: Instant;
  readonly token?: string;
}

const GOOD_FOR = minutes(10);
const MOST_PER_ADDRESS = 5;
const MOST = 100;

export function createPairing(clock: Clock): Pairing {
  const waiting = new Map<string, Waiting>();
  const sweep = (): void => {
    for (const [code, { endsAt }] of waiting) if (clock.now() >= endsAt) waiting.delete(code);
  };
  const freshCode = (): string => {
    for (;;) {
      const code = String(randomInt(1_000_000)).padStart(6, '0');
      if (!waiting.has(code)) return code;
    }
  };
  return {
    ask(address) {
      sweep();
      const mine = [...waiting].filter(([, one]) => one.address === address);
      if (mine.length >= MOST_PER_ADDRESS) waiting.delete(mine[0]?.[0] ?? '');
      if (waiting.size >= MOST) return undefined;
      const code = freshCode();
      const ticket = randomBytes(32).toString('base64url');
      const endsAt = later(clock.now(), GOOD_FOR);
      waiting.set(code, { ticket, address, endsAt });
      return { code, ticket, endsAt };
    },
    isWaiting(code) {
      sweep();
      return waiting.get(code)?.token === undefined && waiting.has(code);
    },
    letIn(code, token) {
      const one = waiting.get(code);
      if (!one || one.token !== undefined) return false;
      waiting.set(code, { ...one, token });
      return true;
    },
    fetch(ticket) {
      sweep();
      const found = [...waiting].find(([, one]) => one.ticket === ticket);
      if (!found) return 'unknown';
      const [code, { token }] = found;
      if (token === undefined) return 'waiting';
      waiting.delete(code);
      return { token };
    },
  };
}
