// The way of the devices that speak MQTT. Each has a connection of its own, because each has a
// last will of its own: the broker says `offline` for the one that vanished, and for no other.
// A device's memory is small: past `MEMORY` unacknowledged reports it forgets new ones.
import type { MqttClient } from 'mqtt';
import { connect } from 'mqtt';
import { untilAcknowledged } from './letter.ts';

const MEMORY = 200;
const RECONNECT_MS = 1000;

export interface MqttLinkOptions {
  /** Such as `mqtt://127.0.0.1:1883`. */
  readonly url: string;
  readonly site: string;
  readonly devices: readonly string[];
  /** Told when all devices are connected, and again when the first of them is not. */
  readonly onChange: (state: 'all-connected' | 'lost') => void;
}

export interface MqttLink {
  /** QoS 1: what the broker did not acknowledge is sent again after the next connection. */
  publish(device: string, payload: string): void;
  counts(): MqttCounts;
  /** All devices lose their power; the broker tells their last wills. */
  close(): Promise<void>;
}

export interface MqttCounts {
  readonly connected: number;
  readonly published: number;
  readonly acknowledged: number;
  readonly forgotten: number;
}

export function mqttLink({ url, site, devices, onChange }: MqttLinkOptions): MqttLink {
  const radios = new Map(
    devices.map((id) => [id, radio(url, { id, base: `courtyard/${site}/${id}` })]),
  );
  const total = (what: (radio: Radio) => number) =>
    [...radios.values()].reduce((sum, radio) => sum + what(radio), 0);

  let state: 'all-connected' | 'lost' = 'lost';
  const connected = () => total(({ client }) => (client.connected ? 1 : 0));
  const watch = () => {
    const now = connected() === radios.size ? 'all-connected' : 'lost';
    if (now === state) return;
    state = now;
    onChange(now);
  };
  for (const { client } of radios.values()) client.on('connect', watch).on('close', watch);

  return {
    publish(device, payload) {
      const radio = radios.get(device);
      if (!radio) throw new RangeError(`there is no MQTT device ${device}`);
      radio.publish(payload);
    },
    counts: () => ({
      connected: connected(),
      published: total(({ counts }) => counts.published),
      acknowledged: total(({ counts }) => counts.acknowledged),
      forgotten: total(({ counts }) => counts.forgotten),
    }),
    async close() {
      await Promise.all([...radios.values()].map((radio) => radio.switchOff()));
    },
  };
}

/** One device's connection. */
interface Radio {
  readonly client: MqttClient;
  readonly counts: { published: number; acknowledged: number; forgotten: number };
  publish(payload: string): void;
  switchOff(): Promise<void>;
}

interface Identity {
  readonly id: string;
  /** The device's own topic, under which it speaks. */
  readonly base: string;
}

function radio(url: string, { id, base }: Identity): Radio {
  const client = connect(url, {
    clientId: id,
    reconnectPeriod: RECONNECT_MS,
    connectTimeout: 5000,
    will: { topic: `${base}/status`, payload: Buffer.from('offline'), qos: 1, retain: true },
  });
  const counts = { published: 0, acknowledged: 0, forgotten: 0 };
  // A connection's errors are always followed by its close, which is where they are answered.
  client.on('error', () => undefined);
  client.on('connect', () => {
    client.publish(`${base}/status`, 'online', { qos: 1, retain: true });
  });
  return {
    client,
    counts,
    publish(payload) {
      if (counts.published - counts.acknowledged >= MEMORY) {
        counts.forgotten += 1;
        return;
      }
      counts.published += 1;
      untilAcknowledged({ client, topic: `${base}/telemetry`, payload }, () => {
        counts.acknowledged += 1;
      });
    },
    // A device that loses its power says nothing; its will does.
    switchOff: () => client.endAsync(true),
  };
}
