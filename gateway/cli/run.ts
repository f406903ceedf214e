// `courtyard run`: the gateway, until someone asks it to stop.
import path from 'node:path';
import type { Logger } from 'pino';
import { openApp, type App } from '../app.ts';
import { systemClock } from '../ops/system-clock.ts';
import type { Site } from '../site/site.ts';
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
  const { app, url } = await startGateway(shell, site, logger);
  logger.info({ url, site: site.compound.place.id }, 'ready');
  const why = await shell.stopped;
  logger.info({ why }, 'stopping');
  await app.stop();
  logger.info('stopped');
}

/** Opens and starts a gateway on this machine's clock; whoever calls stops it. */
export async function startGateway(
  shell: Shell,
  site: Site,
  logger: Logger,
): Promise<{ readonly app: App; readonly url: string }> {
  const app = await openApp({
    site,
    version: shell.version,
    clock: systemClock,
    logger,
    random: Math.random,
    screensDir: path.join(shell.home, 'dist/dashboards'),
  });
  try {
    return { app, ...(await app.start()) };
  } catch (error) {
    await app.stop();
    throw error;
  }
}
