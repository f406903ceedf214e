// Node-RED with its InfluxDB node behind mosquitto, in flows that are committed in `peers/`:
//   as drawn   one node after the other, each message a request of its own
//   batched    the batch node with fixed settings, a join node, the InfluxDB batch node
//   by hand    all of that in one function's JavaScript: a program rather than a flow
// Installed from npm into a cache of the bench's own; the product does not depend on it.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort, ROOT } from '../../tools.ts';
import { LEAK_LIMIT } from '../lamp-messages.ts';
import type { Program } from '../program.ts';
import { startProgram } from '../program.ts';
import { BENCH_SITE_ID } from '../site.ts';
import type { Candidate, Running, Surroundings } from './candidate.ts';
import { startBroker } from './mosquitto.ts';

const PACKAGES = { 'node-red': '5.0.7', 'node-red-contrib-influxdb': '0.7.0' } as const;
export const CACHE = path.join(ROOT, 'node_modules/.cache/courtyard-bench');
const HOME = path.join(CACHE, 'node-red');

export const nodeRedBatched = nodeRed('node-red-batched.json', {
  name: 'Node-RED, batched',
  key: 'batched',
  beginAt: 13_000,
});
export const nodeRedByHand = nodeRed('node-red-by-hand.json', {
  name: 'Node-RED, by hand',
  key: 'by-hand',
  isBeside: true,
  beginAt: 18_000,
});
export const nodeRedAsDrawn = nodeRed('node-red-as-drawn.json', {
  name: 'Node-RED, as drawn',
  key: 'drawn',
  isSlow: true,
  beginAt: 3_500,
});

/** Asks npm only for what is not there; without a network what was installed before is taken. */
export function installNodeRed(): void {
  const missing = Object.entries(PACKAGES).filter(([name, wanted]) => installed(name) !== wanted);
  if (missing.length === 0) return;
  mkdirSync(HOME, { recursive: true });
  writeFileSync(path.join(HOME, 'package.json'), '{ "private": true }\n');
  const wanted = Object.entries(PACKAGES).map(([name, version]) => `${name}@${version}`);
  const how = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel', 'error'];
  execFileSync('npm', ['install', ...how, ...wanted], { cwd: HOME, stdio: 'inherit' });
}

function installed(name: string): string | undefined {
  const file = path.join(HOME, 'node_modules', name, 'package.json');
  if (!existsSync(file)) return undefined;
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

function nodeRed(flow: string, facts: Omit<Candidate, 'version' | 'start'>): Candidate {
  return {
    ...facts,
    version: () =>
      Object.keys(PACKAGES)
        .map((each) => `${each} ${installed(each)}`)
        .join(', '),
    start: (around) => start(flow, around),
  };
}

async function start(flow: string, around: Surroundings): Promise<Running> {
  const { folder, influx, alertUrl } = around;
  const broker = await startBroker(folder);
  const flows = path.join(folder, 'flows.json');
  copyFileSync(path.join(ROOT, 'test/bench/peers', flow), flows);
  const settings = path.join(folder, 'settings.cjs');
  writeFileSync(settings, `module.exports = ${JSON.stringify(await settingsOf(flows))};\n`);
  const main = path.join(HOME, 'node_modules/node-red/red.js');
  const command = [process.execPath, main, '--settings', settings, '--userDir', folder];
  let program: Program;
  try {
    program = await startProgram(command, {
      env: environment({ mqttPort: broker.port, influx, alertUrl }),
      isReady: (output) => output.includes('Connected to broker'),
    });
  } catch (error) {
    await broker.stop();
    throw error;
  }
  return {
    mqttUrl: `mqtt://127.0.0.1:${broker.port}`,
    pids: [program.pid, broker.pid],
    tellsAlerts: true,
    output: program.output,
    async stop() {
      await program.stop();
      await broker.stop();
    },
  };
}

/** The flow files say `${NAME}` where these go. */
function environment({
  mqttPort,
  influx,
  alertUrl,
}: Pick<Surroundings, 'influx' | 'alertUrl'> & { readonly mqttPort: number }) {
  const { hostname, port } = new URL(influx.url);
  return {
    MQTT_PORT: `${mqttPort}`,
    MQTT_TOPIC: `courtyard/${BENCH_SITE_ID}/+/telemetry`,
    INFLUX_HOST: hostname,
    INFLUX_PORT: port,
    INFLUX_DATABASE: influx.database,
    ALERT_URL: alertUrl,
    LEAK_LIMIT: `${LEAK_LIMIT}`,
  };
}

const settingsOf = async (flowFile: string) => ({
  flowFile,
  uiHost: '127.0.0.1',
  uiPort: await freePort(),
  // Otherwise it would ask the network whether there is a newer one.
  telemetry: { enabled: false, updateNotification: false },
  externalModules: { palette: { allowInstall: false } },
  logging: { console: { level: 'info', metrics: false, audit: false } },
});
