// `courtyard demo`: the whole product on one machine, with a simulated site behind real wires: a
// pseudo-terminal and MQTT. The simulator is a process of its own and knows nothing of the gateway.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { App } from '../app.ts';
import type { Site, SourceSettings } from '../site/site.ts';
import { openLogger } from './logger.ts';
import { startGateway } from './run.ts';
import { EXIT, type Shell } from './shell.ts';
import { loadOrComplain } from './site-file.ts';

export interface DemoOptions {
  readonly port: string;
  readonly mqttPort: string;
  readonly dir: string;
  readonly scenario?: string;
  readonly pace: string;
  readonly logLevel?: string;
}

interface DemoPlaces {
  /** Everything that the demo writes is in here. */
  readonly dir: string;
  readonly pty: string;
  readonly control: string;
}

export async function demo(shell: Shell, options: DemoOptions): Promise<void> {
  const file = path.join(shell.home, 'config/site.demo.yaml');
  const places = placesIn(path.resolve(shell.cwd, options.dir));
  const ports = { http: portOf(options.port), mqtt: portOf(options.mqttPort) };
  if (ports.http === undefined || ports.mqtt === undefined) {
    shell.complain('courtyard demo: --port and --mqtt-port take a number from 0 to 65535');
    shell.leave(EXIT.usage);
    return;
  }
  const written = loadOrComplain(shell, file);
  if (!written) return;
  mkdirSync(places.dir, { recursive: true });
  const site = sited(written, places, { http: ports.http, mqtt: ports.mqtt });
  const logger = openLogger(shell, options.logLevel ?? 'warn');
  const { app, url } = await startGateway(shell, site, logger);
  const simulator = startSimulator(shell, options, { places, broker: brokerUrl(app) });
  for (const line of welcome(url, app, places)) shell.say(line);
  const ended = await Promise.race([shell.stopped, ending(simulator)]);
  if (ended.startsWith('the simulator')) {
    shell.complain(`courtyard demo: ${ended}`);
    shell.leave(EXIT.fault);
  }
  await closed(simulator);
  await app.stop();
  shell.say('Stopped.');
}

function portOf(text: string): number | undefined {
  const port = Number(text);
  return /^\d+$/.test(text) && port <= 65_535 ? port : undefined;
}

const placesIn = (dir: string): DemoPlaces => ({
  dir,
  pty: path.join(dir, 'bins-line'),
  control: path.join(dir, 'sim.sock'),
});

/** The demo's site file with this run's folder and ports in it. */
function sited(site: Site, places: DemoPlaces, ports: { http: number; mqtt: number }): Site {
  const wired = (source: SourceSettings): SourceSettings =>
    source.kind === 'serial' ? { ...source, path: places.pty } : { ...source, port: ports.mqtt };
  return {
    ...site,
    http: { ...site.http, port: ports.http },
    store: { ...site.store, dir: path.join(places.dir, 'store') },
    sources: site.sources.map(wired),
  };
}

function brokerUrl(app: App): string {
  const [broker] = [...app.brokers().values()];
  return `mqtt://${broker?.host ?? '127.0.0.1'}:${broker?.port ?? 1883}`;
}

function startSimulator(
  shell: Shell,
  options: DemoOptions,
  { places, broker }: { places: DemoPlaces; broker: string },
): ChildProcess {
  const scenario = options.scenario === undefined ? [] : ['--scenario', options.scenario];
  const wires = ['--mqtt', broker, '--pty', places.pty, '--control', places.control];
  return spawn(
    shell.node,
    [shell.simulator, ...wires, '--every', '5s', '--pace', options.pace, ...scenario],
    // Its own process group, so that Ctrl-C reaches it through us and in order.
    { stdio: ['ignore', 'inherit', 'inherit'], detached: true },
  );
}

const ending = (simulator: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    simulator.once('error', (error) => resolve(`the simulator did not start: ${error.message}`));
    simulator.once('exit', (code) => resolve(`the simulator ended (${code})`));
  });

async function closed(simulator: ChildProcess): Promise<void> {
  if (simulator.exitCode !== null || simulator.signalCode !== null) return;
  const exit = ending(simulator);
  simulator.kill('SIGTERM');
  await exit;
}

function welcome(url: string, app: App, places: DemoPlaces): string[] {
  const sim = `bin/courtyard sim --control ${places.control}`;
  return [
    '',
    'Courtyard demo: one compound, simulated; every reading on the screens is made up.',
    '',
    `  start page   ${url}/`,
    ...[...app.desk.site().stations].map(
      (station) => `  kiosk        ${url}/kiosk/${station.id}   ${station.name}`,
    ),
    `  engineer     ${url}/engineer`,
    `  API          ${url}/openapi.json`,
    `  MQTT         ${brokerUrl(app)}`,
    `  accounts     none yet: only this machine can reach the demo, and whoever does is the engineer`,
    `  state        ${places.dir}`,
    '',
    'In a second terminal, make something happen:',
    `  ${sim} do overflow          a bin fills up; a ticket opens`,
    `  ${sim} do circuit-dies      six lamps, one ticket`,
    `  ${sim} do cable-pulled      the serial line is gone, and comes back`,
    `  ${sim} --help               what else there is`,
    '',
    'Ctrl-C stops it.',
    '',
  ];
}
