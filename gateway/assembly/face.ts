// The house as the outside sees it: the desk that answers, the server that asks it.
import type { FastifyInstance } from 'fastify';
import type { Desk } from '../api/desk.ts';
import { buildServer } from '../api/server.ts';
import { Fault } from '../domain/fault.ts';
import type { Standing } from '../domain/standing.ts';
import { BELIEVED, type ClockKeeping } from '../flow/clock/clock-keeping.ts';
import { createCensus } from '../flow/census.ts';
import { createCommands } from '../flow/commands.ts';
import { createDesk } from '../flow/desk.ts';
import type { EvidenceKeeping } from '../flow/evidence/evidence.ts';
import type { Dispatch } from '../flow/outbox/dispatch.ts';
import type { Fold } from '../flow/fold.ts';
import type { Follower } from '../flow/follow.ts';
import type { Live } from '../flow/live.ts';
import { createNoticeDesk } from '../flow/letters/notice-desk.ts';
import { takeReadings } from '../flow/readings.ts';
import type { Report } from '../flow/report.ts';
import type { Tally } from '../flow/tally.ts';
import { createMetrics } from '../ops/metrics.ts';
import type { MqttOut } from '../sinks/mqtt-out.ts';
import type { DeviceTokens } from '../sources/device-tokens.ts';
import type { Source } from '../sources/source.ts';
import type { Store } from '../store/log.ts';
import { buildAccounts, hostFor, type Entrance } from './accounts.ts';
import type { AppOptions } from './options.ts';
import { buildKept } from './evidence.ts';
import { stepSiteOf } from './flow.ts';
import { buildPhones } from './phone-keys.ts';
import { createRehearsalDesk } from './rehearsal.ts';
import { buildReportDoor } from './reports.ts';
import { createSecretDesk } from './secrets.ts';
import { isHttp } from './sources.ts';
import { addressDoubts } from '../site/address-doubts.ts';
import { formOf } from '../site/rule-form.ts';

/** Everything that is looked at from outside. */
export interface Inside {
  readonly options: AppOptions;
  readonly store: Store;
  readonly standing: Standing;
  readonly tally: Tally;
  readonly tokens: DeviceTokens;
  readonly entrance: Entrance;
  readonly sources: readonly Source[];
  readonly report: Report;
  readonly live: Live;
  readonly fold: Fold;
  readonly influx: Follower | undefined;
  readonly dispatch: Dispatch;
  readonly outs: readonly MqttOut[];
  readonly keeping: ClockKeeping | undefined;
  readonly evidence: EvidenceKeeping;
}

export function buildDesk(inside: Inside): Desk {
  const { options, store, standing, tokens, report, live, fold, sources } = inside;
  const { clock, site, logger } = options;
  const source = sources.find(isHttp);
  const door = { deviceOf: tokens.deviceOf, ...(source && { source }) };
  const settled = (sequence: number): Promise<void> => fold.settled(sequence);
  const commands = createCommands({
    log: store.log,
    standing,
    clock,
    settled,
    work: site.work,
  });
  const { books, ledger, log } = store;
  return createDesk({
    ...report,
    books,
    ledger,
    head: log.head,
    commands,
    work: site.work,
    patrols: site.patrols,
    reach: addressDoubts({ place: site.compound.place, http: site.http }),
    accounts: buildAccounts({ ...inside, commands }),
    live,
    clock,
    kept: buildKept(options, store),
    phones: buildPhones(options),
    notices: createNoticeDesk({
      ...inside,
      outbox: store.outbox,
      settings: site.notices,
      commands,
    }),
    rules: () => site.rules.map(formOf),
    rehearse: createRehearsalDesk({ site, folded: stepSiteOf(site), log, books, clock }),
    takeReadings: (sent) => takeReadings(door, sent),
    keys: createSecretDesk({
      devices: site.compound.devices,
      tokens,
      secrets: store.secrets,
      clock,
      note: commands.note,
      onChange: (facts, words) => logger.info(facts, words),
    }),
  });
}

export function buildFace(desk: Desk, inside: Inside): Promise<FastifyInstance> {
  const { options, report, live, outs, influx, keeping } = inside;
  const { site, version, screensDir } = options;
  const census = createCensus({
    ...inside,
    version,
    site: site.compound.place.id,
    devices: report.devices,
    clock: () => keeping?.report() ?? BELIEVED,
    // What brokers are told goes the way of the screens and is none.
    viewers: () => live.watchers() - outs.length,
    followers: () => ({ influx: influx?.state() }),
    channels: () => inside.dispatch.states(),
    signIns: () => inside.entrance.signIns.counts(),
  });
  return buildServer({
    desk,
    logger: false,
    version,
    metrics: createMetrics(census),
    hostNames: hostsIn(site.compound.place.publicUrl),
    trustedProxies: site.http.trustedProxies,
    secureCookies: site.compound.place.publicUrl?.startsWith('https:') === true,
    reportDoor: buildReportDoor(options),
    ...(screensDir !== undefined && { screensDir }),
  });
}

/** A reverse proxy passes on the name that the world calls it by. */
const hostsIn = (publicUrl: string | undefined): string[] =>
  publicUrl === undefined ? [] : [new URL(publicUrl).hostname];

/** Rejects with `listen-failed` where the port cannot be had. */
export async function listen(
  server: FastifyInstance,
  { options, entrance }: Pick<Inside, 'options' | 'entrance'>,
): Promise<string> {
  const { port } = options.site.http;
  const host = hostFor(options.site.http.host, entrance);
  try {
    return await server.listen({ host, port });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Fault('listen-failed', `listening for HTTP on ${host}:${port}: ${why}`, error);
  }
}
