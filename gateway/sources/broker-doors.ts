// The doors through which aedes asks: who comes in, what is taken, what is handed out.
// A message that is not to be handed out is still acknowledged. aedes does both in one go, so such
// a message is sent on to a topic that nobody can subscribe to.
import { callbackify } from 'node:util';
import type { AedesOptions, AuthenticateError, Client, PublishPacket } from 'aedes';
import type { SourceId } from '../domain/asset.ts';
import type { Access } from './broker-access.ts';
import type { SourceLog } from './link.ts';
import type { Reception } from './reception.ts';
import { isWill } from './reception.ts';
import type { Topics } from './topics.ts';

export type Doors = Required<
  Pick<
    AedesOptions,
    'preConnect' | 'authenticate' | 'authorizePublish' | 'authorizeSubscribe' | 'authorizeForward'
  >
>;

export interface DoorKeepers {
  readonly source: SourceId;
  readonly reception: Reception;
  readonly access: Access;
  readonly topics: Topics;
  readonly log: SourceLog;
}

const NOWHERE = '$SYS/refused';
const BAD_USERNAME_OR_PASSWORD = 4;

export function createDoors(keepers: DoorKeepers): { doors: Doors; dropped: () => number } {
  const { reception, topics } = keepers;
  let dropped = 0;

  async function publish(client: Client | null, packet: PublishPacket): Promise<void> {
    if (isWillOfTheLiving(client, packet)) throw new Error('its client is still connected');
    try {
      if ((await reception.take(client, packet)) === 'discard') sendNowhere(packet);
    } catch (fault) {
      if (packet.qos > 0) throw fault;
      dropped += 1; // its sender waits for no answer, and would not send it again
      sendNowhere(packet);
    }
  }

  const doors: Doors = {
    preConnect(_client, packet, callback) {
      // Sessions end with their connection: queues of absent clients would grow without bound.
      packet.clean = true;
      callback(null, true);
    },
    authenticate: createAuthentication(keepers),
    authorizePublish: callbackify(publish),
    authorizeSubscribe(_client, subscription, callback) {
      callback(null, subscription.topic.startsWith('$') ? null : subscription);
    },
    authorizeForward: (_client, packet) => (topics.areOurs(packet.topic) ? packet : null),
  };
  return { doors, dropped: () => dropped };
}

function createAuthentication({ source, access, log }: DoorKeepers): Doors['authenticate'] {
  const turnedAway = new Set<string>();
  // eslint-disable-next-line max-params -- aedes' own signature
  return (client, username, password, done) => {
    if (access.admit(client, { username, password })) return done(null, true);
    const device = username ?? ''; // only a device of the site can fail, so the set stays small
    if (!turnedAway.has(device)) log.warn({ source, device }, 'a wrong password is turned away');
    turnedAway.add(device);
    done(wrongPassword(), null);
  };
}

function wrongPassword(): AuthenticateError {
  const error = new Error('wrong user name or password');
  return Object.assign(error, { returnCode: BAD_USERNAME_OR_PASSWORD });
}

function sendNowhere(packet: PublishPacket): void {
  packet.topic = NOWHERE;
  packet.retain = false;
  packet.payload = Buffer.alloc(0);
}

/**
 * aedes sweeps up the wills of brokers whose heartbeat it has not seen, by the time of day: when
 * the clock jumps forward it takes its own clients for dead, who are still connected.
 */
const isWillOfTheLiving = (client: Client | null, packet: PublishPacket): boolean =>
  client !== null && isWill(packet) && !client.closed;
