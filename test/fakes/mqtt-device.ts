// A device that speaks over MQTT, as an entry of a site's devices.
import type { Device } from '../../gateway/domain/asset.ts';
import { minutes } from '../../gateway/domain/time.ts';

/** @param more what is other than usual: its source, a topic, a secret */
export const mqttDevice = (id: string, more: Partial<Device> = {}): [string, Device] => [
  id,
  {
    id,
    source: 'broker',
    decoder: 'courtyard-json',
    decoderOptions: {},
    assets: new Map(),
    every: minutes(1),
    ...more,
  },
];
