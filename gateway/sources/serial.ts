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
import type { LineForm, OpenPort, PortEvents } from './serial-port.ts';
import { openPort } from './serial-port.ts';
import { createSkippedTeller } from './skipped.ts';
import type { Source } from './source.ts';

export interface SerialSettings extends LineForm {
  readonly id: SourceId;
  /** As under /dev/serial/by-id, where the name stays with the device. */
  readonly path: string;
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
  const named = { source: id, ...(device !== undefined && { device }) };
  const framer = createFramer({ framing, maxLine }, (bytes, damage) => {
    heard += 1;
    const broken = damage !== undefined && { damage };
    queue.add({ ...named, bytes, receivedAt: clock.now(), ...broken });
  });
  const skipped = createSkippedTeller(id, framer.skippedBytes, around);

  function take(chunk: Buffer): void {
    framer.write(chunk);
    skipped.look();
  }

  async function open(): Promise<void> {
    await framer.renew();
    port = await openAsked(settings, { bytes: take, ended }, { poll, clock });
  }

  function ended(fault: Fault): void {
    port = undefined;
    link.lost(fault);
  }

  async function stop(): Promise<void> {
    await link.stop();
    await port?.close();
    await framer.renew();
    skipped.finish();
    await queue.finish();
  }

  const counts = () => ({
    heard,
    skippedBytes: framer.skippedBytes(),
    dropped: queue.dropped(),
    ...(poll && { asked: poll.asked() }),
  });
  const kind = 'serial';
  const health = () => ({ id, kind, ...link.health(), ...counts() });
  return { id, kind, start: () => link.start(), stop, health };
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
