// The whole gateway and a client like Home Assistant's, over a real connection.
import { connectAsync } from 'mqtt';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { openApp } from '../../gateway/app.ts';
import { DECODERS } from '../../gateway/decode/index.ts';
import { loadSite } from '../../gateway/site/load.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { wallClock } from '../fakes/wall-clock.ts';
import { freePort, until } from '../tools.ts';

const YAML = `version: 1
site: { id: luyuan, name: 绿苑小区, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
http: { port: HTTP_PORT }
homeAssistant: { enabled: true }
sources:
  - { id: broker, kind: mqtt-broker, port: MQTT_PORT }
stations:
  - { id: k1, name: 1号投放点, bins: [{ id: k1-wet, stream: wet, position: 1, emptyMm: 1000, fullMm: 200 }] }
devices:
  - { id: k1, source: broker, decoder: courtyard-json, asset: k1-wet, every: 60s }
`;

it('a reading that comes in over MQTT goes out as a state that Home Assistant finds', async () => {
  const [http, mqtt] = [await freePort(), await freePort()];
  const { site } = loadSite(YAML.replace('HTTP_PORT', `${http}`).replace('MQTT_PORT', `${mqtt}`), {
    file: 'told.yaml',
    decoders: DECODERS.map(({ name }) => name),
    readSecret: () => ({ kind: 'missing' }),
  });
  if (!site) throw new Error('the site file is wrong');
  const app = await openApp({
    site,
    version: '1.2.3',
    clock: wallClock(),
    logger: pino({ enabled: false }),
    random: () => 0.5,
    openStore: async () => memoryStore(),
  });
  const { url } = await app.start();
  let isStopped = false;
  const stop = async (): Promise<void> => {
    if (!isStopped) await app.stop();
    isStopped = true;
  };
  onTestFinished(stop);

  const client = await connectAsync(`mqtt://127.0.0.1:${mqtt}`, { reconnectPeriod: 0 });
  onTestFinished(() => client.endAsync(true));
  const heard = new Map<string, string>();
  const times = new Map<string, number>();
  client.on('message', (topic, payload) => {
    heard.set(topic, payload.toString());
    times.set(topic, (times.get(topic) ?? 0) + 1);
  });
  await client.subscribeAsync(['courtyard/luyuan/#', 'homeassistant/#'], { qos: 1 });
  await client.publishAsync('courtyard/luyuan/k1/telemetry', '{"seq":1,"distance":600}', {
    qos: 1,
  });

  const asset = 'courtyard/luyuan/assets/k1-wet';
  const config = 'homeassistant/device/courtyard_luyuan_k1-wet/config';
  await until('the state is told', () => heard.get(asset)?.includes('"fill":0.5') ?? false);
  await until(
    'its entity is described',
    () => heard.get(config)?.includes('value_json.fill') ?? false,
  );
  expect(JSON.parse(heard.get('courtyard/luyuan/bridge/state') ?? '')).toEqual({ state: 'online' });
  expect(JSON.parse(heard.get('courtyard/luyuan/bridge/health') ?? '')).toMatchObject({
    ready: true,
    sources: { broker: 'up' },
  });

  const before = times.get(config) ?? 0;
  await client.publishAsync('homeassistant/status', 'online', { qos: 1 });
  await until('it is described again', () => (times.get(config) ?? 0) > before);
  expect(await app.store.books.rejections(10)).toEqual([]);

  const page = await (await fetch(`${url}/metrics`)).text();
  expect(page).toContain('courtyard_source_heard_total{source="broker"}');
  expect(page).toContain('courtyard_live_viewers 0');
  expect(page).toContain('courtyard_fold_behind_records 0');

  await stop();
  await until(
    'its last word is heard',
    () => heard.get('courtyard/luyuan/bridge/state') === '{"state":"offline"}',
  );
});
