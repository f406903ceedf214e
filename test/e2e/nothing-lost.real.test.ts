// The promise, with everything real: sensors over TCP, SQLite on disk, InfluxDB, and SIGKILL.
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startLoad } from '../../firmware-sim/load.ts';
import { startInfluxd } from '../influxd.ts';
import { has } from '../tools.ts';
import { gatewayProcess } from './gateway-process.ts';
import { watchLive } from './live-watch.ts';
import { loseNothingIn } from './nothing-lost-kills.ts';
import { influxHolds, missing, rowsInInflux, rowsInLog, yardOf } from './nothing-lost-yard.ts';

const DEVICES = 20;
const PER_SECOND = 5;
const OUTAGE_MS = 60_000;

describe.runIf(has('influxd'))('20 sensors at QoS 1, five messages a second each', () => {
  it('lose nothing and double nothing when the gateway is killed twenty times', async () => {
    await loseNothingIn(20, 4);
  }, 400_000);

  it('reach InfluxDB once each though it was away for a minute, and the screens never pause', async () => {
    const influx = await startInfluxd();
    const gateway = await gatewayProcess(yardOf(DEVICES, influx.url));
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

    const log = await rowsInLog(gateway);
    expect(missing(ledger, log)).toEqual([]);
    expect(await rowsInInflux(influx)).toEqual(log);
    expect(longestPauseMs).toBeLessThan(2000);
    await influx.discard();
    console.info(
      `acknowledged ${ledger.length}, longest pause of the live stream ${Math.round(longestPauseMs)} ms`,
    );
  }, 300_000);
});
