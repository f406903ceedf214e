// One candidate on the stand: its own influxd, its own folder, a sink for its alerts; and one load at
// a time, looked at from both ends. All of it is new for every candidate and gone afterwards.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startInfluxd } from '../influxd.ts';
import type { Alerts, AlertSink } from './alert-sink.ts';
import { openAlertSink } from './alert-sink.ts';
import type { Backlog, Taken } from './backlog.ts';
import { backlogOf } from './backlog.ts';
import type { Running, Surroundings } from './candidates/candidate.ts';
import type { Comparison, InfluxAt } from './influx-count.ts';
import { compareWithInflux, countMessages, pointsTaken } from './influx-count.ts';
import type { LoadResult } from './load.ts';
import type { Crowd } from './load-process.ts';
import { createCrowd } from './load-process.ts';
import { childNamed, costOf, spentBetween } from './process-cost.ts';

export interface Wanted {
  /** Messages a second; as fast as a window of 20 for each lamp allows where left out. */
  readonly rate?: number;
  readonly seconds: number;
  /** How long InfluxDB may take to get the rest, seconds. */
  readonly catchUpWithin?: number;
}

/** After the last message InfluxDB had all of it, got no more, or was getting more when time was up. */
export type CatchUp =
  | { readonly state: 'done'; readonly afterS: number }
  | { readonly state: 'stopped' | 'going on' };

export interface Observed extends Comparison, Backlog {
  readonly load: Omit<LoadResult, 'turns' | 'unacknowledged'>;
  /** Sent and never acknowledged. */
  readonly unanswered: number;
  readonly catchUp: CatchUp;
  /** Of a load at a rate, where they are told at all. */
  readonly alerts: Alerts | undefined;
  readonly cpuSPerMillion: number;
  /** What of it each of the candidate's threads took, the busiest first. */
  readonly threadsCpuSPerMillion: Readonly<Record<string, number>>;
  readonly writtenBytesPerMessage: number;
  /** InfluxDB's own work for it. */
  readonly influxCpuSPerMillion: number;
  /** When the last message was answered. */
  readonly residentMb: number;
  readonly peakMb: number;
}

export interface Stand<R extends Running = Running> {
  readonly running: R;
  /** A load that nobody looks at but for its end, when InfluxDB has all of it. */
  warmUp(wanted: Wanted): Promise<void>;
  observe(wanted: Wanted): Promise<Observed>;
  close(): Promise<void>;
}

const LAMPS = 100;
/** InfluxDB's own counter of points takes it half a millisecond to tell. */
const LOOK_EVERY_MS = 200;
/** InfluxDB gets nothing new for this long: what is missing then is not coming. */
const PATIENCE_MS = 8_000;
const CATCH_UP_WITHIN_S = 60;
/** No alert came for this long: what is missing then is not coming. */
const ALERT_PATIENCE_MS = 2_000;

export async function openStand<R extends Running>(
  start: (around: Surroundings) => Promise<R>,
  lamps = LAMPS,
): Promise<Stand<R>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'courtyard-bench-'));
  const influxd = await startInfluxd();
  const sink = await openAlertSink();
  const closeAround = async (): Promise<void> => {
    await sink.close();
    await influxd.discard();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const influx = { url: influxd.url, database: 'bench' };
    await influxd.query('', `CREATE DATABASE ${influx.database}`);
    const running = await start({ folder, lamps, influx, alertUrl: sink.url });
    const crowd = createCrowd(running.mqttUrl, lamps);
    const around = { running, sink, influx, influxPid: childNamed('influxd'), crowd };
    const withOutput = (error: unknown): never => {
      throw new Error(`${String(error)}\n${running.output().trim()}`, { cause: error });
    };
    return {
      running,
      warmUp: (wanted) => warmUp(around, wanted).catch(withOutput),
      observe: (wanted) => observe(around, wanted).catch(withOutput),
      async close() {
        await crowd.leave();
        await running.stop();
        await closeAround();
      },
    };
  } catch (error) {
    await closeAround();
    throw error;
  }
}

interface Around {
  readonly running: Running;
  readonly sink: AlertSink;
  readonly influx: InfluxAt;
  readonly influxPid: number;
  readonly crowd: Crowd;
}

async function warmUp({ influx, crowd }: Around, wanted: Wanted): Promise<void> {
  await crowd.arrived();
  const taken = await pointsTaken(influx.url);
  await caughtUp(influx, { load: await crowd.speak(wanted), taken, withinS: CATCH_UP_WITHIN_S });
}

async function observe(around: Around, wanted: Wanted): Promise<Observed> {
  const { running, sink, influx, crowd } = around;
  const { rate, catchUpWithin = CATCH_UP_WITHIN_S } = wanted;
  sink.forget();
  await crowd.arrived();
  const before = costs(around);
  const watch = await watchInflux(influx.url);
  const load = await crowd.speak(wanted);
  const looks = watch.end();
  const { residentMb } = costs(around).own;
  const catchUp = await caughtUp(influx, { load, taken: watch.first, withinS: catchUpWithin });
  const hasAlerts = running.tellsAlerts && rate !== undefined;
  const alerts = hasAlerts ? await awaitAlerts(sink, load) : undefined;
  const after = costs(around);
  const comparison = await compareWithInflux(influx, load);
  const { turns: _turns, unacknowledged, ...told } = load;
  const perMillion = 1e6 / load.sent;
  const threads = Object.entries(spentBetween(before.own, after.own));
  return {
    ...comparison,
    ...backlogOf(looks, load),
    load: told,
    unanswered: unacknowledged.length,
    catchUp,
    alerts,
    cpuSPerMillion: (after.own.cpuS - before.own.cpuS) * perMillion,
    threadsCpuSPerMillion: Object.fromEntries(threads.map(([name, s]) => [name, s * perMillion])),
    influxCpuSPerMillion: (after.influx.cpuS - before.influx.cpuS) * perMillion,
    writtenBytesPerMessage: (after.own.writtenBytes - before.own.writtenBytes) / load.sent,
    residentMb,
    peakMb: after.own.peakMb,
  };
}

const costs = ({ running, influxPid }: Around) => ({
  own: costOf(running.pids),
  influx: costOf([influxPid]),
});

/** Notes how much InfluxDB has taken since now, again and again. */
async function watchInflux(url: string): Promise<{ readonly first: number; end(): Taken[] }> {
  const taken: Taken[] = [];
  const first = await pointsTaken(url);
  const look = async (): Promise<void> => {
    const at = now();
    taken.push({ at, points: (await pointsTaken(url)) - first });
  };
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  return {
    first,
    end() {
      clearInterval(timer);
      return taken;
    },
  };
}

interface Awaited {
  readonly load: LoadResult;
  /** What InfluxDB had taken before the load. */
  readonly taken: number;
  readonly withinS: number;
}

/**
 * Asks for the messages themselves only when points enough have come: to count them takes InfluxDB
 * tens of milliseconds, from the processors that the candidate needs to catch up.
 */
async function caughtUp(influx: InfluxAt, { load, taken, withinS }: Awaited): Promise<CatchUp> {
  const lastSent = load.startedAt + load.sendingS * 1000;
  const begun = now();
  let changedAt = begun;
  let last = -1;
  while (now() - begun < withinS * 1000) {
    const points = (await pointsTaken(influx.url)) - taken;
    const mayBeAll = points >= load.sent;
    const has = mayBeAll && (await countMessages(influx, load.fromTurn * load.lamps));
    if (has !== false && has >= load.sent)
      return { state: 'done', afterS: Math.max(0, now() - lastSent) / 1000 };
    if (points !== last) changedAt = now();
    else if (now() - changedAt > PATIENCE_MS) return { state: 'stopped' };
    last = points;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return { state: 'going on' };
}

/** On the clock that the processes share, ms. */
const now = (): number => Number(process.hrtime.bigint()) / 1e6;

async function awaitAlerts(sink: AlertSink, load: LoadResult): Promise<Alerts> {
  let changedAt = performance.now();
  let last = -1;
  for (;;) {
    const alerts = sink.alertsOf(load);
    const isStill = performance.now() - changedAt > ALERT_PATIENCE_MS;
    if (alerts.arrived >= alerts.expected || isStill) return alerts;
    if (alerts.arrived !== last) changedAt = performance.now();
    last = alerts.arrived;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
