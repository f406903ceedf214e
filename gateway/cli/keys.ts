// A command's hand on the secrets of devices. While a gateway runs it holds the store, so it is asked
// over its own API on this machine, and what is changed counts at once; otherwise the store is opened
// here, and what is changed counts when the gateway starts.
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Answer, Desk } from '../api/desk.ts';
import type { NewSecretView, Problem, SecretView } from '../api/schemas.ts';
import { followersOf } from '../assembly/followers.ts';
import { createSecretDesk } from '../assembly/secrets.ts';
import { loopback } from '../assembly/sources.ts';
import { Fault } from '../domain/fault.ts';
import { systemClock } from '../ops/system-clock.ts';
import type { Site } from '../site/site.ts';
import { createDeviceTokens } from '../sources/device-tokens.ts';
import { DATABASE } from '../store/connection.ts';
import { openStore } from '../store/sqlite-store.ts';

type Keys = Pick<Desk, 'secrets' | 'makeSecret' | 'revokeSecret'>;

export interface OpenKeys {
  readonly keys: Keys;
  /** Who wrote it down: the gateway that runs, or we. */
  readonly by: 'gateway' | 'command';
  close(): Promise<void>;
}

/** Rejects with `gateway-unreachable` where a gateway holds the store and does not answer. */
export async function openKeys(site: Site): Promise<OpenKeys> {
  try {
    return await ownKeys(site);
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'store-in-use') throw error;
    const { host, port } = site.http;
    const name = loopback(host) === '::1' ? '[::1]' : loopback(host);
    return {
      keys: gatewayKeys(`http://${name}:${port}/api/v1/devices`),
      by: 'gateway',
      close: async () => {},
    };
  }
}

/** Whether there is anything to look at: looking makes no store where none is. */
export const hasStore = (site: Site): boolean => existsSync(path.join(site.store.dir, DATABASE));

async function ownKeys(site: Site): Promise<OpenKeys> {
  const store = await openStore({ ...site.store, followers: followersOf(site) });
  const { devices } = site.compound;
  const tokens = createDeviceTokens(devices, await store.secrets.all());
  const keys = createSecretDesk({ devices, tokens, secrets: store.secrets, clock: systemClock });
  return { keys, by: 'command', close: () => store.close() };
}

function gatewayKeys(devices: string): Keys {
  const at = (device: string): string => `${devices}/${encodeURIComponent(device)}/secret`;
  return {
    async secrets() {
      const answer = await ask<SecretView[]>(`${devices}/secrets`, { method: 'GET' });
      if (answer.ok) return answer.value;
      throw unreachable(devices, answer.detail);
    },
    makeSecret: ({ device, replace }) =>
      ask<NewSecretView>(at(device), { method: 'POST', body: JSON.stringify({ replace }) }),
    revokeSecret: ({ device }) => ask<SecretView>(at(device), { method: 'DELETE', body: '{}' }),
  };
}

const TIMEOUT_MS = 10_000;

async function ask<T>(url: string, how: RequestInit): Promise<Answer<T>> {
  const headers = { 'content-type': 'application/json' };
  const request = { ...how, headers, signal: AbortSignal.timeout(TIMEOUT_MS) };
  const response = await fetch(url, request).catch((error: unknown) => {
    throw unreachable(url, error instanceof Error ? error.message : String(error), error);
  });
  const told: unknown = await response.json().catch((error: unknown) => {
    throw unreachable(url, 'what answers there is no gateway', error);
  });
  if (response.ok) return { ok: true, value: told as T };
  const { status, title, detail = title } = told as Problem;
  if (status === 404 || status === 409) return { ok: false, status, title, detail };
  throw unreachable(url, detail);
}

const unreachable = (url: string, why: string, cause?: unknown): Fault =>
  new Fault(
    'gateway-unreachable',
    `asking the gateway that holds the store, at ${new URL(url).origin}: ${why}`,
    cause,
  );
