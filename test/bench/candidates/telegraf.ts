// Telegraf behind mosquitto, where it is on the path: it copies to InfluxDB and tells no alerts.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { startProgram } from '../program.ts';
import { BENCH_SITE_ID } from '../site.ts';
import type { Candidate, Running, Surroundings } from './candidate.ts';
import { startBroker } from './mosquitto.ts';

export const telegraf: Candidate = {
  name: 'Telegraf',
  key: 'telegraf',
  isBeside: true,
  version: () => execFileSync('telegraf', ['--version'], { encoding: 'utf8' }).trim(),
  beginAt: 6_000,
  start,
};

export function hasTelegraf(): boolean {
  try {
    telegraf.version();
    return true;
  } catch {
    return false;
  }
}

async function start({ folder, influx }: Surroundings): Promise<Running> {
  const broker = await startBroker(folder);
  const config = path.join(folder, 'telegraf.conf');
  writeFileSync(config, configOf(broker.port, influx));
  const program = await startProgram(['telegraf', '--config', config], {
    isReady: (output) => output.includes('Connected ['),
  });
  return {
    mqttUrl: `mqtt://127.0.0.1:${broker.port}`,
    pids: [program.pid, broker.pid],
    tellsAlerts: false,
    output: program.output,
    async stop() {
      await program.stop();
      await broker.stop();
    },
  };
}

/** Its usual batch of 1,000; flushed every second, and acknowledged after it is written. */
const configOf = (mqttPort: number, influx: Surroundings['influx']): string => `
[agent]
  interval = "1s"
  flush_interval = "1s"
  metric_batch_size = 1000
  metric_buffer_limit = 1000000
  omit_hostname = true
[[inputs.mqtt_consumer]]
  servers = ["tcp://127.0.0.1:${mqttPort}"]
  topics = ["courtyard/${BENCH_SITE_ID}/+/telemetry"]
  qos = 1
  max_undelivered_messages = 10000
  name_override = "lamp"
  topic_tag = ""
  data_format = "json"
  [[inputs.mqtt_consumer.topic_parsing]]
    topic = "courtyard/+/+/telemetry"
    tags = "_/site/asset/_"
[[processors.rename]]
  [[processors.rename.replace]]
    field = "energy"
    dest = "energy_kwh"
[[outputs.influxdb]]
  urls = ["${influx.url}"]
  database = "${influx.database}"
  skip_database_creation = true
`;
