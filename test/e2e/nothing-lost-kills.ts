// `kill -9` at moments drawn by lot while 20 sensors send, life after life, and what must hold: all
// that was acknowledged is there, once; what lay in the log after one kill lies there unchanged after
// every other, so no sequence is ever given twice; InfluxDB knows the same under the same sequences.
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { startLoad } from '../../firmware-sim/load.ts';
import { randomFrom } from '../../firmware-sim/random.ts';
import { startInfluxd } from '../influxd.ts';
import { gatewayProcess, type GatewayProcess } from './gateway-process.ts';
import {
  acknowledgedMore,
  doubled,
  influxHolds,
  logAsKilled,
  missing,
  rowsInInflux,
  rowsInLog,
  yardOf,
} from './nothing-lost-yard.ts';

const DEVICES = 20;
const PER_SECOND = 5;
/** The promise is 5 s; a machine that runs other tests at the same time may take longer. */
const READY_WITHIN_MS = 15_000;

export async function loseNothingIn(kills: number, seed: number): Promise<void> {
  const influx = await startInfluxd();
  const gateway = await gatewayProcess(yardOf(DEVICES, influx.url));
  const random = randomFrom(seed);
  await gateway.start();
  const load = startLoad({
    url: gateway.mqttUrl,
    site: 'yard',
    devices: DEVICES,
    perSecond: PER_SECOND,
    seed,
  });
  let before: string[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    // A kill says something only while messages are on their way; none falls on an acknowledgement.
    await acknowledgedMore(load, Math.floor(random.between(1, 120)));
    await pause(random.between(0, 20));
    await gateway.kill();
    const after = logAsKilled(gateway);
    expect(before.find((row, index) => row !== after[index])).toBeUndefined();
    before = after;
    if (random.chance(0.2)) await killWhileStarting(gateway, random.between(50, 1500));
    await gateway.start();
  }
  await acknowledgedMore(load, DEVICES);
  const ledger = await load.stop();
  await influxHolds(influx, ledger.length);
  expect(await gateway.stop()).toBe(0);

  const log = await rowsInLog(gateway);
  expect(missing(ledger, log)).toEqual([]);
  expect(doubled(log)).toEqual([]);
  expect(await rowsInInflux(influx)).toEqual(log);
  expect(Math.max(...gateway.startsMs)).toBeLessThan(READY_WITHIN_MS);
  await influx.discard();
  report(kills, ledger.length, gateway.startsMs);
}

/** A start is a moment like any other, and the one at which the journal is read again. */
async function killWhileStarting(gateway: GatewayProcess, afterMs: number): Promise<void> {
  const starting = gateway.start().catch((error: unknown) => error);
  await pause(afterMs);
  await gateway.kill();
  await starting;
}

function report(kills: number, acknowledged: number, startsMs: readonly number[]): void {
  const again = startsMs
    .slice(1)
    .toSorted((a, b) => a - b)
    .map(Math.round);
  console.info(
    `${kills} kills, ${acknowledged} acknowledged, 0 lost, 0 doubled; ready again in ms: ` +
      `median ${again[Math.floor(again.length / 2)]}, most ${again.at(-1)}`,
  );
}
