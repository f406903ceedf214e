// What becomes of an MQTT message before it is acknowledged, on our own broker and from one
// elsewhere: offered to the intake and awaited, or, on a status topic, said as a device's link. Bad input is offered too,
// with the damage named, so that it is counted, kept and acknowledged once: a sensor whose message
// is wrong must not send it for ever. Only a storage fault withholds the acknowledgement. What is
// sent at QoS 0 is sent once and waits for no answer: where it cannot be stored now it is given up,
// and said to be lost.
import type { Client, PublishPacket } from 'aedes';
import type { Device, DeviceId, SourceId } from '../domain/asset.ts';
import { Fault } from '../domain/fault.ts';
import type { LossReason } from '../domain/loss.ts';
import type { Refusal } from '../domain/reading.ts';
import type { Right } from './broker-rights.ts';
import type { SourceSurroundings } from './link.ts';
import type { Envelope, Intake } from './source.ts';
import type { Topics } from './topics.ts';

/** Whether subscribers may get it as well. */
export type Verdict = 'distribute' | 'discard';

export interface Reception {
  /** Rejects with a Fault where a message of QoS 1 or 2 could not be made durable. */
  take(client: Client | null, packet: PublishPacket): Promise<Verdict>;
  /** Resolves when everything taken has been answered; from then on nothing is taken. */
  close(): Promise<void>;
  heard(): number;
  /** Messages of QoS 0 that were given up; the intake was told of each. */
  dropped(): number;
}

export interface ReceptionRules {
  readonly source: SourceId;
  readonly devices: ReadonlyMap<DeviceId, Device>;
  readonly topics: Topics;
  /** What the client may do with this message, by its topic. */
  readonly mayPublish: (client: Client | null, packet: PublishPacket) => Right;
  /**
   * Whose broker it is; ours where absent. Elsewhere `retain` marks what the broker kept, for nobody
   * knows how long, and a last will looks like any other word.
   */
  readonly broker?: 'ours' | 'elsewhere';
}

const DISTRIBUTED: Promise<Verdict> = Promise.resolve('distribute');
const toDistribute = (): Verdict => 'distribute';
const toDiscard = (): Verdict => 'discard';

export const LARGEST_PAYLOAD = 64 * 1024;
/** Of a payload that is too large, and of a topic that is none, this much is kept to be looked at. */
const BEGINNING = 256;

export function createReception(rules: ReceptionRules, around: SourceSurroundings): Reception {
  const { devices, topics, broker = 'ours' } = rules;
  const { intake } = around;
  const offers = createOffers(rules, around);
  const sayLink = createDeviceLinks(intake);
  const pending = createPending();
  let heard = 0;

  function judge(client: Client | null, packet: PublishPacket): Promise<Verdict> {
    const spoken = topics.read(packet.topic);
    const right = rules.mayPublish(client, packet);
    const isForeign = spoken.of === 'nothing' && right !== 'no';
    // A device's word about its own connection is no message that could be lost; nor is what the
    // broker only passes on, between others.
    if (spoken.of !== 'status' && !isForeign) heard += 1;
    if (right === 'no') return offers.refuse(packet, 'unknown-topic');
    if (right === 'unretained') packet.retain = false;
    if (!('device' in spoken)) return DISTRIBUTED;
    const { of, device } = spoken;
    if (payloadOf(packet).length > LARGEST_PAYLOAD) {
      return offers.refuse(packet, 'too-large', device);
    }
    if (of === 'telemetry') {
      const isKept = broker === 'elsewhere' && packet.retain;
      return isKept ? offers.refuse(packet, 'retained', device) : offers.take(packet, device);
    }
    if (!devices.has(device)) return offers.refuse(packet, 'unknown-device', device);
    return sayLink(packet, device) ? DISTRIBUTED : offers.refuse(packet, 'malformed', device);
  }

  return {
    take(client, packet) {
      if (!pending.begin()) return Promise.reject(stopping());
      return judge(client, packet).then(pending.end, pending.break);
    },
    close: () => pending.close(),
    heard: () => heard,
    dropped: () => offers.dropped(),
  };
}

function createOffers({ source, devices }: ReceptionRules, { intake, clock }: SourceSurroundings) {
  let dropped = 0;

  function giveUp(reason: LossReason, { device }: Envelope): Verdict {
    dropped += 1;
    const known = device !== undefined && devices.has(device) && { device };
    intake.lost({ source, reason, count: 1, ...known });
    return 'discard';
  }

  function offer(qos: number, envelope: Envelope, verdict: () => Verdict): Promise<Verdict> {
    if (qos > 0) return intake.offer(envelope).then(verdict);
    if (intake.isPressed()) return Promise.resolve(giveUp('shed', envelope));
    return intake.offer(envelope).then(verdict, (fault: unknown) => {
      if (fault instanceof Fault) return giveUp('storage', envelope);
      throw fault;
    });
  }

  function envelopeOf(packet: PublishPacket, bytes: Uint8Array): Envelope {
    const { messageId: id, dup, topic } = packet;
    const envelope = { source, bytes, receivedAt: clock.now(), topic: topic.slice(0, BEGINNING) };
    return packet.qos === 0 || id === undefined ? envelope : { ...envelope, packet: { id, dup } };
  }
  return {
    take(packet: PublishPacket, device: DeviceId): Promise<Verdict> {
      const envelope = { ...envelopeOf(packet, payloadOf(packet)), device };
      return offer(packet.qos, envelope, toDistribute);
    },
    refuse(packet: PublishPacket, damage: Refusal, device?: DeviceId): Promise<Verdict> {
      const envelope = envelopeOf(packet, payloadOf(packet).subarray(0, BEGINNING));
      const named = { ...envelope, damage, ...(device !== undefined && { device }) };
      return offer(packet.qos, named, toDiscard);
    },
    dropped: () => dropped,
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

const stopping = (): Fault => new Fault('stopping', 'the gateway is stopping');

/** How much has been taken and not yet answered. Plain functions: every message goes through them. */
function createPending() {
  let open = 0;
  let isClosed = false;
  let allAnswered = (): void => undefined;
  const answered = (): void => {
    open -= 1;
    if (open === 0) allAnswered();
  };
  return {
    /** False where nothing is taken any more. */
    begin(): boolean {
      if (isClosed) return false;
      open += 1;
      return true;
    },
    end(verdict: Verdict): Verdict {
      answered();
      return verdict;
    },
    break(fault: unknown): never {
      answered();
      throw fault;
    },
    close(): Promise<void> {
      isClosed = true;
      return open === 0 ? Promise.resolve() : new Promise((resolve) => (allAnswered = resolve));
    },
  };
}

/** aedes writes the client's id into a will when it stores it, and into no packet before. */
export const isWill = (packet: PublishPacket): boolean => 'clientId' in packet;

const payloadOf = ({ payload }: PublishPacket): Buffer =>
  typeof payload === 'string' ? Buffer.from(payload) : payload;
