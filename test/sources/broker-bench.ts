// A broker on a free port with an intake that the test answers, and clients that speak to it.
import { connectAsync } from 'mqtt';
import type { IClientOptions, MqttClient } from 'mqtt';
import { onTestFinished } from 'vitest';
import type { BrokerSource } from '../../gateway/sources/broker.ts';
import { createBrokerSource } from '../../gateway/sources/broker.ts';
import type { BrokerProfile } from '../../gateway/sources/broker-rights.ts';
import type { DeviceTokens } from '../../gateway/sources/device-tokens.ts';
import type { HandIntake } from '../fakes/hand-intake.ts';
import { handIntake } from '../fakes/hand-intake.ts';
import type { KeptLog } from '../fakes/kept-log.ts';
import { keptLog } from '../fakes/kept-log.ts';
import { wallClock } from '../fakes/wall-clock.ts';
import { mqttDevice } from '../fakes/mqtt-device.ts';

export interface Bench {
  readonly broker: BrokerSource;
  readonly intake: HandIntake;
  readonly log: KeptLog;
  readonly port: number;
  readonly connect: (options?: IClientOptions) => Promise<MqttClient>;
}

export const TELEMETRY = 'courtyard/luyuan/k1/telemetry';
export const STATUS = 'courtyard/luyuan/k1/status';

/** Of three devices: k1 is open, lamp-07 has a secret, tasmota has a topic of its own. */
export const SITE = {
  siteId: 'luyuan',
  devices: new Map([
    mqttDevice('k1'),
    mqttDevice('lamp-07', { secret: 'opensesame' }),
    mqttDevice('tasmota', { topic: 'tele/plug/SENSOR' }),
  ]),
};

export interface BenchSetup {
  readonly port?: number;
  readonly profile?: BrokerProfile;
  /** Where it listens; it is spoken to on 127.0.0.1 all the same. */
  readonly host?: string;
  readonly tokens?: DeviceTokens;
}

export async function startBench(
  mode: 'at once' | 'by hand',
  { port = 0, profile = 'site', host = '127.0.0.1', tokens }: BenchSetup = {},
): Promise<Bench> {
  const intake = handIntake(mode);
  const log = keptLog();
  const around = { intake, log, clock: wallClock(20), site: SITE, ...(tokens && { tokens }) };
  const broker = createBrokerSource({ id: 'broker', host, port, profile }, around);
  await broker.start();
  onTestFinished(async () => {
    intake.answerAll();
    await broker.stop();
  });
  return {
    broker,
    intake,
    log,
    port: broker.address()?.port ?? 0,
    async connect(options = {}) {
      const url = `mqtt://127.0.0.1:${broker.address()?.port}`;
      const client = await connectAsync(url, { reconnectPeriod: 0, ...options });
      client.on('error', () => {}); // a test looks at what it expects: closed, refused
      onTestFinished(async () => {
        await client.endAsync(true);
      });
      return client;
    },
  };
}
