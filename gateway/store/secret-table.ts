// The secrets of devices: the writer's hand on them, and the reader's look.
import type { DatabaseSync } from 'node:sqlite';
import type { DeviceSecret } from '../domain/device-secret.ts';
import { instant } from '../domain/time.ts';

export interface SecretTable {
  put(secret: DeviceSecret): void;
}

export function secretTable(db: DatabaseSync): SecretTable {
  const replace = db.prepare('INSERT OR REPLACE INTO device_secrets VALUES (?, ?, ?)');
  return {
    put({ device, digest, at }) {
      replace.run(device, digest ?? null, Math.round(at));
    },
  };
}

export function secretQueries(db: DatabaseSync) {
  const all = db.prepare('SELECT device, digest, at FROM device_secrets ORDER BY device');
  return {
    secrets: (): DeviceSecret[] =>
      all.all().map(({ device, digest, at }) => ({
        device: String(device),
        ...(digest instanceof Uint8Array && { digest: new Uint8Array(digest) }),
        at: instant(Number(at)),
      })),
  };
}
