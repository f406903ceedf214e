// `courtyard run`: the gateway, until someone asks it to stop.
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { openApp, type App } from '../app.ts';
import type { AppOptions } from '../assembly/options.ts';
import { loopback } from '../assembly/sources.ts';
import { openWhenPossible } from '../assembly/waiting.ts';
import { Fault } from '../domain/fault.ts';
import { clockEvidence } from '../ops/clock-evidence.ts';
import { keptClock, systemClock } from '../ops/system-clock.ts';
import { createEndurance } from '../ops/endurance.ts';
import { createFaultLog } from '../ops/fault-log.ts';
import { createWatchdog } from '../ops/watchdog.ts';
import type { Site } from '../site/site.ts';
import type { StoreHealth } from '../store/log.ts';
import { openLogger } from './logger.ts';
import { complainOf, type Shell } from './shell.ts';
import { loadOrComplain } from './site-file.ts';

export interface RunOptions {
  readonly config: string;
  readonly logLevel?: string;
}

export async function run(shell: Shell, options: RunOptions): Promise<void> {
  const site = loadOrComplain(shell, options.config);
  if (!site) return;
  const logger = openLogger(shell, options.logLevel);
  const app = await openWhenPossible({
    open: () => openGateway(shell, site, { logger }),
    http: { ...site.http, host: loopback(site.http.host) },
    clock: systemClock,
    stopped: shell.stopped,
    onWait: createFaultLog(logger, systemClock),
  });
  if (!app) return;
  const store = (): StoreHealth => app.store.health();
  const watchdog = createWatchdog({ env: shell.env, clock: systemClock, logger, store });
  const { giveUpAfter } = site.store;
  const endurance = createEndurance({ clock: systemClock, store, giveUpAfter });
  try {
    const { url } = await app.start();
    logger.info({ url, site: site.compound.place.id }, 'ready');
    const { recovered, notes = [] } = store();
    if (recovered) logger.error({ code: 'store-damaged', ...recovered }, 'the store was salvaged');
    else if (notes.length > 0) logger.warn({ notes }, 'the store has something to say');
    watchdog.ready(url);
    const why = await Promise.race([shell.stopped, endurance.over]);
    watchdog.stopping();
    if (typeof why !== 'string') {
      logger.error({ code: why.code, hint: why.hint }, why.message);
      throw why;
    }
    logger.info({ why }, 'stopping');
  } finally {
    endurance.stop();
    await stopInTime(shell, app);
  }
  logger.info('stopped');
}

/** A disk that does not answer must not keep us: nothing that was acknowledged is on its way to it. */
const STOPS_WITHIN_MS = 5000;

async function stopInTime(shell: Shell, app: App): Promise<void> {
  const timer = setTimeout(() => {
    const words = `stopping: not all was written within ${STOPS_WITHIN_MS / 1000} s`;
    complainOf(shell, new Fault('store-write-failed', words));
    shell.abandon();
  }, STOPS_WITHIN_MS);
  try {
    await app.stop();
  } finally {
    clearTimeout(timer);
  }
}

/** A gateway on this machine's clock, its store opened; whoever calls starts and stops it. */
export function openGateway(
  shell: Shell,
  site: Site,
  more: Pick<AppOptions, 'logger' | 'visitors'>,
): Promise<App> {
  const clock = keptClock();
  return openApp({
    site,
    version: shell.version,
    clock,
    ...more,
    timekeeping: { clock, evidence: clockEvidence(), boot: randomUUID() },
    random: Math.random,
    screensDir: path.join(shell.home, 'dist/dashboards'),
  });
}
