// The secrets of devices in memory; it keeps the store's contract.
import type { DeviceSecret } from '../../gateway/domain/device-secret.ts';
import type { Secrets } from '../../gateway/store/log.ts';

export function memorySecrets(): Secrets {
  const secrets = new Map<string, DeviceSecret>();
  return {
    all: async () => [...secrets.values()].toSorted((a, b) => (a.device < b.device ? -1 : 1)),
    put: async (secret) => void secrets.set(secret.device, secret),
  };
}
