// `courtyard run`: the gateway, until someone asks it to stop.
import path from 'node:path';
import type { Logger } from 'pino';
import { openApp, type App } from '../app.ts';
import { systemClock } from '../ops/system-clock.ts';
import { createWatchdog } from '../ops/watchdog.ts';
import type { Site } from '../site/site.ts';
import type { StoreHealth } from '../store/log.ts';
import { openLogger } from './logger.ts';
import type { Shell } from './shell.ts';
import { loadOrComplain } from './site-file.ts';

export interface RunOptions {
  readonly config: string;
  readonly logLevel?: string;
}

export async function run(shell: Shell, options: RunOptions): Promise<void> {
  const site = loadOrComplain(shell, options.config);
  if (!site) return;
  const logger = openLogger(shell, options.logLevel);
  const app = await openGateway(shell, site, logger);
  const store = (): StoreHealth => app.store.health();
  const watchdog = createWatchdog({ env: shell.env, clock: systemClock, logger, store });
  try {
    const { url } = await app.start();
    logger.info({ url, site: site.compound.place.id }, 'ready');
    watchdog.ready(url);
    const why = await shell.stopped;
    watchdog.stopping();
    logger.info({ why }, 'stopping');
  } finally {
    await app.stop();
  }
  logger.info('stopped');
}

/** A gateway on this machine's clock, its store opened; whoever calls starts and stops it. */
export const openGateway = (shell: Shell, site: Site, logger: Logger): Promise<App> =>
  openApp({
    site,
    version: shell.version,
    clock: systemClock,
    logger,
    random: Math.random,
    screensDir: path.join(shell.home, 'dist/dashboards'),
  });
