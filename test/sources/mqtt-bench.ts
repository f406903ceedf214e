// The gateway as a client of a broker elsewhere, with an intake that the test answers.
import { connectAsync } from 'mqtt';
import type { IClientOptions, MqttClient } from 'mqtt';
import { onTestFinished } from 'vitest';
import type { Device } from '../../gateway/domain/asset.ts';
import { minutes, seconds } from '../../gateway/domain/time.ts';
import type { MqttSettings } from '../../gateway/sources/mqtt.ts';
import { createMqttSource } from '../../gateway/sources/mqtt.ts';
import type { Source } from '../../gateway/sources/source.ts';
import { handIntake, type HandIntake } from '../fakes/hand-intake.ts';
import { keptLog, type KeptLog } from '../fakes/kept-log.ts';
import { wallClock } from '../fakes/wall-clock.ts';

export interface MqttBench {
  readonly source: Source;
  readonly intake: HandIntake;
  readonly log: KeptLog;
  readonly states: () => string[];
}

const device = (id: string, more: Partial<Device> = {}): [string, Device] => [
  id,
  {
    id,
    source: 'upstream',
    decoder: 'courtyard-json',
    decoderOptions: {},
    assets: new Map(),
    every: minutes(1),
    ...more,
  },
];

/** Of two devices: k1 speaks natively, plug has a topic of its own. */
const SITE = {
  siteId: 'luyuan',
  devices: new Map([device('k1'), device('plug', { topic: 'tele/plug/SENSOR' })]),
};

export function mqttBench(
  url: string,
  mode: 'at once' | 'by hand' = 'at once',
  settings: Partial<MqttSettings> = {},
): MqttBench {
  const intake = handIntake(mode);
  const log = keptLog();
  const source = createMqttSource(
    { id: 'upstream', url, topics: [], keepAlive: seconds(30), ...settings },
    { intake, log, clock: wallClock(20), site: SITE },
  );
  onTestFinished(async () => {
    intake.answerAll();
    await source.stop();
  });
  return { source, intake, log, states: () => intake.links.map((change) => change.state) };
}

/** A sensor that publishes to the broker elsewhere. */
export async function sensor(url: string, options: IClientOptions = {}): Promise<MqttClient> {
  const client = await connectAsync(url, { reconnectPeriod: 50, ...options });
  client.on('error', () => {}); // the broker is killed under it
  onTestFinished(async () => {
    await client.endAsync(true);
  });
  return client;
}
