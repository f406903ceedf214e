// Who comes in, and as whom. A CONNECT is judged whole before anything is made of it: the name, the
// secret, how many are here already. A device with a secret shows it as its password and goes by its
// own name; whoever shows none is `open`, and comes in only where the broker listens to this machine
// alone. A name is held by one connection at a time, and a device's name by the device alone.
import type { Client, ConnectPacket } from 'aedes';
import type { DeviceId } from '../domain/asset.ts';
import type { Clock } from '../domain/time.ts';
import type { BrokerProfile, Who } from './broker-rights.ts';
import type { DeviceTokens } from './device-tokens.ts';
import { isClientId, isForeignId, isPlain } from './mqtt-text.ts';
import { createTakeovers } from './takeovers.ts';
import type { TurnedAwayReason } from './turned-away.ts';
import { neighbourhood } from './waiting-room.ts';

/** MQTT 3.1.1, 3.2.2.3. */
type ReturnCode = 2 | 3 | 4;

export interface Refused {
  readonly refused: TurnedAwayReason;
  readonly code: ReturnCode;
}
export type Admission = { readonly as: Who } | Refused;

export interface Access {
  /** Judges a CONNECT, and lets the client in where it is well; then it is here until it leaves. */
  admit(client: Client, packet: ConnectPacket, address: string): Admission;
  left(client: Client): void;
  whoIs(client: Client | null): Who | undefined;
  /** The one that is connected under a device's own name. */
  clientOf(device: DeviceId): Client | undefined;
  /** Names that two clients fight over. */
  contested(): string[];
}

export interface AccessRules {
  readonly profile: BrokerProfile;
  /** Who can reach the broker: programs on this machine, or the network. */
  readonly reach: 'loopback' | 'network';
  readonly tokens: DeviceTokens;
  readonly clock: Clock;
  /** Of those that prove nothing, how many may be here from one address. */
  readonly openPerAddress: number;
}

export function createAccess(rules: AccessRules): Access {
  const here = createPresence();
  const takeovers = createTakeovers(rules.clock);
  const known = new WeakMap<Client, Who>();

  /** What the packet alone, and the secrets, say. */
  function identify(packet: ConnectPacket): Admission {
    const { username, password } = packet;
    if (!isNameWell(packet, rules.profile)) return refusal('client-id');
    if (username !== undefined && !rules.tokens.isOpen(username)) {
      const shown = password === undefined ? new Uint8Array() : Buffer.from(password);
      if (!rules.tokens.fits(username, shown)) return refusal('password');
      if (packet.clientId !== username) return refusal('client-id');
      return { as: { kind: 'device', device: username } };
    }
    if (rules.reach === 'network') return refusal('password');
    // A device's name throws the device out; nobody but itself may use it so.
    return rules.tokens.isOpen(packet.clientId) ? { as: { kind: 'open' } } : refusal('client-id');
  }

  function findRoom(who: Who, name: string, address: string): Admission {
    const isBack = here.clientOf(name) !== undefined;
    if (isBack && !takeovers.mayTake(name)) return refusal('takeover');
    const isCrowded =
      !isBack && who.kind === 'open' && here.openFrom(address) >= rules.openPerAddress;
    return isCrowded ? refusal('crowded') : { as: who };
  }

  return {
    admit(client, packet, address) {
      const identity = identify(packet);
      if ('refused' in identity) return identity;
      const admission = findRoom(identity.as, packet.clientId, address);
      if ('refused' in admission) return admission;
      known.set(client, admission.as);
      here.add(client, { name: packet.clientId, address, isOpen: admission.as.kind === 'open' });
      takeovers.arrived(packet.clientId);
      return admission;
    },
    left(client) {
      const name = here.remove(client);
      if (name !== undefined) takeovers.left(name);
    },
    whoIs: (client) => (client === null ? undefined : known.get(client)),
    clientOf: (device) => here.clientOf(device),
    contested: () => takeovers.contested(),
  };
}

const CODES: Readonly<Partial<Record<TurnedAwayReason, ReturnCode>>> = {
  'client-id': 2,
  password: 4,
};

const refusal = (refused: TurnedAwayReason): Refused => ({
  refused,
  code: CODES[refused] ?? 3,
});

/** MQTT 3.1.1, 3.1.3.1: none is well where nothing is to be kept under it. */
function isNameWell({ clientId, clean, username }: ConnectPacket, profile: BrokerProfile): boolean {
  if (username !== undefined && !isPlain(username)) return false;
  if (clientId === '') return clean === true;
  return profile === 'open' ? isForeignId(clientId) : isClientId(clientId);
}

interface Visit {
  readonly name: string;
  readonly address: string;
  readonly isOpen: boolean;
}

/** Who is connected; of one name the latest. */
function createPresence() {
  const visits = new Map<Client, Visit>();
  const byName = new Map<string, Client>();
  const open = new Map<string, number>();

  function count({ address, isOpen }: Visit, change: 1 | -1): void {
    if (!isOpen) return;
    const place = neighbourhood(address);
    const left = (open.get(place) ?? 0) + change;
    if (left > 0) open.set(place, left);
    else open.delete(place);
  }

  return {
    add(client: Client, visit: Visit): void {
      visits.set(client, visit);
      if (visit.name !== '') byName.set(visit.name, client);
      count(visit, 1);
    },
    /** Its name, unless someone else goes by it now. */
    remove(client: Client): string | undefined {
      const visit = visits.get(client);
      if (visit === undefined) return undefined;
      visits.delete(client);
      count(visit, -1);
      if (byName.get(visit.name) !== client) return undefined;
      byName.delete(visit.name);
      return visit.name;
    },
    clientOf: (name: string) => byName.get(name),
    openFrom: (address: string) => open.get(neighbourhood(address)) ?? 0,
  };
}
