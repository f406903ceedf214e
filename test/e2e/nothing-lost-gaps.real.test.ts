// Sensors that never send a message twice: what is not acknowledged when the gateway dies is gone, or
// was written down just before it died. It may be missing in a device's numbers and nothing else: never
// there in part, never there twice, and never a message that was acknowledged. And the gateway says
// itself which are missing.
import { connectAsync } from 'mqtt';
import { describe, expect, it } from 'vitest';
import type { LossesView } from '../../gateway/api/schemas.ts';
import { encodeJson } from '../../firmware-sim/encode.ts';
import { loadDevices } from '../../firmware-sim/load.ts';
import { until } from '../tools.ts';
import { gatewayProcess, type GatewayProcess } from './gateway-process.ts';
import { stored } from './log-reader.ts';
import { yardOf } from './nothing-lost-yard.ts';

const DEVICES = 10;
const IN_FLIGHT = 4;
const KILLS = 6;
const NOBODY = 'http://127.0.0.1:9'; // no copy is looked at here

/** A device's memory of its numbers: each is sent once, whatever becomes of it. */
interface Sensor {
  readonly device: string;
  sent: number;
  readonly acknowledged: number[];
}

describe('messages that nobody sends again', () => {
  it('leave, where the gateway was killed, a gap or themselves whole and nothing else', async () => {
    const gateway = await gatewayProcess(yardOf(DEVICES, NOBODY));
    const sensors = loadDevices(DEVICES).map((device): Sensor => ({
      device,
      sent: 0,
      acknowledged: [],
    }));
    const count = (): number =>
      sensors.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0);
    for (let life = 0; life <= KILLS; life += 1) {
      await gateway.start();
      const hangUp = await Promise.all(sensors.map((sensor) => sendTo(gateway, sensor)));
      const before = count();
      await until('under load', () => count() > before + 300 + 37 * life, 60_000);
      // The last life ends in order: all that is on its way is acknowledged.
      if (life < KILLS) await gateway.kill();
      await Promise.all(hangUp.map((end) => end()));
    }
    expect(await gateway.stop()).toBe(0);

    const found = await numbersIn(gateway);
    const gone = sensors.map(({ device, sent, acknowledged }) => {
      const [power, voltage] = [found(device, 'power'), found(device, 'voltage')];
      expect(power).toEqual(voltage);
      expect(new Set(power).size).toBe(power.length);
      expect(power.filter((number) => number >= sent)).toEqual([]);
      expect(acknowledged.filter((number) => !power.includes(number))).toEqual([]);
      return sent - power.length;
    });
    const lost = gone.reduce((sum, one) => sum + one, 0);
    expect(lost).toBeGreaterThan(0);
    // What the sensors know to be missing is what the gateway says is missing, to the last one.
    await gateway.start();
    await until(`the loss ledger tells ${lost}`, async () => (await toldLost(gateway)) === lost);
    console.info(
      `${count()} acknowledged, all there; ${lost} others are gaps after ${KILLS} kills`,
    );
  }, 120_000);
});

async function toldLost(gateway: GatewayProcess): Promise<number> {
  const gaps = '/api/v1/intake/losses?reason=gap&limit=1000';
  const { losses } = await gateway.get<LossesView>(gaps);
  return losses.reduce((sum, { count }) => sum + count, 0);
}

/** Sends number after number, some at a time; gives the way to hang up. */
async function sendTo(gateway: GatewayProcess, sensor: Sensor): Promise<() => Promise<void>> {
  const { device } = sensor;
  const options = { clientId: device, reconnectPeriod: 0 };
  const client = await connectAsync(gateway.mqttUrl, options);
  const up = new AbortController();
  const gone = new Promise<'gone'>((resolve) => {
    client.once('close', () => resolve('gone'));
  });
  client.on('error', () => undefined); // the gateway is meant to die under it
  const send = async (): Promise<void> => {
    while (!up.signal.aborted && client.connected) {
      const seq = sensor.sent++;
      const numbers = { power: (seq % 9000) / 1000, voltage: 230 };
      const payload = encodeJson({ device, seq, at: Date.now(), numbers });
      const sending = client.publishAsync(`courtyard/yard/${device}/telemetry`, payload, {
        qos: 1,
      });
      const answer = await Promise.race([sending.catch(() => 'gone' as const), gone]);
      if (answer !== 'gone') sensor.acknowledged.push(seq);
    }
  };
  const sending = Promise.all(Array.from({ length: IN_FLIGHT }, send));
  return async () => {
    up.abort();
    await sending;
    await client.endAsync(true);
  };
}

/** Which of a device's numbers the log has, for one quantity, in its order. */
async function numbersIn(gateway: GatewayProcess) {
  const readings = await stored(`${gateway.dir}/store`, 'reading');
  return (device: string, quantity: string): number[] =>
    readings
      .filter((reading) => reading.device === device && reading.quantity === quantity)
      .map(({ seq }) => seq ?? -1);
}
