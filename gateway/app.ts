// The wiring diagram: builds every part once, joins them in the order of the flow, and closes them
// in the opposite order. Read top to bottom it is the picture in the README; how each part is made
// from the site file is in assembly/.
//
//   sources ─▶ intake (decode, validate) ─▶ log ─┬─▶ fold (project, rules, tickets) ─▶ screens, MQTT
//                                                │                   └─▶ channels to people
//                                                └─▶ influx
import type { FastifyInstance } from 'fastify';
import type { Desk } from './api/desk.ts';
import { hostFor, leaveCommandNote, readEntrance } from './assembly/accounts.ts';
import { buildDispatch } from './assembly/channels.ts';
import { buildDesk, buildFace, listen, type Inside } from './assembly/face.ts';
import { buildEvidence } from './assembly/evidence.ts';
import { buildFold, buildIntake } from './assembly/flow.ts';
import { buildInflux, buildOut, followersOf } from './assembly/followers.ts';
import { keepDigests } from './assembly/digests.ts';
import { keepLosses } from './assembly/losses.ts';
import type { AppOptions } from './assembly/options.ts';
import { buildSource, isBroker } from './assembly/sources.ts';
import { buildTimekeeping, keepTime, type TimedParts } from './assembly/timekeeping.ts';
import { createStanding, type Standing } from './domain/standing.ts';
import { BELIEVED } from './flow/clock/clock-keeping.ts';
import type { Fold } from './flow/fold.ts';
import type { WayIn } from './flow/intake.ts';
import { createLive } from './flow/live.ts';
import { createReport } from './flow/report.ts';
import { createTally } from './flow/tally.ts';
import { createCloseStack, type CloseStack } from './ops/close-stack.ts';
import { createFaultLog } from './ops/fault-log.ts';
import { siteDigests } from './site/digests.ts';
import { createDeviceTokens } from './sources/device-tokens.ts';
import type { Intake } from './sources/source.ts';
import type { Store } from './store/log.ts';
import { openStore } from './store/sqlite-store.ts';

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
  const remembered = await remember({ options, onFault }, closing);
  const { store, standing, from, keeping } = remembered;
  const tally = createTally(new Set(site.compound.devices.keys()));
  const intake = await buildIntake({ options, store, tally, keeping, onFault });
  const tokens = createDeviceTokens(site.compound.devices, await store.secrets.all());
  const entrance = await readEntrance(options, { store, standing }, from);
  const hostOf = (host: string): string => hostFor(host, entrance);
  const sources = await Promise.all(
    site.sources.map((each) => buildSource(each, { ...options, tokens, hostOf }, intake)),
  );

  const influx = await buildInflux(options, store);
  const report = createReport({
    ...options,
    ...remembered,
    tally,
    sources,
    influx: () => influx?.state(),
    clockReport: () => keeping?.report() ?? BELIEVED,
  });
  const live = createLive({ ...report, clock });
  const dispatch = buildDispatch(options, store, sources.filter(isBroker));
  const told = { onChange: live.changed, onNotices: dispatch.take };
  const fold = buildFold({ ...remembered, ...told, options, onFault });
  const outs = sources
    .filter(isBroker)
    .map((broker) => buildOut(broker, { options, store, live, report }));

  return faced(
    {
      ...remembered,
      options,
      tally,
      tokens,
      entrance,
      sources,
      report,
      live,
      fold,
      influx,
      dispatch,
      outs,
    },
    intake,
    closing,
  );
}

/** What the runs before have left behind, and the clock that goes on from there. */
async function remember(parts: Pick<TimedParts, 'options' | 'onFault'>, closing: CloseStack) {
  const { site, openStore: open = openStore } = parts.options;
  const store = await open({ ...site.store, followers: followersOf(site) });
  closing.push('store', () => store.close());
  const saved = await store.step.load();
  const standing = createStanding(saved);
  const timed = buildTimekeeping({ ...parts, store, standing });
  const evidence = buildEvidence(parts.options, timed.store);
  const watched = { ...timed.store, step: evidence.behind(timed.store.step) };
  return { ...timed, store: watched, evidence, standing, from: saved.cursor };
}

/** What was built, with its face to the outside: the API and the screens. */
async function faced(inside: Inside, intake: WayIn, closing: CloseStack): Promise<App> {
  const { store, fold, standing, sources } = inside;
  const desk = buildDesk(inside);
  const server = await buildFace(desk, inside);
  return {
    desk,
    intake,
    store,
    fold,
    standing,
    server,
    brokers: () => new Map(sources.filter(isBroker).map((source) => [source.id, source.address()])),
    start: () => start({ ...inside, desk, intake, server }, closing),
    stop: () => closing.close(),
  };
}

async function start(
  inside: Inside & Pick<App, 'desk' | 'server'> & { readonly intake: WayIn },
  closing: CloseStack,
): Promise<{ readonly url: string }> {
  const { options, store, fold, dispatch, live, influx, sources, outs, keeping, server } = inside;
  const { clock } = options;
  const site = siteDigests(options.site);
  const birth = { event: 'started', ...keeping?.birth(), site, receivedAt: clock.now() } as const;
  await store.log.append([{ kind: 'gateway', ...birth }]);
  closing.push('notices', () => dispatch.stop());
  fold.start();
  closing.push('fold', () => fold.stop());
  await fold.settled(store.log.head());
  // What a killed run had folded and not saved makes its notices again: by now the outbox knows which
  // of them were told.
  await dispatch.start();
  keepTime(inside, closing);
  inside.evidence.start();
  closing.push('evidence', () => inside.evidence.stop());
  if (influx) {
    await influx.start();
    closing.push('influx', () => influx.stop());
  }
  live.start();
  closing.push('live', () => live.stop());
  closing.push('last word', async () => {
    await store.log.append([{ kind: 'gateway', event: 'stopped', receivedAt: clock.now() }]);
  });
  keepLosses(inside, closing);
  keepDigests(inside, closing);
  const url = await listen(server, inside);
  if (!options.openStore) closing.push('note', leaveCommandNote(options, url, inside.entrance));
  closing.push('server', () => server.close());
  for (const source of sources) closing.push(`source ${source.id}`, () => source.stop());
  // Together: one that is slow to say that it is not there holds up no other.
  await Promise.all(sources.map((source) => source.start()));
  for (const out of outs) {
    out.start();
    closing.push('what is told over MQTT', () => out.stop());
  }
  return { url };
}
