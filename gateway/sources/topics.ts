// Where on the broker who speaks of what (WIRE.md): the native topics of one site, and the foreign
// topics that the site file gives to single devices.
import type { Device, DeviceId, SourceId } from '../domain/asset.ts';

export type Spoken =
  /** `command`: said to the device, by the gateway. */
  | { readonly of: 'telemetry' | 'status' | 'command'; readonly device: DeviceId }
  /** Home Assistant says that it has started, or that it goes. */
  | { readonly of: 'greeting' }
  /** All else beneath the site's name: what the gateway says of its assets and itself. */
  | { readonly of: 'ours' }
  /** None of this site's. */
  | { readonly of: 'nothing' };

export interface Topics {
  read(topic: string): Spoken;
}

export interface TopicSite {
  readonly siteId: string;
  readonly devices: ReadonlyMap<DeviceId, Device>;
  /** The first level of Home Assistant's topics, where it is spoken to. */
  readonly homeAssistant?: string;
}

/** As in the serial frame. A device that the site does not have is the intake's to refuse. */
const DEVICE = /^[a-z0-9-]{1,32}$/;
const LAST_LEVELS = new Map<string, 'telemetry' | 'status' | 'command'>([
  ['telemetry', 'telemetry'],
  ['status', 'status'],
  ['set', 'command'],
]);
/** Where a device's name stands in a device's topic. */
const OUR_LEVELS = new Set(['assets', 'bridge', 'notices']);

export function createTopics(source: SourceId, site: TopicSite): Topics {
  const { siteId, devices, homeAssistant } = site;
  const prefix = `courtyard/${siteId}/`;
  const foreign = new Map<string, DeviceId>();
  for (const device of devices.values()) {
    if (device.topic !== undefined && device.source === source) {
      foreign.set(device.topic, device.id);
    }
  }

  /** Read before, of devices that the site has: there are no more of them than it has devices. */
  const known = new Map<string, Spoken>();

  function read(topic: string): Spoken {
    const before = known.get(topic);
    if (before !== undefined) return before;
    const spoken = readAnew(topic);
    if ('device' in spoken && devices.has(spoken.device)) known.set(topic, spoken);
    return spoken;
  }

  function readAnew(topic: string): Spoken {
    const owner = foreign.get(topic);
    if (owner !== undefined) return { of: 'telemetry', device: owner };
    if (homeAssistant !== undefined && topic === `${homeAssistant}/status`) {
      return { of: 'greeting' };
    }
    if (homeAssistant !== undefined && topic.startsWith(`${homeAssistant}/`)) return { of: 'ours' };
    return topic.startsWith(prefix) ? readOwn(topic.slice(prefix.length)) : { of: 'nothing' };
  }

  return { read };
}

function readOwn(rest: string): Spoken {
  const [device = '', last = '', ...more] = rest.split('/');
  const of = LAST_LEVELS.get(last);
  const isDevices = DEVICE.test(device) && !OUR_LEVELS.has(device);
  return of !== undefined && isDevices && more.length === 0 ? { of, device } : { of: 'ours' };
}
