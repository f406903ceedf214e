import type { DeviceId } from './asset.ts';
import type { Instant } from './time.ts';

/** What is kept of the one secret of a device: never the secret itself. */
export interface DeviceSecret {
  readonly device: DeviceId;
  /** SHA-256 of it; absent where it was revoked: then none fits until another is made. */
  readonly digest?: Uint8Array;
  /** When it was made, or revoked. */
  readonly at: Instant;
}
