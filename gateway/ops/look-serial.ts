// Serial ports as the kernel shows them: is the device there, may we open it, does somebody hold
// it. Nothing is opened: opening a port raises DTR, and that resets half of all boards.
import {
  accessSync,
  constants,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
} from 'node:fs';
import { statSync } from 'node:fs';
import { fault, ok, unreachable, warn, type Finding } from './finding.ts';

export interface SerialPlace {
  readonly id: string;
  readonly path: string;
}

/** A gateway that runs holds its ports; then somebody's holding them is as it should be. */
export type GatewayState = 'running' | 'stopped';

/** Numbered in the order of plugging in, so another after the next power cut. */
const RENUMBERED = /^\/dev\/tty(?:USB|ACM)\d+$/;

export function lookAtSerial({ id, path }: SerialPlace, gateway: GatewayState): Finding {
  const about = `serial port ${id}`;
  const device = realOf(path);
  if (device === undefined)
    return unreachable(
      about,
      `${path} is not there`,
      'Plug it in; `ls -l /dev/serial/by-id` lists what is.',
    );
  if (!statSync(device).isCharacterDevice())
    return fault(
      about,
      `${path} is no device`,
      'Name one of `ls /dev/serial/by-id` in the site file.',
    );
  if (!mayUse(device))
    return fault(
      about,
      `${path} may not be read and written by this user`,
      `sudo usermod -aG ${groupOf(device)} "$USER", then log in again (or restart the unit).`,
    );
  const holder = holderOf(device);
  if (holder && gateway === 'stopped')
    return fault(
      about,
      `${path} is held by ${holder}`,
      'Stop that program, then start the gateway.',
    );
  if (RENUMBERED.test(path))
    return warn(
      about,
      `${path} changes its number when plugged in again`,
      'Name it by /dev/serial/by-id/… or by a udev rule (config/99-courtyard.rules).',
    );
  return ok(about, holder ? `${path} is held by ${holder}` : `${path} is there and free`);
}

function realOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function mayUse(device: string): boolean {
  try {
    accessSync(device, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** The group that owns the device, by its name: dialout with Debian, uucp with others. */
function groupOf(device: string): string {
  const id = String(statSync(device).gid);
  const line = readFileSync('/etc/group', 'utf8')
    .split('\n')
    .find((entry) => entry.split(':')[2] === id);
  return line?.split(':')[0] ?? 'dialout';
}

/** Who has the device open, as far as this user may see: `minicom (4711)`. */
function holderOf(device: string): string | undefined {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (!opensOf(pid).includes(device)) continue;
    return `${nameOf(pid)} (${pid})`;
  }
  return undefined;
}

/** Processes end while one looks, and other people's are closed to us: both have nothing to show. */
function opensOf(pid: string): string[] {
  const folder = `/proc/${pid}/fd`;
  return quietly(() => readdirSync(folder), []).map((fd) =>
    quietly(() => readlinkSync(`${folder}/${fd}`), ''),
  );
}

const nameOf = (pid: string): string =>
  quietly(() => readFileSync(`/proc/${pid}/comm`, 'utf8').trim(), 'a process');

function quietly<T>(look: () => T, otherwise: T): T {
  try {
    return look();
  } catch {
    return otherwise;
  }
}
