// What becomes of an MQTT message before it is acknowledged, on our own broker and from one
// elsewhere: offered to the intake and awaited, or, on a status topic, said as a device's link. Bad input is offered too,
// with the damage named, so that it is counted, kept and acknowledged once: a sensor whose message
// is wrong must not send it for ever. Only a storage fault withholds the acknowledgement.
import type { Client, PublishPacket } from 'aedes';
import type { Device, DeviceId, SourceId } from '../domain/asset.ts';
import { Fault } from '../domain/fault.ts';
import type { Refusal } from '../domain/reading.ts';
import type { Access } from './broker-access.ts';
import type { SourceSurroundings } from './link.ts';
import type { Envelope, Intake } from './source.ts';
import type { Topics } from './topics.ts';

/** Whether subscribers may get it as well. */
export type Verdict = 'distribute' | 'discard';

export interface Reception {
  /** Rejects with a Fault where the message could not be made durable. */
  take(client: Client | null, packet: PublishPacket): Promise<Verdict>;
  /** Resolves when everything taken has been answered; from then on nothing is taken. */
  close(): Promise<void>;
  heard(): number;
}

export interface ReceptionRules {
  readonly source: SourceId;
  readonly devices: ReadonlyMap<DeviceId, Device>;
  readonly topics: Topics;
  readonly access: Pick<Access, 'maySpeakFor'>;
  /**
   * Whose broker it is; ours where absent. Elsewhere `retain` marks what the broker kept, for nobody
   * knows how long, and a last will looks like any other word.
   */
  readonly broker?: 'ours' | 'elsewhere';
}

export const LARGEST_PAYLOAD = 64 * 1024;
/** Of a payload that is too large, and of a topic that is none, this much is kept to be looked at. */
const BEGINNING = 256;

export function createReception(rules: ReceptionRules, around: SourceSurroundings): Reception {
  const { devices, topics, access, broker = 'ours' } = rules;
  const { intake } = around;
  const offers = createOffers(rules.source, around);
  const sayLink = createDeviceLinks(intake);
  const pending = createPending();
  let heard = 0;

  async function judge(client: Client | null, packet: PublishPacket): Promise<Verdict> {
    const spoken = topics.read(packet.topic);
    // A device's word about its own connection is no message that could be lost.
    if (spoken.of !== 'status') heard += 1;
    if (spoken.of === 'greeting') return 'distribute';
    if (spoken.of === 'nothing' || !access.maySpeakFor(client, spoken.device)) {
      return offers.refuse(packet, 'unknown-topic');
    }
    const { of, device } = spoken;
    if (payloadOf(packet).length > LARGEST_PAYLOAD) {
      return offers.refuse(packet, 'too-large', device);
    }
    if (of === 'telemetry') {
      const isKept = broker === 'elsewhere' && packet.retain;
      return isKept ? offers.refuse(packet, 'retained', device) : offers.take(packet, device);
    }
    if (!devices.has(device)) return offers.refuse(packet, 'unknown-device', device);
    return sayLink(packet, device) ? 'distribute' : offers.refuse(packet, 'malformed', device);
  }

  return {
    take(client, packet) {
      return pending.add(() => judge(client, packet));
    },
    close: () => pending.close(),
    heard: () => heard,
  };
}

function createOffers(source: SourceId, { intake, clock }: SourceSurroundings) {
  function envelopeOf(packet: PublishPacket, bytes: Uint8Array): Envelope {
    const { messageId: id, dup, topic } = packet;
    const envelope = { source, bytes, receivedAt: clock.now(), topic: topic.slice(0, BEGINNING) };
    return packet.qos === 0 || id === undefined ? envelope : { ...envelope, packet: { id, dup } };
  }
  return {
    async take(packet: PublishPacket, device: DeviceId): Promise<Verdict> {
      packet.retain = false; // handed out later, it would pass for a value that is fresh
      await intake.offer({ ...envelopeOf(packet, payloadOf(packet)), device });
      return 'distribute';
    },
    async refuse(packet: PublishPacket, damage: Refusal, device?: DeviceId): Promise<Verdict> {
      const envelope = envelopeOf(packet, payloadOf(packet).subarray(0, BEGINNING));
      await intake.offer({ ...envelope, damage, ...(device !== undefined && { device }) });
      return 'discard';
    },
  };
}

/** Says each change once, however often a device repeats its word; false where it is no word. */
function createDeviceLinks(intake: Intake): (packet: PublishPacket, device: DeviceId) => boolean {
  const states = new Map<DeviceId, 'up' | 'down'>();
  return (packet, device) => {
    const word = payloadOf(packet).toString('latin1');
    if (word !== 'online' && word !== 'offline') return false;
    const state = word === 'online' ? 'up' : 'down';
    if (states.get(device) === state) return true;
    states.set(device, state);
    const why = isWill(packet) ? 'its connection broke off' : 'it said that it goes offline';
    intake.link({ of: 'device', id: device, state, ...(state === 'down' && { why }) });
    return true;
  };
}

/** What has been taken and not yet answered. */
function createPending() {
  const pending = new Set<Promise<Verdict>>();
  let closed = false;
  return {
    add(judge: () => Promise<Verdict>): Promise<Verdict> {
      if (closed) return Promise.reject(new Fault('stopping', 'the gateway is stopping'));
      const verdict = judge().finally(() => pending.delete(verdict));
      pending.add(verdict);
      return verdict;
    },
    async close(): Promise<void> {
      closed = true;
      await Promise.allSettled(pending);
    },
  };
}

/** aedes writes the client's id into a will when it stores it, and into no packet before. */
export const isWill = (packet: PublishPacket): boolean => 'clientId' in packet;

const payloadOf = ({ payload }: PublishPacket): Buffer =>
  typeof payload === 'string' ? Buffer.from(payload) : payload;
