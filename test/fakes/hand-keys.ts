// The secrets of devices as the house keeps them, over memory.
import type { Desk } from '../../gateway/api/desk.ts';
import { createSecretDesk } from '../../gateway/assembly/secrets.ts';
import { createDeviceTokens } from '../../gateway/sources/device-tokens.ts';
import { handClock } from './hand-clock.ts';
import { memorySecrets } from './memory-secrets.ts';
import { mqttDevice } from './mqtt-device.ts';

/** Of one device without a secret and one whose secret is in a file: the house's own hand on them. */
export function handKeys(): Pick<Desk, 'secrets' | 'makeSecret' | 'revokeSecret'> {
  const devices = new Map([mqttDevice('k1'), mqttDevice('lamp-07', { secret: 'opensesame' })]);
  return createSecretDesk({
    devices,
    tokens: createDeviceTokens(devices),
    secrets: memorySecrets(),
    clock: handClock('2026-11-20T08:00:00Z'),
    note: async () => {},
  });
}
