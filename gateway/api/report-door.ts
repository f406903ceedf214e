// The residents' door: who may hand in how much, and whether a form was asked for by a person. No
// puzzle and no account; a form carries a token that is good for one report at one spot, and whoever
// hands in faster than people can waits. Nothing but counts is kept, and of them a bounded number.
//
//   honeypot ─▶ token: ours, of this spot, not too old ─▶ too fast for a hand ─▶ limits ─▶ admitted
//
// Promise: a token admits one attempt. The same one again, in a double tap, is told the same key, so
// that the desk answers it with what it did the first time.
import { createHmac, timingSafeEqual } from 'node:crypto';
import {
  hours,
  milliseconds,
  minutes,
  seconds,
  type Clock,
  type Duration,
} from '../domain/time.ts';
import { paced, type Pace } from './report-pace.ts';

export interface ReportDoor {
  /** A token for a form that is shown now, for a report from this spot. */
  issue(spot: string): string;
  admit(attempt: FormAttempt): Admission;
  /** The limits alone, for what comes without a form: a program with a key, words added later. */
  pace(from: Pick<FormAttempt, 'spot' | 'address'>): Admission;
  /** For a list that costs the store some work, and that anybody may ask for. */
  look(address: string): Admission;
}

export interface FormAttempt {
  readonly token: string | undefined;
  readonly spot: string;
  readonly address: string;
  /** What was written into the field that people do not see. */
  readonly honeypot?: string | undefined;
}

export type Admission =
  /** `key` goes on to the desk as `NewReport.key`. */
  | { readonly ok: true; readonly key: string }
  | {
      readonly ok: false;
      readonly why: 'too-many' | 'stale-form' | 'robot';
      readonly retryAfterS?: number;
    };

export interface ReportDoorParts {
  readonly clock: Pick<Clock, 'now'>;
  /** So many bytes that nobody can guess. */
  readonly random: (bytes: number) => Uint8Array;
  /** Of the store, so that a form outlives a restart; one of this run where absent. */
  readonly key?: Uint8Array;
}

/** A family behind one address reports an evening's worth; then one in two minutes. */
export const BY_ADDRESS: Pace = { atOnce: 6, every: minutes(2) };
/** Where a whole building scans the code by its dark lamp; then one a minute. */
export const BY_SPOT: Pace = { atOnce: 12, every: minutes(1) };
/** What a property office can read; then six a minute. */
export const IN_ALL: Pace = { atOnce: 60, every: seconds(10) };

/** Lists: a page of a city's app reads some; then one in two seconds. */
export const LOOKS: Pace = { atOnce: 30, every: seconds(2) };

const GOOD_FOR = hours(2);
/** Nobody reads a form, picks a tile and writes in less. */
const FASTEST = seconds(3);
/** The second tap of a double one. */
const SAME_ATTEMPT = minutes(10);
/** Far more than `IN_ALL` lets through while a token is good. */
const MOST_USED = 4096;

export function createReportDoor({ clock, random, key = random(32) }: ReportDoorParts): ReportDoor {
  const newKey = (): string => Buffer.from(random(12)).toString('base64url');
  const tokens = formTokens(key, { clock, newKey });
  const limits = createLimits(clock);
  const looks = paced(LOOKS, clock);
  /** Nonces of tokens that were used, the oldest first: when, and from where. */
  const used = new Map<string, { readonly at: number; readonly address: string }>();

  const again = (nonce: string, address: string): Admission | undefined => {
    const before = used.get(nonce);
    if (!before) return undefined;
    const isSame = before.address === address && clock.now() - before.at < SAME_ATTEMPT;
    return isSame ? { ok: true, key: nonce } : { ok: false, why: 'stale-form' };
  };
  const use = (nonce: string, address: string): Admission => {
    used.set(nonce, { at: clock.now(), address });
    if (used.size > MOST_USED) used.delete(used.keys().next().value ?? '');
    return { ok: true, key: nonce };
  };
  return {
    issue: tokens.issue,
    admit({ token = '', spot, address, honeypot = '' }) {
      if (honeypot !== '') return { ok: false, why: 'robot' };
      const shown = tokens.read(token, spot);
      if (!shown) return { ok: false, why: 'stale-form' };
      const { age, nonce } = shown;
      const told = again(nonce, address);
      if (told) return told;
      if (age < FASTEST) return { ok: false, why: 'robot' };
      return limits({ spot, address }) ?? use(nonce, address);
    },
    pace: (from) => limits(from) ?? { ok: true, key: newKey() },
    look(address) {
      const wait = looks.ask(address);
      if (wait > 0) return tooMany(wait);
      looks.take(address);
      return { ok: true, key: newKey() };
    },
  };
}

/** Counted against all three limits, or against none of them. */
function createLimits(clock: ReportDoorParts['clock']) {
  const addresses = paced(BY_ADDRESS, clock);
  const spots = paced(BY_SPOT, clock);
  const all = paced(IN_ALL, clock);
  return ({ spot, address }: Pick<FormAttempt, 'spot' | 'address'>): Admission | undefined => {
    const wait = Math.max(addresses.ask(address), spots.ask(spot), all.ask(''));
    if (wait > 0) return tooMany(milliseconds(wait));
    addresses.take(address);
    spots.take(spot);
    all.take('');
    return undefined;
  };
}

interface TokenParts {
  readonly clock: ReportDoorParts['clock'];
  readonly newKey: () => string;
}

function formTokens(key: Uint8Array, { clock, newKey }: TokenParts) {
  const macOf = (spot: string, body: string): Buffer =>
    createHmac('sha256', key).update(`report-form\n${spot}\n${body}`).digest();
  return {
    issue(spot: string): string {
      const body = `${clock.now().toString(36)}.${newKey()}`;
      return `${body}.${macOf(spot, body).toString('base64url')}`;
    },
    /** Undefined for one that is not ours, not of this spot, or too old. */
    read(token: string, spot: string): { age: Duration; nonce: string } | undefined {
      const [, body, at = '', nonce = '', mac = ''] = TOKEN.exec(token) ?? [];
      if (body === undefined) return undefined;
      const sent = Buffer.from(mac, 'base64url');
      const right = macOf(spot, body);
      if (sent.length !== right.length || !timingSafeEqual(sent, right)) return undefined;
      const age = clock.now() - Number.parseInt(at, 36);
      return age < 0 || age > GOOD_FOR ? undefined : { age: milliseconds(age), nonce };
    },
  };
}

/** When, a nonce, and the MAC over both and the spot. */
const TOKEN = /^(([0-9a-z]{1,11})\.([\w-]{16}))\.([\w-]{43})$/;

const tooMany = (wait: Duration): Admission => ({
  ok: false,
  why: 'too-many',
  retryAfterS: Math.ceil(wait / seconds(1)),
});
