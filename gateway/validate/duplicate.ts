// Which frames were heard before. A sender that missed our acknowledgement sends again, and must
// not count twice. The same frame is the same device, seq and bytes within a minute; where no seq
// is sent, only what the sender itself marks as a resend of the same packet. A seq that falls is a
// reboot and says nothing by itself. Memory ends by time and by count, so nobody can fill it.
import type { DeviceId } from '../domain/asset.ts';
import { seconds } from '../domain/time.ts';
import type { Instant } from '../domain/time.ts';
import { createFrameRing, type FrameMark, type FrameRing } from './frame-ring.ts';

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
  /** Tells a resend, and keeps what is none: both at once, for every frame is met. */
  meet(mark: Hallmark, at: Instant): 'resend' | 'news';
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
  const limits = { most: perDevice, within: RESEND_WITHIN };
  const memory = new Map<DeviceId, FrameRing>();
  const ringOf = (device: DeviceId): FrameRing => {
    const known = memory.get(device);
    if (known) return known;
    const fresh = createFrameRing();
    memory.set(device, fresh);
    return fresh;
  };
  return {
    meet(mark, at) {
      const frame = frameOf(mark);
      if (!frame) return 'news';
      const heard = ringOf(mark.device);
      if (isResend(heard, mark, { frame, at })) return 'resend';
      heard.keep(frame, at);
      heard.trim(at, limits);
      return 'news';
    },
    isResend(mark, at) {
      const frame = frameOf(mark);
      const heard = memory.get(mark.device);
      return frame !== undefined && heard !== undefined && isResend(heard, mark, { frame, at });
    },
    keep(mark, at) {
      const frame = frameOf(mark);
      if (!frame) return;
      const heard = ringOf(mark.device);
      heard.keep(frame, at);
      heard.trim(at, limits);
    },
    forget(mark) {
      const frame = frameOf(mark);
      if (frame) memory.get(mark.device)?.forget(frame);
    },
    move(byMs) {
      for (const heard of memory.values()) heard.move(byMs);
    },
    size: () => [...memory.values()].reduce((sum, heard) => sum + heard.size(), 0),
  };
}

/** Without a seq, only what its sender marks can be one. */
function isResend(
  heard: FrameRing,
  { seq, packet }: Hallmark,
  { frame, at }: { readonly frame: FrameMark; readonly at: Instant },
): boolean {
  if (seq === undefined && !packet?.dup) return false;
  const heardAt = heard.heardAt(frame);
  return heardAt !== undefined && isRecent(heardAt, at);
}

/** Both ways, because our own clock may have been set back since. */
const isRecent = (heardAt: Instant, at: Instant): boolean =>
  Math.abs(at - heardAt) <= RESEND_WITHIN;

/** 16 bits of seq or packet id, and 1 bit of which it is. */
function frameOf({ seq, packet, digest }: Hallmark): FrameMark | undefined {
  if (seq !== undefined) return { count: seq, digest };
  return packet && { count: packet.id + 0x1_0000, digest };
}
