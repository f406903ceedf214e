// Sixty-four file descriptors, as a careless unit file gives them, and more callers than that.
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { connectAsync } from 'mqtt';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { IntakeView } from '../../gateway/api/schemas.ts';
import { has, until } from '../tools.ts';
import { gatewayProcess } from './gateway-process.ts';
import { LINK_SITE } from './link-site.ts';

const CALLERS = 200;
const TELEMETRY = 'courtyard/yard/k2/telemetry';

describe.runIf(has('prlimit'))('a gateway with 64 file descriptors', () => {
  it('goes on serving those who are there while others take all the rest, and lets new ones in afterwards', async () => {
    const gateway = await gatewayProcess(LINK_SITE, { words: ['prlimit', '--nofile=64'] });
    await gateway.start();
    const sensor = await connectAsync(gateway.mqttUrl, { clientId: 'k2' });
    onTestFinished(() => void sensor.end(true));
    let seq = 0;
    const speak = async (): Promise<void> => {
      await sensor.publishAsync(TELEMETRY, `{"seq":${seq},"distance":${600 + seq}}`, { qos: 1 });
      seq += 1;
    };
    await speak();

    const port = Number(new URL(gateway.url).port);
    const crowd = Array.from({ length: CALLERS }, () => call(port));
    for (let n = 0; n < 20; n += 1) {
      await speak();
      await pause(50);
    }
    for (const caller of crowd) caller.destroy();
    await until('a screen is answered again', () => isUp(gateway.url), 60_000);
    await until('a new sensor is let in again', () => isLetIn(gateway.mqttUrl), 60_000);
    await speak();
    const { devices } = await gateway.get<IntakeView>('/api/v1/intake');
    expect(devices.find(({ id }) => id === 'k2')).toMatchObject({ stored: seq, rejected: {} });
    await sensor.endAsync();
    expect(await gateway.stop()).toBe(0);
    expect(gateway.output()).not.toMatch(/^\s+at /m);
  });
});

/** Says the beginning of a request and never its end. */
function call(port: number): Socket {
  const socket = connect({ port, host: '127.0.0.1' }, () => socket.write('GET / HTTP/1.1\r\n'));
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  return socket.resume();
}

async function isLetIn(url: string): Promise<boolean> {
  try {
    const late = await connectAsync(url, { clientId: 'late', reconnectPeriod: 0 });
    await late.endAsync();
    return true;
  } catch {
    return false;
  }
}

async function isUp(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`)).ok;
  } catch {
    return false;
  }
}
