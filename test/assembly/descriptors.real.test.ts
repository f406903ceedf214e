// A process that has run out of file descriptors: strangers are kept waiting, those who are in are not.
import { connect, type Socket } from 'node:net';
import { connectAsync } from 'mqtt';
import { expect, it, onTestFinished } from 'vitest';
import { gatewayProcess } from '../e2e/gateway-process.ts';
import { LINK_SITE } from '../e2e/link-site.ts';
import { has, until } from '../tools.ts';

it.skipIf(!has('prlimit'))(
  'a gateway without a free descriptor serves whoever is connected, and all others afterwards',
  async () => {
    const gateway = await gatewayProcess(LINK_SITE, { words: ['prlimit', '--nofile=64:64'] });
    await gateway.start();
    const device = await connectAsync(gateway.mqttUrl, { clientId: 'k2', reconnectPeriod: 0 });
    onTestFinished(() => device.endAsync(true));
    let told = 0;
    const tell = (): Promise<unknown> =>
      device.publishAsync('courtyard/yard/k2/telemetry', `{"distance":${400 + told++}}`, {
        qos: 1,
      });
    await tell();

    const { hostname, port } = new URL(gateway.url);
    const crowd: Socket[] = [];
    onTestFinished(() => crowd.forEach((socket) => socket.destroy()));
    for (let stranger = 0; stranger < 120; stranger += 1) {
      const socket = connect(Number(port), hostname);
      socket.on('error', () => undefined);
      crowd.push(socket);
    }
    for (let message = 0; message < 20; message += 1) await tell();
    for (const socket of crowd) socket.destroy();

    await until('others are served again', () =>
      gateway.get('/healthz').then(
        () => true,
        () => false,
      ),
    );
    const [series] = await gateway
      .get<{ latest: Record<string, { value: number }> }[]>('/api/v1/assets?kind=bin')
      .then((assets) => assets.filter(({ latest }) => 'distance' in latest));
    expect(series?.latest['distance']?.value).toBe(420);
    expect(await gateway.stop()).toBe(0);
  },
);
