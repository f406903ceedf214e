// The machine itself: its clock, its power, its Node, and what was built for it.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { isPossible, momentInWords, type ClockEvidence } from '../domain/clock-state.ts';
import type { Instant } from '../domain/time.ts';
import { clockEvidence, hasBatteryClock } from './clock-evidence.ts';
import { fault, ok, warn, type Finding } from './finding.ts';

export async function lookAtClock(
  now: Instant,
  { setByNetwork, hasBattery }: ClockFacts = machinesClock(),
): Promise<Finding> {
  const battery = hasBattery ? 'a battery keeps it' : 'no battery keeps it';
  const says = `it is ${momentInWords(now)}; ${battery} while the machine is off`;
  const cure = 'Let it reach a time server, or fit a battery-backed clock.';
  if (!isPossible(now)) return fault('clock', `${says}; never set`, cure);
  if (setByNetwork() === 'yes') return ok('clock', `${says}, the network has set it`);
  const told = await answerOf('timedatectl', ['show', '-p', 'NTPSynchronized', '--value']);
  if (told === 'yes') return ok('clock', `${says}, the network has set it`);
  return warn(
    'clock',
    `${says}, and nothing says that the network has set it`,
    'sudo timedatectl set-ntp true; what is heard by a wrong clock waits for its moment.',
  );
}

interface ClockFacts extends Pick<ClockEvidence, 'setByNetwork'> {
  readonly hasBattery: boolean;
}

const machinesClock = (): ClockFacts => ({ ...clockEvidence(), hasBattery: hasBatteryClock() });

const NOW_BITS = { 'under-voltage': 0x1, 'frequency capped': 0x2, throttled: 0x4, hot: 0x8 };

/** Undefined where the machine is no Raspberry Pi. */
export async function lookAtPower(): Promise<Finding | undefined> {
  const told = await answerOf('vcgencmd', ['get_throttled']);
  return told === undefined ? undefined : powerOf(told);
}

/** `throttled=0x50005`: the low bits are now, the same ones 16 higher are since the start. */
export function powerOf(told: string): Finding {
  const about = 'power and heat';
  const bits = Number(/=(0x[0-9a-f]+)/i.exec(told)?.[1] ?? Number.NaN);
  if (Number.isNaN(bits))
    return warn(about, `vcgencmd says ${told}`, 'Ask it yourself: vcgencmd get_throttled');
  const cure = 'Use the maker’s own power supply and a short cable; see to its cooling.';
  const now = namesOf(bits);
  if (now !== '') return fault(about, `now: ${now}`, cure);
  const before = namesOf(bits >> 16);
  return before === '' ? ok(about, 'never short') : warn(about, `since the start: ${before}`, cure);
}

const namesOf = (bits: number): string =>
  Object.entries(NOW_BITS)
    .filter(([, bit]) => (bits & bit) !== 0)
    .map(([name]) => name)
    .join(', ');

/** @param program the Node that runs us */
export async function lookAtNode(program: string): Promise<Finding> {
  const told = (await answerOf(program, ['--version'])) ?? 'no version';
  const [major = 0, minor = 0] = told.replace(/^v/, '').split('.').map(Number);
  return major > 24 || (major === 24 && minor >= 11)
    ? ok('Node', told)
    : fault('Node', `${told} is too old`, '`npm ci` brings one that can; or install Node 24.');
}

export function lookAtScreens(home: string): Finding {
  const built = path.join(home, 'dist/dashboards/index.html');
  return existsSync(built)
    ? ok('screens', 'built')
    : warn('screens', 'not built: the API works and no page does', `cd ${home} && npm run build`);
}

/** What a program prints; undefined where it is not there or fails. */
function answerOf(program: string, words: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(program, words, { timeout: 5000 }, (error, printed) =>
      resolve(error ? undefined : printed.trim()),
    );
  });
}
