// A serial line: port ──▶ framer, as its decoder's card has it ──▶ queue ──▶ intake.
// Always opened by the path as configured, so that a sensor is never taken for its neighbour, and
// with fresh framing each time: a half line from before a loss is never glued to what comes after.
// Bytes stay bytes (as latin-1) up to the decoder, which can so refuse and show what is no text.
import type { Framing } from '../decode/decoder.ts';
import type { DeviceId, SourceId } from '../domain/asset.ts';
import { createFramer } from './framer.ts';
import type { SourceSurroundings } from './link.ts';
import { createLink } from './link.ts';
import { createOfferQueue } from './offer-queue.ts';
import type { PollSettings } from './poll.ts';
import { createPoll } from './poll.ts';
import type { OpenPort, PortEvents } from './serial-port.ts';
import { openPort } from './serial-port.ts';
import type { Source } from './source.ts';

export interface SerialSettings {
  readonly id: SourceId;
  /** As under /dev/serial/by-id, where the name stays with the device. */
  readonly path: string;
  readonly baudRate: number;
  /** As the card of the line's decoder has it; native lines where absent. */
  readonly framing?: Framing;
  /** The one device on the line, where its bytes name none (the card's `speaker`). */
  readonly device?: DeviceId;
  /** Bytes of the longest line that is passed on, without its line end; 1024 where absent. */
  readonly maxLine?: number;
  /** For a device that speaks only when asked. */
  readonly poll?: PollSettings;
}

/** Four native lines (WIRE.md): the decoder takes frames apart that a lost line end has glued. */
const LONGEST_LINE = 4 * 256;

export function createSerialSource(settings: SerialSettings, around: SourceSurroundings): Source {
  const { id, device, framing = 'line', maxLine = LONGEST_LINE } = settings;
  const { clock } = around;
  const queue = createOfferQueue(id, around);
  const link = createLink(id, open, around);
  const poll = settings.poll && createPoll(settings.poll, clock);
  let heard = 0;
  let port: OpenPort | undefined;
  const framer = createFramer({ framing, maxLine }, (bytes, damage) => {
    heard += 1;
    queue.add({
      source: id,
      bytes,
      receivedAt: clock.now(),
      ...(device !== undefined && { device }),
      ...(damage !== undefined && { damage }),
    });
  });

  async function open(): Promise<void> {
    const events: PortEvents = {
      bytes: (chunk) => framer.write(chunk),
      ended(fault) {
        port = undefined;
        poll?.stop();
        link.lost(fault);
      },
    };
    await framer.renew();
    const opened = await openPort(settings, events, clock);
    port = opened;
    poll?.start((bytes) => opened.write(bytes));
  }

  return {
    id,
    kind: 'serial',
    start: () => link.start(),
    async stop() {
      await link.stop();
      poll?.stop();
      await port?.close();
      await framer.renew();
      await queue.finish();
    },
    health: () => ({
      id,
      kind: 'serial',
      ...link.health(),
      heard,
      skippedBytes: framer.skippedBytes(),
      dropped: queue.dropped(),
      ...(poll && { asked: poll.asked() }),
    }),
  };
}
