// Readings that devices post over HTTP. The API holds the door and knows the token; here a body is
// one message like any other: offered to the intake, and answered once it is on disk. Its sender can
// be told to come back later, and so is told where others would wait.
import type { DeviceId, SourceId } from '../domain/asset.ts';
import { Fault } from '../domain/fault.ts';
import type { SourceSurroundings } from './link.ts';
import { createLink } from './link.ts';
import type { Receipt, Source } from './source.ts';

export interface HttpSource extends Source {
  /** Resolves once it is on disk; rejects with a Fault where it could not be stored, or not now. */
  take(device: DeviceId, bytes: Uint8Array): Promise<Receipt>;
}

export function createHttpSource(
  { id }: { readonly id: SourceId },
  around: SourceSurroundings,
): HttpSource {
  const { intake, clock } = around;
  // There is no way that could be lost: the API's port is open before the first source is.
  const link = createLink(id, () => Promise.resolve(), around);
  const pending = new Set<Promise<Receipt>>();
  let stopped = false;
  let heard = 0;

  return {
    id,
    kind: 'http',
    start: () => link.start(),
    async take(device, bytes) {
      if (stopped) throw new Fault('stopping', 'the gateway is stopping');
      heard += 1;
      if (intake.isPressed()) throw new Fault('store-busy', 'taking readings: the disk is behind');
      const stored = intake.offer({ source: id, device, bytes, receivedAt: clock.now() });
      pending.add(stored);
      try {
        return await stored;
      } finally {
        pending.delete(stored);
      }
    },
    async stop() {
      stopped = true;
      await link.stop();
      await Promise.allSettled(pending);
    },
    health: () => ({ id, kind: 'http', ...link.health(), heard, skippedBytes: 0 }),
  };
}
