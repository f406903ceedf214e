// Where on the broker who speaks of what (WIRE.md): the native topics of one site, and the foreign
// topics that the site file gives to single devices.
import type { Device, DeviceId, SourceId } from '../domain/asset.ts';

export type Spoken =
  | { readonly of: 'telemetry' | 'status'; readonly device: DeviceId }
  /** Home Assistant says that it has started, or that it goes. */
  | { readonly of: 'greeting' }
  /** Nothing that a client may say: the gateway's own topics, a command, or none of ours. */
  | { readonly of: 'nothing' };

export interface Topics {
  read(topic: string): Spoken;
  /** Whether the topic belongs to this site at all, and so may be handed to subscribers. */
  areOurs(topic: string): boolean;
}

export interface TopicSite {
  readonly siteId: string;
  readonly devices: ReadonlyMap<DeviceId, Device>;
  /** The first level of Home Assistant's topics, where it is spoken to. */
  readonly homeAssistant?: string;
}

/** As in the serial frame. A device that the site does not have is the intake's to refuse. */
const DEVICE = /^[a-z0-9-]{1,32}$/;

export function createTopics(source: SourceId, site: TopicSite): Topics {
  const { siteId, devices, homeAssistant } = site;
  const prefix = `courtyard/${siteId}/`;
  const foreign = new Map<string, DeviceId>();
  for (const device of devices.values()) {
    if (device.topic !== undefined && device.source === source) {
      foreign.set(device.topic, device.id);
    }
  }

  function read(topic: string): Spoken {
    const owner = foreign.get(topic);
    if (owner !== undefined) return { of: 'telemetry', device: owner };
    if (homeAssistant !== undefined && topic === `${homeAssistant}/status`) {
      return { of: 'greeting' };
    }
    if (!topic.startsWith(prefix)) return { of: 'nothing' };
    const [device = '', of = '', ...more] = topic.slice(prefix.length).split('/');
    if (!DEVICE.test(device) || more.length > 0) return { of: 'nothing' };
    return of === 'telemetry' || of === 'status' ? { of, device } : { of: 'nothing' };
  }

  const areOurs = (topic: string): boolean =>
    topic.startsWith(prefix) ||
    foreign.has(topic) ||
    (homeAssistant !== undefined && topic.startsWith(`${homeAssistant}/`));
  return { read, areOurs };
}
