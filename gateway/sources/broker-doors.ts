// The doors through which aedes asks: who comes in, what is taken, what is handed out.
// A message that is not to be handed out, or that nobody would hear, is still acknowledged. aedes does
// both in one go, so such a message is acknowledged here and sent nowhere.
import type { Socket } from 'node:net';
import type { AedesOptions, AuthenticateError, Client, ConnectPacket, PublishPacket } from 'aedes';
import type { SourceId } from '../domain/asset.ts';
import type { Acknowledging } from './acknowledging.ts';
import { sendNowhere, type Audience } from './audience.ts';
import type { Access, Refused } from './broker-access.ts';
import type { BrokerProfile, Right, Wish } from './broker-rights.ts';
import { LONGEST_KEEP_ALIVE } from './broker-limits.ts';
import type { SourceLog } from './link.ts';
import type { Reception, Verdict } from './reception.ts';
import type { TurnedAway } from './turned-away.ts';

export type Doors = Required<
  Pick<
    AedesOptions,
    'preConnect' | 'authenticate' | 'authorizePublish' | 'authorizeSubscribe' | 'authorizeForward'
  >
>;

export interface DoorKeepers {
  readonly source: SourceId;
  readonly profile: BrokerProfile;
  readonly reception: Reception;
  readonly access: Access;
  /** What may be done on this broker, by the rights of whoever wishes it. */
  readonly mayDo: (wish: Wish) => Right;
  readonly asked: Asked;
  readonly audience: Pick<Audience, 'wants'>;
  readonly acknowledging: Acknowledging;
  readonly turnedAway: TurnedAway;
  /** A client is in: its socket is one of those that wait no more. */
  readonly letIn: (socket: Socket) => void;
  readonly log: SourceLog;
}

/** The subscriptions that clients hold. */
export interface Asked {
  /** False where it is one too many. */
  grant(client: object, filter: string): boolean;
  isGranted(client: object, filter: string): boolean;
  giveBack(client: object, filters: readonly string[]): void;
}

export function createDoors(keepers: DoorKeepers): Doors {
  const { profile, reception, access, mayDo, asked, audience, acknowledging } = keepers;
  const knocking = new WeakMap<Client, ConnectPacket>();

  /** It may be acknowledged; what nobody is to hear, or would, is so at once. */
  function taken(client: Client | null, packet: PublishPacket, verdict: Verdict): void {
    const isForAll = verdict === 'distribute';
    if (isForAll && (packet.retain || audience.wants(packet.topic))) return;
    const { qos, messageId } = packet;
    const isAnswered =
      client && qos === 1 && messageId !== undefined && acknowledging.add(client, messageId);
    if (isAnswered) packet.qos = 0;
    sendNowhere(packet);
  }

  return {
    preConnect(client, packet, callback) {
      knocking.set(client, { ...packet });
      // Without leave sessions end with their connection: nothing is queued for who is away.
      packet.clean ||= profile !== 'open';
      // Foreign tools say 0 and mean that they will not be asked; they are here, and soon noticed.
      if (profile === 'open' && packet.keepalive === 0) packet.keepalive = LONGEST_KEEP_ALIVE;
      callback(null, true);
    },
    authenticate: createAuthentication(keepers, (client) => knocking.get(client)),
    authorizePublish(client, packet, answered) {
      // What the library throws when it is answered is not the reception's fault, so it leaves the
      // chain of promises first.
      void reception.take(client, packet).then(
        (verdict) => {
          taken(client, packet, verdict);
          queueMicrotask(() => answered(null));
          return undefined;
        },
        (fault: unknown) => queueMicrotask(() => answered(fault as Error)),
      );
    },
    authorizeSubscribe(client, subscription, callback) {
      const { topic } = subscription;
      const wish = { who: access.whoIs(client), topic, retain: false };
      const right = mayDo({ ...wish, action: 'subscribe' });
      callback(null, right === 'no' || !asked.grant(client, topic) ? null : subscription);
    },
    authorizeForward(client, packet) {
      const { topic, retain } = packet;
      const wish = { who: access.whoIs(client), topic, retain };
      return mayDo({ ...wish, action: 'forward' }) === 'no' ? null : packet;
    },
  };
}

/** Answers before it returns: the library must not have time to lose a client in between. */
function createAuthentication(
  { source, access, turnedAway, letIn, log }: DoorKeepers,
  packetOf: (client: Client) => ConnectPacket | undefined,
): Doors['authenticate'] {
  const warned = new Set<string>();

  // eslint-disable-next-line max-params -- aedes' own signature
  return (client, username, _password, done) => {
    const socket = client.conn as Socket;
    const packet = packetOf(client);
    // Whoever has hung up already is nobody's guest, and is not turned away either.
    if (!packet || socket.remoteAddress === undefined) return done(refused(UNAVAILABLE), null);
    const admission = access.admit(client, packet, socket.remoteAddress);
    if ('as' in admission) {
      letIn(socket);
      return done(null, true);
    }
    turnedAway.add(admission.refused);
    if (admission.refused === 'password' && warned.size < MOST_WARNINGS) {
      const device = (username ?? '').slice(0, 64); // from the wire; the log writes it as JSON
      if (!warned.has(device)) log.warn({ source, device }, 'a wrong password is turned away');
      warned.add(device);
    }
    done(refused(admission), null);
  };
}

const UNAVAILABLE = { refused: 'silent', code: 3 } as const;
/** Said once for each name; whoever tries them all fills no log. */
const MOST_WARNINGS = 100;

function refused({ refused, code }: Refused): AuthenticateError {
  const error = new Error(`turned away: ${refused}`);
  return Object.assign(error, { returnCode: code });
}

/** A device needs one, a screen a few. */
export const MOST_SUBSCRIPTIONS = 50;

export function createAsked(): Asked {
  const held = new WeakMap<object, Set<string>>();
  return {
    grant(client, filter) {
      const filters = held.get(client) ?? new Set();
      if (filters.size >= MOST_SUBSCRIPTIONS && !filters.has(filter)) return false;
      held.set(client, filters.add(filter));
      return true;
    },
    isGranted: (client, filter) => held.get(client)?.has(filter) === true,
    giveBack(client, filters) {
      for (const filter of filters) held.get(client)?.delete(filter);
    },
  };
}
