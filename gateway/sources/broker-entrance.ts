// The way into the broker, put together: from the socket to the doors that the library asks at.
//
//   socket ──▶ waiting room ──▶ packet limit ──▶ library ──▶ access: who? ──▶ rights: may he?
//                  │                 │              │             │               │
//                  └─────────────────┴──── turned away, counted ──┘               └▶ reception
//
// Promise: nothing that one client does, known or not, keeps another from being heard.
import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import type { Aedes, AedesOptions, Client, PublishPacket } from 'aedes';
import { createAcknowledging } from './acknowledging.ts';
import { createAudience } from './audience.ts';
import { createAccess } from './broker-access.ts';
import { createAsked, createDoors } from './broker-doors.ts';
import { AT_THE_DOOR, OPEN_BESIDES_DEVICES } from './broker-limits.ts';
import { createBrokerMemory } from './broker-memory.ts';
import { mayDo, type Right, type Rules, type Wish } from './broker-rights.ts';
import type { BrokerSettings, BrokerSurroundings } from './broker.ts';
import { createDeviceTokens, type DeviceTokens } from './device-tokens.ts';
import { createPacketLimit, limitReads, type PacketLimit } from './packet-limit.ts';
import { createReception, type Reception } from './reception.ts';
import type { SourceHealth } from './source.ts';
import { createTopics } from './topics.ts';
import { createTurnedAway, type TurnedAwayReason } from './turned-away.ts';
import { createWaitingRoom } from './waiting-room.ts';

export interface BrokerEntrance {
  readonly reception: Reception;
  /** What the library is made with. */
  readonly options: AedesOptions;
  /** Hears what the library says of its clients. */
  watch(broker: Aedes): void;
  receive(socket: Socket, broker: Aedes): void;
  health(): Pick<SourceHealth, 'turnedAway' | 'notes'>;
  close(): void;
}

export function createBrokerEntrance(
  settings: BrokerSettings,
  around: BrokerSurroundings,
): BrokerEntrance {
  const { id, profile = 'site' } = settings;
  const { log, tokens = createDeviceTokens(around.site.devices) } = around;
  const turnedAway = createTurnedAway(id, around);
  const { enterHall, letIn } = createHall(turnedAway.add);
  const staff = createStaff(settings, { ...around, tokens });
  const { access, asked, audience, memory, reception } = staff;
  const doors = createDoors({ ...staff, source: id, profile, turnedAway, letIn, log });
  const unwatch = tokens.onChange((device) => {
    memory.sessions.forget(device);
    if (sendOut(access.clientOf(device))) turnedAway.add('revoked');
  });
  const failed = (error: Error): void =>
    log.warn({ source: id, err: error }, 'the broker failed at a task of its own');

  return {
    reception,
    options: { ...doors, persistence: memory.persistence },
    watch(broker) {
      audience.watch(broker);
      watchErrors(broker, { turnAway: turnedAway.add, failed });
      broker.on('unsubscribe', (filters, client) => asked.giveBack(client, filters));
    },
    receive(socket, broker) {
      enterHall(socket);
      const client = broker.handle(socket);
      socket.once('close', () => access.left(client));
    },
    health: () => ({
      turnedAway: turnedAway.counts(),
      notes: access.contested().map((name) => `two clients say they are ${name}`),
    }),
    close() {
      unwatch();
      turnedAway.finish();
    },
  };
}

/** A secret was made or taken away: who is here under that name shows the new one, or stays out. */
function sendOut(client: Client | undefined): boolean {
  if (client === undefined) return false;
  (client.conn as Socket).destroy();
  return true;
}

/** Who knows the guests, what they may do, and what is kept for them. */
function createStaff(
  { id, host, profile = 'site' }: BrokerSettings,
  around: BrokerSurroundings & { readonly tokens: DeviceTokens },
) {
  const { site, clock, tokens } = around;
  const topics = createTopics(id, site);
  const rules: Rules = { topics, profile, isOpen: (device) => tokens.isOpen(device) };
  const may = (wish: Wish): Right => mayDo(wish, rules);
  const reach = isLoopback(host) ? 'loopback' : 'network';
  const openPerAddress = site.devices.size + OPEN_BESIDES_DEVICES;
  const access = createAccess({ profile, reach, tokens, clock, openPerAddress });
  const asked = createAsked();
  const memory = createBrokerMemory({
    isForeign: (topic) => topics.read(topic).of === 'nothing',
    isGranted: (client, topic) => asked.isGranted(client, topic),
  });
  const audience = createAudience((topic) => memory.sessions.interestedIn(topic).length > 0);
  const acknowledging = createAcknowledging();

  function mayPublish(client: Client | null, packet: PublishPacket): Right {
    const { topic, retain } = packet;
    return may({ who: access.whoIs(client), action: 'publish', topic, retain });
  }

  const { devices } = site;
  const reception = createReception({ source: id, devices, topics, mayPublish }, around);
  return { access, asked, audience, acknowledging, memory, reception, mayDo: may };
}

/** Sockets and their limits, from the first byte on. */
function createHall(turnAway: (reason: TurnedAwayReason) => void) {
  const limits = new WeakMap<Socket, PacketLimit>();
  const room = createWaitingRoom<Socket>(AT_THE_DOOR, (socket) => {
    turnAway('crowded');
    socket.destroy();
  });
  return {
    enterHall(socket: Socket): void {
      const limit = createPacketLimit((offence) => {
        turnAway(offence);
        socket.destroy();
      });
      limits.set(socket, limit);
      limitReads(socket, limit);
      room.enter(socket, socket.remoteAddress ?? '');
      socket.once('close', () => room.leave(socket));
    },
    letIn(socket: Socket): void {
      limits.get(socket)?.letIn();
      room.leave(socket);
    },
  };
}

interface ErrorListeners {
  readonly turnAway: (reason: TurnedAwayReason) => void;
  readonly failed: (error: Error) => void;
}

type LibraryError = Error & { readonly code?: string; readonly errorCode?: number };

function watchErrors(broker: Aedes, { turnAway, failed }: ErrorListeners): void {
  const told = new WeakSet<Client>(); // it says one error again for all that was under way
  const tell = (client: Client, error: LibraryError): void => {
    const reason = told.has(client) ? undefined : reasonOf(error);
    told.add(client);
    if (reason !== undefined) turnAway(reason);
  };
  broker.on('connectionError', tell);
  broker.on('clientError', tell);
  // aedes emits `error` and its types leave it out; unheard, it would end the process.
  const emitter: EventEmitter = broker;
  emitter.on('error', failed);
}

/** The library's own words for what ends a connection; nothing for what is nobody's offence. */
const LIBRARY_WORDS: Readonly<Record<string, TurnedAwayReason>> = {
  'connect did not arrive in time': 'silent',
  'unacceptable protocol version': 'not-mqtt',
  'keep alive limit exceeded': 'keep-alive',
  'drain timeout': 'slow',
};
const NO_OFFENCE = new Set(['keep alive timeout', 'connection closed']);

function reasonOf(error: LibraryError): TurnedAwayReason | undefined {
  const known = LIBRARY_WORDS[error.message];
  if (known !== undefined) return known;
  // What access refused is counted there; what the disk refused is no client's fault.
  const isOurs = error.errorCode !== undefined || error.name === 'Fault';
  return isOurs || error.code !== undefined || NO_OFFENCE.has(error.message)
    ? undefined
    : 'malformed';
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host.startsWith('127.');
