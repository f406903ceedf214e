// What the machine says of its own clock: whether the network has set it, whether anything kept it
// while the machine was off, and which run of the machine this is. Three small looks at the kernel's
// and systemd's own files; where they are not there (a container, another system), nothing is known.
import { existsSync, readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import path from 'node:path';
import type { ClockEvidence, MachineRun } from '../domain/clock-state.ts';

/** systemd-timesyncd's folder; `synchronized` in it is made when the network has set the clock. */
const TIMESYNC = '/run/systemd/timesync';
/** The kernel's name for a clock with a battery. A Raspberry Pi before the 5 has none. */
const BATTERY_CLOCK = '/sys/class/rtc/rtc0';
/** Another text after each boot of the machine. */
const MACHINE_RUN = '/proc/sys/kernel/random/boot_id';

/** @param root where the machine's files begin; another folder in tests */
export function clockEvidence(root = '/'): ClockEvidence {
  const timesync = path.join(root, TIMESYNC);
  const hasBattery = hasBatteryClock(root);
  const id = machineRun(root);
  return {
    setByNetwork() {
      if (existsSync(path.join(timesync, 'synchronized'))) return 'yes';
      return existsSync(timesync) && !hasBattery ? 'awaited' : 'unknown';
    },
    machine: (): MachineRun | undefined =>
      id === undefined ? undefined : { id, upMs: Math.round(uptime() * 1000) },
  };
}

export const hasBatteryClock = (root = '/'): boolean => existsSync(path.join(root, BATTERY_CLOCK));

function machineRun(root: string): string | undefined {
  const file = path.join(root, MACHINE_RUN);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}
