// The promise, with everything real: sensors over TCP, SQLite on disk, InfluxDB, and SIGKILL.
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { loadDevices, startLoad, type Acknowledged } from '../../firmware-sim/load.ts';
import { startInfluxd, type Influxd } from '../influxd.ts';
import { has, until } from '../tools.ts';
import { gatewayProcess, type GatewayProcess } from './gateway-process.ts';
import { storedReadings } from './log-reader.ts';
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
      await pause(300 + 150 * kill);
      await gateway.kill();
      await gateway.start();
    }
    await pause(1000);
    const ledger = await load.stop().catch(async (e) => {
      console.log(gateway.output().slice(-6000));
      console.log(JSON.stringify(await gateway.get('/api/v1/intake')).slice(0, 6000));
      console.log(await gateway.get('/readyz'));
      throw e;
    });
    expect(ledger.length).toBeGreaterThan(500);
    await influxHolds(influx, ledger.length);
    expect(await gateway.stop()).toBe(0);

    expect(doubledInLog(gateway)).toEqual([]);
    expect(missing(ledger, logOf(gateway))).toEqual([]);
    expect(await influxOf(influx)).toEqual(logOf(gateway));
    await influx.discard();
    console.info(
      `acknowledged ${ledger.length}, starts ms ${gateway.startsMs.map(Math.round).join(' ')}`,
    );
  });

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

    expect(missing(ledger, logOf(gateway))).toEqual([]);
    expect(await influxOf(influx)).toEqual(logOf(gateway));
    expect(longestPauseMs).toBeLessThan(2000);
    await influx.discard();
    console.info(
      `acknowledged ${ledger.length}, longest pause of the live stream ${Math.round(longestPauseMs)} ms`,
    );
  });
});

/** Power values are unique over the whole load, so each names its message. */
const logOf = (gateway: GatewayProcess): string[] =>
  storedReadings(`${gateway.dir}/store`, 'power')
    .map((row) => `${row.device} ${row.value.toFixed(3)}`)
    .sort();

function doubledInLog(gateway: GatewayProcess): string[] {
  const seen = new Set<string>();
  return logOf(gateway).filter((row) => seen.size === seen.add(row).size);
}

function missing(ledger: readonly Acknowledged[], rows: readonly string[]): string[] {
  const stored = new Set(rows);
  return ledger
    .map(({ device, power }) => `${device} ${power.toFixed(3)}`)
    .filter((row) => !stored.has(row));
}

async function influxOf(influx: Influxd): Promise<string[]> {
  const rows = await influx.query('courtyard', 'SELECT power_w, asset FROM lamp');
  return rows.map((row) => `${row['asset']} ${Number(row['power_w']).toFixed(3)}`).sort();
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
