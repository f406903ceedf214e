// `courtyard doctor`: is everything that the gateway stands on as it should be? One line each, with
// its cure. Exit 0 fine (or only warnings), 1 a fault, 3 where all that is wrong does not answer.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Fault } from '../domain/fault.ts';
import { examine, type Patient, type StoreFacts } from '../ops/doctor.ts';
import type { Finding } from '../ops/finding.ts';
import type { Door } from '../ops/look-net.ts';
import { systemClock } from '../ops/system-clock.ts';
import { createInfluxDatabase } from '../sinks/influx-database.ts';
import type { Site } from '../site/site.ts';
import { DATABASE } from '../store/connection.ts';
import { photosOfStore } from '../store/photo-files.ts';
import { inspectStore, knowsFormat } from '../store/snapshot.ts';
import { holdFolder } from '../store/store-folder.ts';
import { EXIT, type ExitCode, type Shell } from './shell.ts';
import { loadOrComplain } from './site-file.ts';

export interface DoctorOptions {
  readonly config: string;
  readonly json?: boolean;
}

export async function doctor(shell: Shell, options: DoctorOptions): Promise<void> {
  const site = loadOrComplain(shell, options.config);
  if (!site) return;
  const findings = await examine(patientOf(shell, site));
  shell.leave(exitOf(findings));
  if (options.json) {
    shell.say(JSON.stringify({ ok: exitOf(findings) === EXIT.ok, findings }));
    return;
  }
  for (const finding of findings) for (const line of inWords(finding)) shell.say(line);
}

function patientOf(shell: Shell, site: Site): Patient {
  const { influx } = site;
  const storeDir = path.resolve(shell.cwd, site.store.dir);
  return {
    now: systemClock.now(),
    home: shell.home,
    node: shell.node[0],
    storeDir,
    gateway: isHeld(storeDir) ? 'running' : 'stopped',
    serial: site.sources.filter((source) => source.kind === 'serial'),
    doors: doorsOf(site),
    beyond: beyondOf(site),
    inspectStore: () => storeFacts(storeDir),
    ...(influx && { pingInflux: () => createInfluxDatabase(influx).ping() }),
  };
}

const doorsOf = ({ http, sources }: Site): Door[] => [
  { about: 'HTTP', ...http },
  ...sources
    .filter((source) => source.kind === 'mqtt-broker')
    .map(({ id, host, port }) => ({ about: `broker ${id}`, host, port })),
];

const beyondOf = ({ sources }: Site): Door[] =>
  sources.flatMap((source) =>
    'url' in source && typeof source.url === 'string'
      ? [{ about: `broker ${source.id}`, ...addressIn(source.url) }]
      : [],
  );

/** MQTT's own ports where the address names none. */
const PORTS: Readonly<Record<string, number>> = { 'mqtt:': 1883, 'mqtts:': 8883, 'ws:': 80 };

function addressIn(address: string): { readonly host: string; readonly port: number } {
  const { hostname, port, protocol } = new URL(address);
  return { host: hostname, port: port === '' ? (PORTS[protocol] ?? 443) : Number(port) };
}

function storeFacts(dir: string): StoreFacts | undefined {
  const file = path.join(dir, DATABASE);
  if (!existsSync(file)) return undefined;
  const inspection = inspectStore(file, 'quick');
  const { missing } = inspection.damage.length === 0 ? photosOfStore(dir) : { missing: [] };
  return { ...inspection, isKnownFormat: knowsFormat(inspection.format), photosMissing: missing };
}

/** A folder that is not there is held by nobody, and is not made by looking. */
function isHeld(dir: string): boolean {
  if (!existsSync(path.join(dir, DATABASE))) return false;
  try {
    holdFolder(dir).release();
    return false;
  } catch (error) {
    if (error instanceof Fault && error.code === 'store-in-use') return true;
    throw error;
  }
}

const exitOf = (findings: readonly Finding[]): ExitCode => {
  if (findings.some(({ verdict }) => verdict === 'fault')) return EXIT.fault;
  return findings.some(({ verdict }) => verdict === 'unreachable') ? EXIT.unreachable : EXIT.ok;
};

const MARKS = { ok: 'ok   ', warn: 'warn ', fault: 'FAULT', unreachable: 'FAULT' } as const;

const inWords = ({ about, verdict, says, cure }: Finding): string[] => [
  `${MARKS[verdict]}  ${about}: ${says}`,
  ...(cure === undefined ? [] : [`         → ${cure}`]),
];
