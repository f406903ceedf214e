// The doctor looks at everything that the gateway stands on and changes nothing. Each look is on
// its own: one that cannot be had is a finding and takes no other along.
import type { Instant } from '../domain/time.ts';
import { fault, ok, unreachable, warn, type Finding } from './finding.ts';
import { lookAtSpace, lookAtSync } from './look-disk.ts';
import { lookAtClock, lookAtNode, lookAtPower, lookAtScreens } from './look-machine.ts';
import { lookAtDoor, lookBeyond, type Door } from './look-net.ts';
import { lookAtSerial, type GatewayState, type SerialPlace } from './look-serial.ts';

/** All that the doctor is told of the site; the command reads it out of the site file. */
export interface Patient {
  readonly now: Instant;
  readonly home: string;
  /** The Node that runs us. */
  readonly node: string;
  readonly storeDir: string;
  readonly gateway: GatewayState;
  readonly serial: readonly SerialPlace[];
  /** Doors that the gateway opens. */
  readonly doors: readonly Door[];
  /** Doors of others that it goes through. */
  readonly beyond: readonly Door[];
  /** Undefined where there is no store yet. */
  readonly inspectStore: () => StoreFacts | undefined;
  /** Asks the InfluxDB of the site file; absent where there is none. */
  readonly pingInflux?: () => Promise<InfluxFacts>;
}

export interface StoreFacts {
  readonly format: number;
  readonly isKnownFormat: boolean;
  readonly records: number;
  readonly damage: readonly string[];
  /** Photos whose file is gone or is not what was written. */
  readonly photosMissing?: readonly string[];
}

type InfluxFacts =
  | { readonly kind: 'answered'; readonly version: string; readonly tookMs: number }
  | { readonly kind: 'silent' };

export async function examine(patient: Patient): Promise<Finding[]> {
  const { storeDir, gateway } = patient;
  const looks: (readonly [about: string, look: () => Promise<Finding | undefined> | Finding])[] = [
    ['Node', () => lookAtNode(patient.node)],
    ['screens', () => lookAtScreens(patient.home)],
    ['clock', () => lookAtClock(patient.now)],
    ['power and heat', lookAtPower],
    ['disk space', () => lookAtSpace(storeDir)],
    ['disk honesty', () => lookAtSync(storeDir)],
    ['store', () => storeFinding(patient)],
    ...patient.serial.map(
      (place) => [`serial port ${place.id}`, () => lookAtSerial(place, gateway)] as const,
    ),
    ...patient.doors.map((door) => [door.about, () => lookAtDoor(door, gateway)] as const),
    ...patient.beyond.map((door) => [door.about, () => lookBeyond(door)] as const),
    ['InfluxDB', () => influxFinding(patient)],
  ];
  const findings = await Promise.all(looks.map(([about, look]) => surely(about, look)));
  return findings.filter((finding) => finding !== undefined);
}

async function surely(
  about: string,
  look: () => Promise<Finding | undefined> | Finding,
): Promise<Finding | undefined> {
  try {
    return await look();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return warn(about, `could not be looked at: ${why}`, 'Run the doctor as the gateway’s user.');
  }
}

function storeFinding({ inspectStore, gateway, storeDir }: Patient): Finding {
  const about = 'store';
  const facts = inspectStore();
  if (!facts) return ok(about, `none in ${storeDir} yet; the first start makes it`);
  const { format, isKnownFormat, records, damage } = facts;
  if (damage.length > 0)
    return fault(
      about,
      damage.slice(0, 3).join('; '),
      'Stop the gateway and `courtyard restore` the last backup.',
    );
  if (!isKnownFormat)
    return fault(
      about,
      `format ${format} is newer than this version`,
      'Start the newer version again.',
    );
  const missing = facts.photosMissing ?? [];
  if (missing.length > 0)
    return warn(
      about,
      `sound, but ${missing.length} photos of tickets are gone: ${missing.slice(0, 3).join(', ')}`,
      'Copy them back from the folder beside a backup, `<backup>.photos`, to `photos` in the store.',
    );
  return ok(about, `${records} records, sound, format ${format}, gateway ${gateway}`);
}

async function influxFinding({ pingInflux }: Patient): Promise<Finding | undefined> {
  if (!pingInflux) return undefined;
  const answer = await pingInflux();
  return answer.kind === 'answered'
    ? ok(
        'InfluxDB',
        `version ${answer.version || 'unknown'} answers in ${Math.round(answer.tookMs)} ms`,
      )
    : unreachable(
        'InfluxDB',
        'no answer',
        'Is it running, and is influx.url right? Nothing is lost: the gateway sends later.',
      );
}
