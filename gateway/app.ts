// The wiring diagram: builds every part once, joins them in the order of the flow, and closes them
// in the opposite order. Read top to bottom it is the picture in the README.
//
//   sources ─▶ intake (decode, validate) ─▶ log ─┬─▶ fold (project, rules, tickets) ─▶ screens
//                                                └─▶ influx
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { buildServer } from './api/server.ts';
import type { Desk } from './api/desk.ts';
import { decoderNamed } from './decode/index.ts';
import type { Clock } from './domain/time.ts';
import { Fault } from './domain/fault.ts';
import { createStanding, type Standing } from './domain/standing.ts';
import { createCommands } from './flow/commands.ts';
import { createDesk } from './flow/desk.ts';
import { createFold, type Fold } from './flow/fold.ts';
import { follow, type Follower } from './flow/follow.ts';
import { createIntake } from './flow/intake.ts';
import { createLive, type Live } from './flow/live.ts';
import { createReport, type Report } from './flow/report.ts';
import { createStep } from './flow/step.ts';
import { createTally, type Tally } from './flow/tally.ts';
import { createCloseStack, type CloseStack } from './ops/close-stack.ts';
import { createFaultLog } from './ops/fault-log.ts';
import type { Site, SourceSettings } from './site/site.ts';
import { createBrokerSource, type BrokerSource } from './sources/broker.ts';
import { createSerialSource } from './sources/serial.ts';
import type { Intake, Source } from './sources/source.ts';
import type { Store, StoreSettings } from './store/log.ts';
import { openStore } from './store/sqlite-store.ts';
import { RESEND_WITHIN } from './validate/duplicate.ts';
import { createJudge } from './validate/judge.ts';

export interface AppOptions {
  readonly site: Site;
  readonly version: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** 0 ≤ n < 1; spreads attempts to reconnect. */
  readonly random: () => number;
  readonly screensDir?: string;
  /** Another store than SQLite's, for stories told in memory. */
  readonly openStore?: (settings: StoreSettings) => Promise<Store>;
}

export interface App {
  readonly desk: Desk;
  readonly intake: Intake;
  readonly store: Store;
  readonly fold: Fold;
  readonly standing: Standing;
  readonly server: FastifyInstance;
  /** Where each broker listens, by source id. */
  brokers(): ReadonlyMap<string, { readonly host: string; readonly port: number } | undefined>;
  /** Begins to listen and to hear. Rejects with a Fault where the API’s port cannot be had. */
  start(): Promise<{ readonly url: string }>;
  /** Answers what was offered, writes down what is folded, closes everything. */
  stop(): Promise<void>;
}

export async function openApp(options: AppOptions): Promise<App> {
  const closing = createCloseStack();
  try {
    return await assemble(options, closing);
  } catch (error) {
    await closing.close();
    throw error;
  }
}

async function assemble(options: AppOptions, closing: CloseStack): Promise<App> {
  const { site, clock, logger } = options;
  const onFault = createFaultLog(logger, clock);
  const store = await (options.openStore ?? openStore)(site.store);
  closing.push('store', () => store.close());

  const tally = createTally(new Set(site.compound.devices.keys()));
  const intake = await buildIntake({ options, store, tally, onFault });

  const saved = await store.step.load();
  const standing = createStanding(saved);
  const sources = site.sources.map((settings) => buildSource(settings, options, intake));
  const report = createReport({
    ...options,
    store,
    standing,
    tally,
    sources,
    influx: () => influx?.state(),
  });
  const live = createLive({ ...report, clock });
  const fold = buildFold({
    options,
    store,
    standing,
    from: saved.cursor,
    onChange: () => live.changed(),
    onFault,
  });
  const influx = await buildInflux(options, store);
  const desk = buildDesk({ options, store, standing, report, live, fold });
  const server = await buildServer({ desk, logger: false, ...facesOf(options) });
  return {
    desk,
    intake,
    store,
    fold,
    standing,
    server,
    brokers: () => new Map(sources.filter(isBroker).map((source) => [source.id, source.address()])),
    start: () => start({ options, closing, store, fold, live, influx, server, sources, report }),
    stop: () => closing.close(),
  };
}

function buildDesk(
  parts: Pick<Parts, 'options' | 'store' | 'report' | 'live' | 'fold'> & { standing: Standing },
): Desk {
  const { options, store, standing, report, live, fold } = parts;
  const { clock } = options;
  const settled = (sequence: number): Promise<void> => fold.settled(sequence);
  const commands = createCommands({ log: store.log, standing, clock, settled });
  return createDesk({ ...report, books: store.books, commands, live, clock });
}

const facesOf = ({ version, screensDir }: AppOptions) => ({
  version,
  ...(screensDir !== undefined && { screensDir }),
});

export async function buildIntake(parts: {
  readonly options: Pick<AppOptions, 'site' | 'clock'>;
  readonly store: Store;
  readonly tally: Tally;
  readonly onFault: (fault: unknown) => void;
}): Promise<Intake> {
  const { options, store, tally, onFault } = parts;
  const { site, clock } = options;
  const judge = createJudge({ compound: site.compound });
  judge.remember(await store.log.recent(RESEND_WITHIN), clock.now());
  const decoders = new Map(site.sources.map((source) => [source.id, decoderOf(source)]));
  return createIntake({
    compound: site.compound,
    decoderOf: (source) => decoders.get(source),
    decoderNamed,
    judge,
    log: store.log,
    clock,
    tally,
    onFault,
  });
}

const decoderOf = (source: SourceSettings): string =>
  source.kind === 'serial' ? source.decoder : 'courtyard-json';

interface Parts {
  readonly options: AppOptions;
  readonly closing: CloseStack;
  readonly store: Store;
  readonly fold: Fold;
  readonly live: Live;
  readonly influx: Follower | undefined;
  readonly server: FastifyInstance;
  readonly sources: readonly Source[];
  readonly report: Report;
}

async function start(parts: Parts): Promise<{ readonly url: string }> {
  const { options, closing, store, fold, live, influx, server, sources } = parts;
  const { clock, site } = options;
  await store.log.append([{ kind: 'gateway', event: 'started', receivedAt: clock.now() }]);
  fold.start();
  closing.push('fold', () => fold.stop());
  await fold.settled(store.log.head());
  if (influx) {
    await influx.start();
    closing.push('influx', () => influx.stop());
  }
  live.start();
  closing.push('live', () => live.stop());
  closing.push('last word', async () => {
    await store.log.append([{ kind: 'gateway', event: 'stopped', receivedAt: clock.now() }]);
  });
  const url = await listen(server, site);
  closing.push('server', () => server.close());
  for (const source of sources) {
    await source.start();
    closing.push(`source ${source.id}`, () => source.stop());
  }
  return { url };
}

async function listen(server: FastifyInstance, { http }: Site): Promise<string> {
  try {
    return await server.listen({ host: loopback(http.host), port: http.port });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Fault(
      'listen-failed',
      `listening for HTTP on ${http.host}:${http.port}: ${why}`,
      error,
    );
  }
}

/** Until the first user exists nothing listens beyond this machine, whatever the site file says. */
const loopback = (host: string): string => (host === '::1' ? host : '127.0.0.1');

function buildSource(settings: SourceSettings, options: AppOptions, intake: Intake): Source {
  const { clock, logger, site, random } = options;
  const around = { intake, clock, log: logger.child({ source: settings.id }), chance: random };
  if (settings.kind === 'serial') return createSerialSource(settings, around);
  const { place, devices } = site.compound;
  return createBrokerSource(
    { ...settings, host: loopback(settings.host) },
    { ...around, site: { siteId: place.id, devices } },
  );
}

const isBroker = (source: Source): source is BrokerSource => source.kind === 'mqtt-broker';

export function buildFold(parts: {
  readonly options: Pick<AppOptions, 'site' | 'clock'>;
  readonly store: Store;
  readonly standing: Standing;
  readonly from: number;
  readonly onChange: () => void;
  readonly onFault: (fault: unknown) => void;
}): Fold {
  const { options, store, standing, from, onChange, onFault } = parts;
  const { compound, rules, sources } = options.site;
  const step = createStep(
    { compound, rules, sources: sources.map((source) => source.id) },
    standing,
  );
  return createFold({
    log: store.log,
    store: store.step,
    clock: options.clock,
    standing,
    step,
    from,
    onChange,
    onFault,
  });
}

/** Records sent to InfluxDB in one request. */
const INFLUX_BATCH = 1000;

async function buildInflux(options: AppOptions, store: Store): Promise<Follower | undefined> {
  const { site, clock, logger, random } = options;
  if (!site.influx) return undefined;
  // Loaded only where there is an InfluxDB: without one it would be ten megabytes for nothing.
  const { createInfluxSink } = await import('./sinks/influx.ts');
  return follow({
    sink: createInfluxSink(site.influx, { compound: site.compound }),
    log: store.log,
    cursors: store.cursors,
    clock,
    batch: INFLUX_BATCH,
    random,
    logger: logger.child({ sink: 'influx' }),
  });
}
