// Which device a token belongs to: the secret of the site file, shown as `Authorization: Bearer`.
// Looked up by its digest, so that how long it takes says nothing about how near a guess was.
import { createHash } from 'node:crypto';
import type { Device, DeviceId } from '../domain/asset.ts';

export interface DeviceTokens {
  deviceOf(token: string): Device | undefined;
}

/** The checks of the site file keep two devices of one HTTP source from sharing a secret. */
export function createDeviceTokens(devices: ReadonlyMap<DeviceId, Device>): DeviceTokens {
  const known = new Map(
    [...devices.values()].flatMap((device) =>
      device.secret === undefined ? [] : [[digestOf(device.secret), device] as const],
    ),
  );
  return { deviceOf: (token) => known.get(digestOf(token)) };
}

const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('base64');
