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
  const memory = new Map<DeviceId, FrameRing>();
  return {
    isResend(mark, at) {
      const frame = frameOf(mark);
      if (!frame || (mark.seq === undefined && !mark.packet?.dup)) return false;
      const heardAt = memory.get(mark.device)?.heardAt(frame);
      return heardAt !== undefined && isRecent(heardAt, at);
    },
    keep(mark, at) {
      const frame = frameOf(mark);
      if (!frame) return;
      let heard = memory.get(mark.device);
      if (!heard) memory.set(mark.device, (heard = createFrameRing()));
      heard.keep(frame, at);
      trim(heard, at, perDevice);
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

/** Both ways, because our own clock may have been set back since. */
const isRecent = (heardAt: Instant, at: Instant): boolean =>
  Math.abs(at - heardAt) <= RESEND_WITHIN;

/** 16 bits of seq or packet id, and 1 bit of which it is. */
function frameOf({ seq, packet, digest }: Hallmark): FrameMark | undefined {
  if (seq !== undefined) return { count: seq, digest };
  return packet && { count: packet.id + 0x1_0000, digest };
}

function trim(heard: FrameRing, at: Instant, most: number): void {
  for (let oldest = heard.oldest(); oldest !== undefined; oldest = heard.oldest()) {
    if (heard.size() <= most && isRecent(oldest, at)) return;
    heard.dropOldest();
  }
}
