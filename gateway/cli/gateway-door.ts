// How a command asks the gateway that runs. It shows the key of the note that the gateway left in the
// store's folder: whoever may read that folder is the admin of this machine.
import { existsSync, readFileSync } from 'node:fs';
import type { Answer } from '../api/desk.ts';
import type { Problem } from '../api/schemas.ts';
import { commandNoteIn, type CommandNote } from '../assembly/accounts.ts';
import { loopback } from '../assembly/sources.ts';
import { Fault } from '../domain/fault.ts';
import type { Site } from '../site/site.ts';

export interface GatewayDoor {
  /** @param where the path, as `/api/v1/people`; rejects with `gateway-unreachable` */
  ask<T>(where: string, how: { method: string; body?: unknown }): Promise<Answer<T>>;
}

const TIMEOUT_MS = 10_000;
/** What is answered with one of these is the caller's own matter; all else is no gateway to talk to. */
const REFUSALS = [403, 404, 409, 422, 429] as const;

export function gatewayDoor(site: Site): GatewayDoor {
  const { url, key } = noteOf(site);
  const headers = {
    'content-type': 'application/json',
    ...(key !== '' && { authorization: `Bearer ${key}` }),
  };
  return {
    async ask<T>(
      where: string,
      { method, body }: { method: string; body?: unknown },
    ): Promise<Answer<T>> {
      const request = {
        method,
        headers,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...(method !== 'GET' && { body: JSON.stringify(body ?? {}) }),
      };
      const response = await fetch(url + where, request).catch((error: unknown) => {
        throw unreachable(url, error instanceof Error ? error.message : String(error), error);
      });
      const told: unknown = await response.json().catch((error: unknown) => {
        throw unreachable(url, 'what answers there is no gateway', error);
      });
      if (response.ok) return { ok: true, value: told as T };
      return refusalOf(url, told as Problem);
    },
  };
}

function refusalOf(url: string, { status, title, detail = title }: Problem): Answer<never> {
  const known = REFUSALS.find((one) => one === status);
  if (known === undefined) throw unreachable(url, detail);
  return { ok: false, status: known, title, detail };
}

/** Without a note it is a gateway of before there were accounts, or one that could not leave any. */
function noteOf({ http, store }: Site): CommandNote {
  const file = commandNoteIn(store.dir);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as CommandNote;
  const host = loopback(http.host) === '::1' ? '[::1]' : loopback(http.host);
  return { url: `http://${host}:${http.port}`, key: '' };
}

const unreachable = (url: string, why: string, cause?: unknown): Fault =>
  new Fault(
    'gateway-unreachable',
    `asking the gateway that holds the store, at ${new URL(url).origin}: ${why}`,
    cause,
  );
