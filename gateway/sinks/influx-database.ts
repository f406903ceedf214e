// What the `influx` package does for us: makes the database and answers the engineer's ping.
// Its pool would rest and retry on its own, and waits for ever on an answer that stops halfway:
// both are the follower's to decide, so its retries are off and every call is timed here.
import { setTimeout as wait } from 'node:timers/promises';
import type { LookupFunction } from 'node:net';
import { InfluxDB } from 'influx';
import { formatDuration } from '../domain/time.ts';
import type { InfluxPlace } from './influx-write.ts';

export type InfluxPing =
  | { readonly kind: 'answered'; readonly version: string; readonly tookMs: number }
  | { readonly kind: 'silent' };

export interface InfluxDatabase {
  /** Undefined once it exists; else why it could not be made, as with servers that have no such call. */
  create(): Promise<string | undefined>;
  /** Asks without writing; for the engineer. */
  ping(): Promise<InfluxPing>;
}

export function createInfluxDatabase(place: InfluxPlace, lookup?: LookupFunction): InfluxDatabase {
  const client = clientOf(place, lookup);
  return {
    async create() {
      const hurry = new AbortController();
      const late = wait(place.timeout, `no answer within ${formatDuration(place.timeout)}`, {
        signal: hurry.signal,
      });
      const made = client.createDatabase(place.database).then(
        () => undefined,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      const outcome = await Promise.race([made, late]);
      hurry.abort();
      return outcome;
    },
    async ping() {
      const [answer] = await client.ping(place.timeout);
      return answer?.online === true
        ? { kind: 'answered', version: answer.version ?? '', tookMs: answer.rtt }
        : { kind: 'silent' };
    },
  };
}

function clientOf(place: InfluxPlace, lookup: LookupFunction | undefined): InfluxDB {
  const { url, username, password, database, timeout } = place;
  const { protocol, hostname, port, pathname } = new URL(url);
  const secure = protocol === 'https:';
  return new InfluxDB({
    protocol: secure ? 'https' : 'http',
    host: hostname,
    port: port === '' ? (secure ? 443 : 80) : Number(port),
    path: pathname.replace(/\/$/, ''),
    ...(lookup && { options: { lookup } }),
    database,
    ...(username === undefined ? {} : { username, password: password ?? '' }),
    pool: { maxRetries: 0, requestTimeout: timeout, backoff: NEVER_RESTING },
  });
}

const NEVER_RESTING = {
  getDelay: () => 0,
  next: () => NEVER_RESTING,
  reset: () => NEVER_RESTING,
};
