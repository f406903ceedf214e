// A serial line: port ──▶ framer, as its decoder's card has it ──▶ queue ──▶ intake.
// Always opened by the path as configured, so that a sensor is never taken for its neighbour, and
// with fresh framing each time: a half line from before a loss is never glued to what comes after.
// Bytes stay bytes (as latin-1) up to the decoder, which can so refuse and show what is no text.
import type { Framing } from '../decode/decoder.ts';
import type { DeviceId, SourceId } from '../domain/asset.ts';
import type { Fault } from '../domain/fault.ts';
import type { Clock } from '../domain/time.ts';
import { createFramer } from './framer.ts';
import type { SourceSurroundings } from './link.ts';
import { createLink } from './link.ts';
import { createOfferQueue } from './offer-queue.ts';
import type { Poll, PollSettings } from './poll.ts';
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
    await framer.renew();
    port = await openAsked(settings, { bytes: framer.write, ended }, { poll, clock });
  }

  function ended(fault: Fault): void {
    port = undefined;
    link.lost(fault);
  }

  return {
    id,
    kind: 'serial',
    start: () => link.start(),
    async stop() {
      await link.stop();
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

/** A port whose device is asked as long as it is open. */
async function openAsked(
  settings: SerialSettings,
  events: PortEvents,
  { poll, clock }: { readonly poll: Poll | undefined; readonly clock: Clock },
): Promise<OpenPort> {
  const ended = (fault: Fault): void => {
    poll?.stop();
    events.ended(fault);
  };
  const port = await openPort(settings, { ...events, ended }, clock);
  poll?.start((bytes) => port.write(bytes));
  return {
    ...port,
    close() {
      poll?.stop();
      return port.close();
    },
  };
}
