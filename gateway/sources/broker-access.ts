// Who may say and hear what on the broker. A device with a secret is the only one that may speak
// on its topics, after showing the secret as its password; the others are open because the broker
// listens on loopback only. Nobody but the gateway speaks for the gateway.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Client } from 'aedes';
import type { Device, DeviceId } from '../domain/asset.ts';

export interface Login {
  readonly username: string | undefined;
  readonly password: Uint8Array | undefined;
}

export interface Access {
  /** Whether the client may come in; remembers as which device it did. */
  admit(client: Client, login: Login): boolean;
  maySpeakFor(client: Client | null, device: DeviceId): boolean;
}

export function createAccess(devices: ReadonlyMap<DeviceId, Device>): Access {
  const provenAs = new WeakMap<Client, DeviceId>();
  const secretOf = (device: DeviceId | undefined): string | undefined =>
    device === undefined ? undefined : devices.get(device)?.secret;
  return {
    admit(client, { username, password }) {
      const secret = secretOf(username);
      if (username === undefined || secret === undefined) return true;
      if (!isSame(Buffer.from(secret), password ?? new Uint8Array())) return false;
      provenAs.set(client, username);
      return true;
    },
    maySpeakFor(client, device) {
      if (secretOf(device) === undefined) return true;
      return client !== null && provenAs.get(client) === device;
    },
  };
}

/** Takes the same time wherever they differ, and however long they are. */
function isSame(a: Uint8Array, b: Uint8Array): boolean {
  const digest = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
  return timingSafeEqual(digest(a), digest(b));
}
