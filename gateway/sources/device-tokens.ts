// The secrets of devices: over MQTT a device's password, over HTTP its bearer token. Each device has
// one at most: from the file that the site file names, or else from the store, where `courtyard token`
// puts it. What is kept is SHA-256 of it. A slow hash guards what people think up and what can be
// guessed offline; 128 random bits cannot be, so it would only make each login dear, and a flood of
// wrong ones dearer.
// Promise: a device that was ever given a secret is not spoken for without it, also after it was
// revoked: then none fits until a new one is made.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Device, DeviceId } from '../domain/asset.ts';
import type { Cancel } from '../domain/time.ts';

/** As the store has it. */
export interface StoredSecret {
  readonly device: DeviceId;
  /** SHA-256; absent where it was revoked. */
  readonly digest?: Uint8Array;
}

export type SecretState = 'none' | 'file' | 'stored' | 'revoked';

export interface DeviceTokens {
  /** Whose token it is. */
  deviceOf(token: string): Device | undefined;
  /** Whether it needs none; so it is with devices that nobody knows. */
  isOpen(device: DeviceId): boolean;
  /** Takes the same time wherever the two differ. */
  fits(device: DeviceId, secret: Uint8Array): boolean;
  stateOf(device: DeviceId): SecretState;
  /** Counts from now on; whoever listens hears of the device. A file's secret goes before it. */
  change(secret: StoredSecret): void;
  onChange(listener: (device: DeviceId) => void): Cancel;
}

const BITS = 128;

export const newSecret = (): string => randomBytes(BITS / 8).toString('base64url');

export const digestOf = (secret: string | Uint8Array): Buffer =>
  createHash('sha256').update(secret).digest();

/** The checks of the site file keep two devices of one HTTP source from sharing a secret. */
export function createDeviceTokens(
  devices: ReadonlyMap<DeviceId, Device>,
  stored: readonly StoredSecret[] = [],
): DeviceTokens {
  const fromFiles = new Map<DeviceId, Buffer>();
  for (const { id, secret } of devices.values()) {
    if (secret !== undefined) fromFiles.set(id, digestOf(secret));
  }
  const fromStore = new Map(stored.map(({ device, digest }) => [device, digest]));
  const listeners = new Set<(device: DeviceId) => void>();

  const digestFor = (device: DeviceId): Uint8Array | undefined =>
    fromFiles.get(device) ?? fromStore.get(device);

  /** Looked up by digest: how long that takes says nothing about how near a guess was. */
  function ownersOf(): ReadonlyMap<string, Device> {
    const known = [...devices.values()].map((device) => [digestFor(device.id), device] as const);
    return new Map(
      known.flatMap(([digest, device]) => (digest ? [[keyOf(digest), device] as const] : [])),
    );
  }

  let owners = ownersOf();
  return {
    deviceOf: (token) => owners.get(keyOf(digestOf(token))),
    isOpen: (device) => !fromFiles.has(device) && !fromStore.has(device),
    fits(device, secret) {
      const digest = digestFor(device);
      return digest !== undefined && timingSafeEqual(digest, digestOf(secret));
    },
    stateOf(device) {
      if (fromFiles.has(device)) return 'file';
      if (!fromStore.has(device)) return 'none';
      return fromStore.get(device) ? 'stored' : 'revoked';
    },
    change({ device, digest }) {
      fromStore.set(device, digest);
      owners = ownersOf();
      for (const listener of listeners) listener(device);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

const keyOf = (digest: Uint8Array): string => Buffer.from(digest).toString('base64');
