// The house as the outside sees it: the desk that answers, the server that asks it.
import type { FastifyInstance } from 'fastify';
import type { Desk } from '../api/desk.ts';
import { buildServer } from '../api/server.ts';
import { Fault } from '../domain/fault.ts';
import type { Standing } from '../domain/standing.ts';
import { createCensus } from '../flow/census.ts';
import { createCommands } from '../flow/commands.ts';
import { createDesk } from '../flow/desk.ts';
import type { Fold } from '../flow/fold.ts';
import type { Follower } from '../flow/follow.ts';
import type { Live } from '../flow/live.ts';
import { takeReadings } from '../flow/readings.ts';
import type { Report } from '../flow/report.ts';
import type { Tally } from '../flow/tally.ts';
import { createMetrics } from '../ops/metrics.ts';
import type { MqttOut } from '../sinks/mqtt-out.ts';
import { createDeviceTokens } from '../sources/device-tokens.ts';
import type { Source } from '../sources/source.ts';
import type { Store } from '../store/log.ts';
import type { AppOptions } from './options.ts';
import { isHttp, loopback } from './sources.ts';

/** Everything that is looked at from outside. */
export interface Inside {
  readonly options: AppOptions;
  readonly store: Store;
  readonly standing: Standing;
  readonly tally: Tally;
  readonly sources: readonly Source[];
  readonly report: Report;
  readonly live: Live;
  readonly fold: Fold;
  readonly influx: Follower | undefined;
  readonly outs: readonly MqttOut[];
}

export function buildDesk(inside: Inside): Desk {
  const { options, store, standing, report, live, fold, sources } = inside;
  const { clock, site } = options;
  const source = sources.find(isHttp);
  const { deviceOf } = createDeviceTokens(site.compound.devices);
  const door = { deviceOf, ...(source && { source }) };
  const settled = (sequence: number): Promise<void> => fold.settled(sequence);
  const commands = createCommands({ log: store.log, standing, clock, settled });
  const { books, ledger, log } = store;
  return createDesk({
    ...report,
    books,
    ledger,
    head: log.head,
    commands,
    live,
    clock,
    takeReadings: (sent) => takeReadings(door, sent),
  });
}

export function buildFace(desk: Desk, inside: Inside): Promise<FastifyInstance> {
  const { options, report, live, outs, influx } = inside;
  const { site, version, screensDir } = options;
  const census = createCensus({
    ...inside,
    version,
    site: site.compound.place.id,
    devices: report.devices,
    // What brokers are told goes the way of the screens and is none.
    viewers: () => live.watchers() - outs.length,
    followers: () => ({ influx: influx?.state() }),
  });
  return buildServer({
    desk,
    logger: false,
    version,
    metrics: createMetrics(census),
    hostNames: hostsIn(site.compound.place.publicUrl),
    ...(screensDir !== undefined && { screensDir }),
  });
}

/** A reverse proxy passes on the name that the world calls it by. */
const hostsIn = (publicUrl: string | undefined): string[] =>
  publicUrl === undefined ? [] : [new URL(publicUrl).hostname];

/** Rejects with `listen-failed` where the port cannot be had. */
export async function listen(server: FastifyInstance, { site }: AppOptions): Promise<string> {
  const { host, port } = site.http;
  try {
    return await server.listen({ host: loopback(host), port });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Fault('listen-failed', `listening for HTTP on ${host}:${port}: ${why}`, error);
  }
}
