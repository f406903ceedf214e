import type { Logger } from 'pino';
import type { Clock } from '../domain/time.ts';
import type { Timekeeping } from '../flow/clock/clock-keeping.ts';
import type { Site } from '../site/site.ts';
import type { Store, StoreSettings } from '../store/log.ts';

/** All that a gateway is made of and cannot make itself. */
export interface AppOptions {
  readonly site: Site;
  readonly version: string;
  readonly clock: Clock;
  /** What keeps `clock`, which is its own; where absent nobody does, and it is believed. */
  readonly timekeeping?: Timekeeping;
  readonly logger: Logger;
  /**
   * Who asks without an account where there are accounts: nobody, unless this is a demo, which nobody
   * reaches but this machine and where its visitor is the engineer.
   */
  readonly visitors?: 'nobody' | 'engineer';
  /** 0 ≤ n < 1; spreads attempts to reconnect. */
  readonly random: () => number;
  readonly screensDir?: string;
  /** Another store than SQLite's, for stories told in memory. */
  readonly openStore?: (settings: StoreSettings) => Promise<Store>;
}
