// The end of a process under load, in order and not, and what the next one finds.
import { existsSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { connectAsync } from 'mqtt';
import { describe, expect, it } from 'vitest';
import type { AlarmView, TicketView } from '../../gateway/api/schemas.ts';
import { loadDevices, startLoad } from '../../firmware-sim/load.ts';
import { until } from '../tools.ts';
import { gatewayProcess, type GatewayProcess } from './gateway-process.ts';
import { LINK_SITE } from './link-site.ts';
import { powerRow, stored, storedPowers } from './log-reader.ts';

describe('a gateway that is told to stop', () => {
  it('ends within five seconds under load, with everything that it acknowledged on disk', async () => {
    const gateway = await gatewayProcess(lampSite(20));
    await gateway.start();
    const load = startLoad({ url: gateway.mqttUrl, site: 'yard', devices: 20, perSecond: 20 });
    await until('under load', () => load.ledger().length > 1000, 30_000);
    const began = performance.now();
    expect(await gateway.stop()).toBe(0);
    const tookMs = performance.now() - began;
    const acknowledged = load.ledger().map(({ device, power }) => powerRow(device, power));
    await load.stop(0).catch(() => undefined); // the rest was never acknowledged, and may be lost

    expect(tookMs).toBeLessThan(5000);
    const held = new Set(await storedPowers(`${gateway.dir}/store`));
    expect(acknowledged.filter((row) => !held.has(row))).toEqual([]);
    expect(await starts(gateway)).toEqual(['started', 'stopped']);
    expect(gateway.output()).not.toMatch(/"level":"(?:error|fatal)"/);
    console.info(`stopped in ${Math.round(tookMs)} ms after ${acknowledged.length} messages`);
  });

  it('ends in the same order when it is told again while it does so', async () => {
    const gateway = await gatewayProcess(lampSite(20));
    await gateway.start();
    const load = startLoad({ url: gateway.mqttUrl, site: 'yard', devices: 20, perSecond: 20 });
    await until('under load', () => load.ledger().length > 200, 30_000);
    const ending = gateway.stop();
    // Closing takes some 40 ms: asked every 20 whether it has begun, one would often come too late.
    const began = performance.now();
    while (!gateway.output().includes('"stopping"')) {
      expect(performance.now() - began).toBeLessThan(10_000);
      await nextTurn();
    }
    await gateway.stop();
    // No code: the second signal came when all was done, and Node itself was about to leave.
    expect([0, null]).toContain(await ending);
    expect(gateway.output()).toContain('"stopped"');
    expect(existsSync(`${gateway.dir}/store/courtyard.db-wal`)).toBe(false);
    await load.stop(0).catch(() => undefined); // as above
    expect(await starts(gateway)).toEqual(['started', 'stopped']);
  });
});

describe('a gateway that is killed', () => {
  it('finds its alarm and its ticket again, neither lost nor doubled', async () => {
    const gateway = await gatewayProcess(LINK_SITE);
    await gateway.start();
    await fill(gateway, 0);
    await until('an alarm', async () => (await alarms(gateway)).length > 0);
    const [alarm, ticket] = [(await alarms(gateway))[0], (await tickets(gateway))[0]];
    for (let kill = 1; kill <= 3; kill += 1) {
      await gateway.kill();
      await gateway.start();
      // The bin is still full: the same condition, heard again, is no second alarm.
      await fill(gateway, kill);
      expect(await alarms(gateway)).toEqual([alarm]);
      expect(await tickets(gateway)).toEqual([ticket]);
    }
    expect(await gateway.stop()).toBe(0);
    expect(await starts(gateway)).toEqual(['started', 'started', 'started', 'started', 'stopped']);
  });

  it('raises, once, the alarm that fell due while it was away', async () => {
    const gateway = await gatewayProcess(LINK_SITE);
    await gateway.start();
    await fill(gateway, 0);
    await gateway.kill(); // within the second that the rule holds for, or just after it
    await gateway.start();
    await until('an alarm', async () => (await alarms(gateway)).length > 0);
    await fill(gateway, 1);
    expect(await alarms(gateway)).toHaveLength(1);
    expect(await tickets(gateway)).toHaveLength(1);
  });
});

const starts = async (gateway: GatewayProcess): Promise<string[]> =>
  (await stored(`${gateway.dir}/store`, 'gateway')).map(({ event }) => event);

const alarms = (gateway: GatewayProcess) => gateway.get<AlarmView[]>('/api/v1/alarms?state=all');
const tickets = (gateway: GatewayProcess) => gateway.get<TicketView[]>('/api/v1/tickets?state=all');

/** 50 mm under the sensor, acknowledged: the bin is more than full. */
async function fill(gateway: GatewayProcess, seq: number): Promise<void> {
  const client = await connectAsync(gateway.mqttUrl, { clientId: 'k2' });
  const payload = JSON.stringify({ seq, distance: 230 + seq });
  await client.publishAsync('courtyard/yard/k2/telemetry', payload, { qos: 1 });
  await client.endAsync();
}

function lampSite(count: number): string {
  const lamps = loadDevices(count);
  return `version: 1
site: { id: yard, name: Yard, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
http: { port: HTTP_PORT }
store: { dir: DIR/store }
sources:
  - { id: broker, kind: mqtt-broker, host: 127.0.0.1, port: MQTT_PORT }
circuits:
  - { id: c1, name: Circuit, lamps: [${lamps.map((id) => `{ id: ${id}, name: ${id}, nominalW: 30 }`).join(', ')}] }
devices:
${lamps.map((id) => `  - { id: ${id}, source: broker, decoder: courtyard-json, asset: ${id} }`).join('\n')}
rules: []
`;
}
