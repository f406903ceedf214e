// A command's hand on the secrets of devices. While a gateway runs it holds the store, so it is asked
// over its own API on this machine, and what is changed counts at once; otherwise the store is opened
// here, and what is changed counts when the gateway starts.
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Desk } from '../api/desk.ts';
import type { NewSecretView, SecretView } from '../api/schemas.ts';
import { followersOf } from '../assembly/followers.ts';
import { createSecretDesk } from '../assembly/secrets.ts';
import { Fault } from '../domain/fault.ts';
import { takeNote, type TakeNote } from '../flow/noting.ts';
import { systemClock } from '../ops/system-clock.ts';
import type { Site } from '../site/site.ts';
import { createDeviceTokens } from '../sources/device-tokens.ts';
import { DATABASE } from '../store/connection.ts';
import { openStore } from '../store/sqlite-store.ts';
import { gatewayDoor, type GatewayDoor } from './gateway-door.ts';

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
    return { keys: gatewayKeys(gatewayDoor(site)), by: 'gateway', close: async () => {} };
  }
}

/** Whether there is anything to look at: looking makes no store where none is. */
export const hasStore = (site: Site): boolean => existsSync(path.join(site.store.dir, DATABASE));

async function ownKeys(site: Site): Promise<OpenKeys> {
  const store = await openStore({ ...site.store, followers: followersOf(site) });
  const { devices } = site.compound;
  const tokens = createDeviceTokens(devices, await store.secrets.all());
  const parts = { log: store.log, clock: systemClock, settled: async () => {} };
  const note: TakeNote = (done) => takeNote(parts, done);
  const keys = createSecretDesk({
    devices,
    tokens,
    secrets: store.secrets,
    clock: systemClock,
    note,
  });
  return { keys, by: 'command', close: () => store.close() };
}

const DEVICES = '/api/v1/devices';

function gatewayKeys(gateway: GatewayDoor): Keys {
  const at = (device: string): string => `${DEVICES}/${encodeURIComponent(device)}/secret`;
  return {
    async secrets() {
      const answer = await gateway.ask<SecretView[]>(`${DEVICES}/secrets`, { method: 'GET' });
      if (answer.ok) return answer.value;
      throw new Fault('gateway-unreachable', `asking for the secrets of devices: ${answer.detail}`);
    },
    makeSecret: ({ device, replace }) =>
      gateway.ask<NewSecretView>(at(device), { method: 'POST', body: { replace } }),
    revokeSecret: ({ device }) => gateway.ask<SecretView>(at(device), { method: 'DELETE' }),
  };
}
