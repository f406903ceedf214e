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
import { startLoad } from './load-process.ts';
import { childNamed, costOf } from './process-cost.ts';

export interface Wanted {
  /** Messages a second; as fast as a window of 20 for each lamp allows where left out. */
  readonly rate?: number;
  readonly seconds: number;
  /** Seconds at its beginning whose delays are not counted. */
  readonly warmup?: number;
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
  readonly writtenBytesPerMessage: number;
  /** InfluxDB's own work for it. */
  readonly influxCpuSPerMillion: number;
  readonly residentMb: number;
  readonly peakMb: number;
}

export interface Stand<R extends Running = Running> {
  readonly running: R;
  observe(wanted: Wanted): Promise<Observed>;
  close(): Promise<void>;
}

const LAMPS = 100;
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
    const around = { running, sink, influx, influxPid: childNamed('influxd'), lamps };
    let turns = 0;
    return {
      running,
      async observe(wanted) {
        try {
          const { observed, turnsUsed } = await observe(around, { ...wanted, fromTurn: turns });
          turns += turnsUsed;
          return observed;
        } catch (error) {
          throw new Error(`${String(error)}\n${running.output().trim()}`, { cause: error });
        }
      },
      async close() {
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
  readonly lamps: number;
}

async function observe(around: Around, wanted: Wanted & { readonly fromTurn: number }) {
  const { running, sink, influx, lamps } = around;
  const { rate, seconds, warmup = 0, fromTurn, catchUpWithin = CATCH_UP_WITHIN_S } = wanted;
  sink.forget();
  const url = running.mqttUrl;
  const loading = startLoad({ url, lamps, rate, seconds, warmup, fromTurn });
  await loading.connected();
  const before = costs(around);
  const watch = await watchInflux(influx.url);
  const load = await loading.result();
  const taken = watch.end();
  const catchUp = await caughtUp(influx, load, catchUpWithin);
  const hasAlerts = running.tellsAlerts && rate !== undefined;
  const alerts = hasAlerts ? await awaitAlerts(sink, load, warmup) : undefined;
  const after = costs(around);
  await loading.release();
  const comparison = await compareWithInflux(influx, load);
  const { turns, unacknowledged, ...told } = load;
  const perMillion = 1e6 / load.sent;
  const observed: Observed = {
    ...comparison,
    ...backlogOf(taken, load),
    load: told,
    unanswered: unacknowledged.length,
    catchUp,
    alerts,
    cpuSPerMillion: (after.own.cpuS - before.own.cpuS) * perMillion,
    influxCpuSPerMillion: (after.influx.cpuS - before.influx.cpuS) * perMillion,
    writtenBytesPerMessage: (after.own.writtenBytes - before.own.writtenBytes) / load.sent,
    residentMb: after.own.residentMb,
    peakMb: after.own.peakMb,
  };
  return { observed, turnsUsed: turns.reduce((most, each) => Math.max(most, each), 0) };
}

const costs = ({ running, influxPid }: Around) => ({
  own: costOf(running.pids),
  influx: costOf([influxPid]),
});

/** Notes how much InfluxDB has taken since now, again and again. */
async function watchInflux(url: string): Promise<{ end(): Taken[] }> {
  const taken: Taken[] = [];
  const first = await pointsTaken(url);
  const look = async (): Promise<void> => {
    const at = now();
    taken.push({ at, points: (await pointsTaken(url)) - first });
  };
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  return {
    end() {
      clearInterval(timer);
      return taken;
    },
  };
}

async function caughtUp(influx: InfluxAt, load: LoadResult, withinS: number): Promise<CatchUp> {
  const lastSent = load.startedAt + load.sendingS * 1000;
  const begun = now();
  let changedAt = begun;
  let last = -1;
  while (now() - begun < withinS * 1000) {
    const count = await countMessages(influx, load.fromTurn * load.lamps);
    if (count >= load.sent) return { state: 'done', afterS: Math.max(0, now() - lastSent) / 1000 };
    if (count !== last) changedAt = now();
    else if (now() - changedAt > PATIENCE_MS) return { state: 'stopped' };
    last = count;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return { state: 'going on' };
}

/** On the clock that the processes share, ms. */
const now = (): number => Number(process.hrtime.bigint()) / 1e6;

async function awaitAlerts(sink: AlertSink, load: LoadResult, warmup: number): Promise<Alerts> {
  let changedAt = performance.now();
  let last = -1;
  for (;;) {
    const alerts = sink.alertsOf(load, warmup);
    const isStill = performance.now() - changedAt > ALERT_PATIENCE_MS;
    if (alerts.arrived >= alerts.expected || isStill) return alerts;
    if (alerts.arrived !== last) changedAt = performance.now();
    last = alerts.arrived;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
