// `courtyard demo`: the whole product on one machine, with a simulated site behind real wires: a
// pseudo-terminal and MQTT. The simulator is a process of its own and knows nothing of the gateway.
import { mkdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import type { App } from '../app.ts';
import { Fault } from '../domain/fault.ts';
import { systemClock } from '../ops/system-clock.ts';
import type { Site, SourceSettings } from '../site/site.ts';
import { seedHistory } from './demo-history.ts';
import { DEMO_PASSWORD, DEMO_PEOPLE, seedPeople } from './demo-people.ts';
import { seedBoard } from './demo-posts.ts';
import { openLogger } from './logger.ts';
import { openGateway } from './run.ts';
import { EXIT, type Shell } from './shell.ts';
import { startSimulator, type DemoTrouble } from './simulator.ts';
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

interface DemoPorts {
  readonly http: number;
  readonly mqtt: number;
}

export async function demo(shell: Shell, options: DemoOptions): Promise<void> {
  const file = path.join(shell.home, 'config/site.demo.yaml');
  const places = placesIn(path.resolve(shell.cwd, options.dir));
  const ports = await portsOf(options);
  if (!ports) {
    shell.complain('courtyard demo: --port and --mqtt-port take a number from 0 to 65535');
    shell.leave(EXIT.usage);
    return;
  }
  const written = loadOrComplain(shell, file);
  if (!written) return;
  mkdirSync(places.dir, { recursive: true });
  const site = sited(written, places, ports);
  const level = options.logLevel ?? shell.env['COURTYARD_LOG_LEVEL'] ?? 'warn';
  const logger = openLogger(shell, level);
  const app = await openGateway(shell, site, { logger, visitors: 'engineer' });
  const broker = `mqtt://127.0.0.1:${ports.mqtt}`;
  const simulator = startSimulator(shell, { ...options, ...places, broker });
  try {
    const { ledger } = app.store;
    await seedHistory(shell, { site, ledger, dir: places.dir, now: systemClock.now() });
    // Its cable is in before the gateway looks for it.
    let trouble = (await simulator.plugged()) ?? (await start(app, ports));
    if (!trouble) {
      await seedPeople(app.desk);
      await seedBoard(app.desk, { place: site.compound.place, now: systemClock.now() });
      for (const line of welcome(`http://127.0.0.1:${ports.http}`, app, places)) shell.say(line);
      trouble = await Promise.race([shell.stopped.then(() => undefined), simulator.ended]);
    }
    if (trouble) {
      shell.complain(`courtyard demo: ${trouble.words}`);
      shell.leave(trouble.code);
    }
  } finally {
    // The gateway first: the end of the demo is no outage of its sensors.
    await app.stop();
    await simulator.stop();
  }
  shell.say('Stopped.');
}

/** Undefined where one is no port; 0 becomes one that is free, so that both sides can be told. */
async function portsOf({ port, mqttPort }: DemoOptions): Promise<DemoPorts | undefined> {
  const [http, mqtt] = [portOf(port), portOf(mqttPort)];
  if (http === undefined || mqtt === undefined) return undefined;
  return { http: http || (await freePort()), mqtt: mqtt || (await freePort()) };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** A gateway would try again for ever to get its broker's port; a visitor wants to know now. */
async function start(app: App, ports: DemoPorts): Promise<DemoTrouble | undefined> {
  try {
    await app.start();
    const hasBroker = ![...app.brokers().values()].includes(undefined);
    return hasBroker ? undefined : taken(ports.mqtt, '--mqtt-port');
  } catch (error) {
    if (error instanceof Fault && error.code === 'listen-failed')
      return taken(ports.http, '--port');
    throw error;
  }
}

const taken = (port: number, flag: string): DemoTrouble => ({
  words: `another program holds port ${port}; choose another with ${flag}, or ${flag} 0 for any free one`,
  code: EXIT.fault,
});

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
function sited(site: Site, places: DemoPlaces, ports: DemoPorts): Site {
  const wired = (source: SourceSettings): SourceSettings => {
    if (source.kind === 'serial') return { ...source, path: places.pty };
    return source.kind === 'mqtt-broker' ? { ...source, port: ports.mqtt } : source;
  };
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
    ...[...app.desk.site().stations]
      .slice(0, 1)
      .map(({ id }) => `  resident     ${url}/r/${id}   what a label’s code opens on a phone`),
    `  engineer     ${url}/engineer`,
    `  review       ${url}/manager   with a year of simulated history`,
    `  API          ${url}/openapi.json`,
    `  MQTT         ${brokerUrl(app)}   letters to people: courtyard/+/notices/#`,
    `  accounts     ${DEMO_PEOPLE.map(({ id }) => id).join(', ')}`,
    `               each signs in at ${url}/signin with the password: ${DEMO_PASSWORD}`,
    `               only this machine can reach the demo; whoever does not sign in is the engineer`,
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
