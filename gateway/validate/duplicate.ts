// Which frames were heard before. A sender that missed our acknowledgement sends again, and must
// not count twice. The same frame is the same device, seq and bytes within a minute; where no seq
// is sent, only what the sender itself marks as a resend of the same packet. A seq that falls is a
// reboot and says nothing by itself. Memory ends by time and by count, so nobody can fill it.
import type { DeviceId } from '../domain/asset.ts';
import { moved, seconds } from '../domain/time.ts';
import type { Instant } from '../domain/time.ts';

export const RESEND_WITHIN = seconds(60);

/** Frames remembered: of all devices together, and of one device at the least and the most. */
const IN_ALL = 200_000;
/** One backlog's elements, so that a message is always known again as a whole. */
const LEAST_EACH = 1024;
const MOST_EACH = 4096;

/** What makes a frame the same when it comes again. */
export interface Hallmark {
  readonly device: DeviceId;
  readonly seq?: number;
  readonly digest: number;
  /** MQTT's packet: its id, and whether its sender marks it as sent before. */
  readonly packet?: { readonly id: number; readonly dup: boolean };
}

export interface HeardBefore {
  isResend(mark: Hallmark, at: Instant): boolean;
  keep(mark: Hallmark, at: Instant): void;
  forget(mark: Hallmark): void;
  /** Our own clock was put right by so much. */
  move(byMs: number): void;
  /** Frames remembered of all devices, for those who watch memory. */
  size(): number;
}

export function createHeardBefore(devices: number): HeardBefore {
  const perDevice = Math.min(MOST_EACH, Math.max(LEAST_EACH, Math.floor(IN_ALL / devices)));
  const memory = new Map<DeviceId, Map<number, Instant>>();
  return {
    isResend(mark, at) {
      const key = keyOf(mark);
      if (key === undefined || (mark.seq === undefined && !mark.packet?.dup)) return false;
      const heardAt = memory.get(mark.device)?.get(key);
      return heardAt !== undefined && isRecent(heardAt, at);
    },
    keep(mark, at) {
      const key = keyOf(mark);
      if (key === undefined) return;
      const heard = memory.get(mark.device) ?? new Map<number, Instant>();
      memory.set(mark.device, heard);
      heard.delete(key);
      heard.set(key, at);
      trim(heard, at, perDevice);
    },
    forget(mark) {
      const key = keyOf(mark);
      if (key !== undefined) memory.get(mark.device)?.delete(key);
    },
    move(byMs) {
      for (const heard of memory.values())
        for (const [key, heardAt] of heard) heard.set(key, moved(heardAt, byMs));
    },
    size: () => [...memory.values()].reduce((sum, heard) => sum + heard.size, 0),
  };
}

/** Both ways, because our own clock may have been set back since. */
const isRecent = (heardAt: Instant, at: Instant): boolean =>
  Math.abs(at - heardAt) <= RESEND_WITHIN;

/** One number for 16 bits of seq or packet id, 1 bit of which it is, and 32 bits of digest. */
function keyOf({ seq, packet, digest }: Hallmark): number | undefined {
  const count = seq ?? (packet === undefined ? undefined : packet.id + 0x1_0000);
  return count === undefined ? undefined : count * 0x1_0000_0000 + digest;
}

/** Maps keep the order of insertion: the oldest stand in front. */
function trim(heard: Map<number, Instant>, at: Instant, most: number): void {
  for (const [key, heardAt] of heard) {
    if (heard.size <= most && isRecent(heardAt, at)) return;
    heard.delete(key);
  }
}
