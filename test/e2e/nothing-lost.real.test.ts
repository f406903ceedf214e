// The promise, with everything real: sensors over TCP, SQLite on disk, InfluxDB, and SIGKILL.
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { loadDevices, startLoad, type Acknowledged, type Load } from '../../firmware-sim/load.ts';
import { startInfluxd, type Influxd } from '../influxd.ts';
import { has, until } from '../tools.ts';
import { gatewayProcess, type GatewayProcess } from './gateway-process.ts';
import { powerRow, storedPowers } from './log-reader.ts';
import { watchLive } from './live-watch.ts';

const DEVICES = 20;
const PER_SECOND = 5;
const KILLS = 10;
const OUTAGE_MS = 60_000;

describe.runIf(has('influxd'))('20 sensors at QoS 1, five messages a second each', () => {
  it('lose nothing and double nothing when the gateway is killed ten times', async () => {
    const influx = await startInfluxd();
    const gateway = await gatewayProcess(site(influx.url));
    await gateway.start();
    const load = startLoad({
      url: gateway.mqttUrl,
      site: 'yard',
      devices: DEVICES,
      perSecond: PER_SECOND,
    });
    for (let kill = 0; kill < KILLS; kill += 1) {
      // A kill says something only while messages are on their way; each finds another moment.
      await acknowledgedMore(load, 20 + 15 * kill);
      await gateway.kill();
      await gateway.start();
    }
    await acknowledgedMore(load, DEVICES);
    const ledger = await load.stop();
    await influxHolds(influx, ledger.length);
    expect(await gateway.stop()).toBe(0);

    const log = await logOf(gateway);
    expect(doubled(log)).toEqual([]);
    expect(missing(ledger, log)).toEqual([]);
    expect(await influxOf(influx)).toEqual(log);
    await influx.discard();
    console.info(
      `acknowledged ${ledger.length}, starts ms ${gateway.startsMs.map(Math.round).join(' ')}`,
    );
  }, 300_000);

  it('reach InfluxDB once each though it was away for a minute, and the screens never pause', async () => {
    const influx = await startInfluxd();
    const gateway = await gatewayProcess(site(influx.url));
    await gateway.start();
    const live = watchLive(gateway.url);
    const load = startLoad({
      url: gateway.mqttUrl,
      site: 'yard',
      devices: DEVICES,
      perSecond: PER_SECOND,
    });
    await pause(2000);
    await influx.stop();
    await pause(OUTAGE_MS);
    await influx.restart();
    await pause(2000);
    const ledger = await load.stop();
    await influxHolds(influx, ledger.length);
    const longestPauseMs = live.stop();
    expect(await gateway.stop()).toBe(0);

    const log = await logOf(gateway);
    expect(missing(ledger, log)).toEqual([]);
    expect(await influxOf(influx)).toEqual(log);
    expect(longestPauseMs).toBeLessThan(2000);
    await influx.discard();
    console.info(
      `acknowledged ${ledger.length}, longest pause of the live stream ${Math.round(longestPauseMs)} ms`,
    );
  }, 300_000);
});

function acknowledgedMore(load: Load, count: number): Promise<void> {
  const before = load.ledger().length;
  const what = `${count} more are acknowledged`;
  return until(what, () => load.ledger().length >= before + count, 60_000);
}

const logOf = async (gateway: GatewayProcess): Promise<string[]> =>
  (await storedPowers(`${gateway.dir}/store`)).sort();

function doubled(rows: readonly string[]): string[] {
  const seen = new Set<string>();
  return rows.filter((row) => seen.size === seen.add(row).size);
}

function missing(ledger: readonly Acknowledged[], rows: readonly string[]): string[] {
  const held = new Set(rows);
  return ledger.map(({ device, power }) => powerRow(device, power)).filter((row) => !held.has(row));
}

async function influxOf(influx: Influxd): Promise<string[]> {
  const rows = await influx.query('courtyard', 'SELECT power_w, asset FROM lamp');
  return rows.map((row) => powerRow(row['asset'] ?? '', Number(row['power_w']))).sort();
}

async function influxHolds(influx: Influxd, count: number): Promise<void> {
  await until(
    `InfluxDB holds ${count}`,
    async () =>
      Number(
        (await influx.query('courtyard', 'SELECT count(power_w) FROM lamp'))[0]?.['count'] ?? 0,
      ) >= count,
    40_000,
  );
}

function site(influxUrl: string): string {
  const lamps = loadDevices(DEVICES);
  return `version: 1
site: { id: yard, name: Yard, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
http: { port: HTTP_PORT }
store: { dir: DIR/store }
influx: { url: "${influxUrl}", database: courtyard }
sources:
  - { id: broker, kind: mqtt-broker, host: 127.0.0.1, port: MQTT_PORT }
circuits:
  - { id: c1, name: Circuit, lamps: [${lamps.map((id) => `{ id: ${id}, name: ${id}, nominalW: 30 }`).join(', ')}] }
devices:
${lamps.map((id) => `  - { id: ${id}, source: broker, decoder: courtyard-json, asset: ${id} }`).join('\n')}
rules: []
`;
}
