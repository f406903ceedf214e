// What one client, and all of them together, may cost the broker.
import type { AedesOptions } from 'aedes';
import { MOST_LEVELS } from './mqtt-text.ts';
import type { Room } from './waiting-room.ts';

/** Seconds. A peer that is gone is noticed after one and a half times this. */
export const LONGEST_KEEP_ALIVE = 900;

export const LIBRARY_LIMITS = {
  connectTimeout: 5_000,
  // A subscriber that stops reading holds up everyone's messages for this long.
  drainTimeout: 3_000,
  keepaliveLimit: LONGEST_KEEP_ALIVE,
  maxTopicLevels: MOST_LEVELS,
  // Packets sent before the CONNACK; QoS 2 packets that wait for their PUBREL.
  queueLimit: 20,
  maxInflightInbound: 20,
  maxClientsIdLength: 64,
} as const satisfies AedesOptions;

/** Sockets whose client has not said who it is. */
export const AT_THE_DOOR: Room = { perAddress: 20, inAll: 500 };

/** Screens, tools and bridges beside the devices; each device that needs no secret may come too. */
export const OPEN_BESIDES_DEVICES = 100;
