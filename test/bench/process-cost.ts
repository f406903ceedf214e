// What processes cost, as the kernel counts it: time on the processors, memory, bytes to the disk.
import { readdirSync, readFileSync } from 'node:fs';

export interface Cost {
  /** User and system, all threads, since the start. */
  readonly cpuS: number;
  /** By the name of the thread, of those that run now; those of one name together. */
  readonly threadsCpuS: Readonly<Record<string, number>>;
  readonly residentMb: number;
  /** The most that was ever resident. */
  readonly peakMb: number;
  /** What was to be stored on a disk since the start; overwritten in memory it counts once. */
  readonly writtenBytes: number;
}

/** Linux has told user space a hundredth of a second on every architecture for decades. */
const TICKS_PER_S = 100;

/** All of them together. */
export function costOf(pids: readonly number[]): Cost {
  const each = pids.map(costOfOne);
  const sum = (pick: (cost: Cost) => number): number =>
    each.reduce((total, cost) => total + pick(cost), 0);
  return {
    cpuS: sum((cost) => cost.cpuS),
    threadsCpuS: added(each.flatMap((cost) => Object.entries(cost.threadsCpuS))),
    residentMb: sum((cost) => cost.residentMb),
    peakMb: sum((cost) => cost.peakMb),
    writtenBytes: sum((cost) => cost.writtenBytes),
  };
}

function costOfOne(pid: number): Cost {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return {
    cpuS: cpuSecondsIn(readFileSync(`/proc/${pid}/stat`, 'utf8')),
    threadsCpuS: added(statsOfThreads(pid).map((stat) => [nameIn(stat), cpuSecondsIn(stat)])),
    residentMb: numberAfter(status, 'VmRSS:') / 1024,
    peakMb: numberAfter(status, 'VmHWM:') / 1024,
    writtenBytes: numberAfter(readFileSync(`/proc/${pid}/io`, 'utf8'), '\nwrite_bytes:'),
  };
}

/** proc(5): the 14th and 15th field; the second is a name that may hold spaces and brackets. */
export function cpuSecondsIn(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_S;
}

export const nameIn = (stat: string): string =>
  stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));

function statsOfThreads(pid: number): string[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
    try {
      return [readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8')];
    } catch {
      return []; // it ended between the two looks
    }
  });
}

function added(named: readonly (readonly [string, number])[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [name, value] of named) sums[name] = (sums[name] ?? 0) + value;
  return sums;
}

/** What each did between two looks; one that began meanwhile did all of its work meanwhile. */
export const spentBetween = (before: Cost, after: Cost): Record<string, number> =>
  Object.fromEntries(
    Object.entries(after.threadsCpuS)
      .map(([name, cpuS]) => [name, cpuS - (before.threadsCpuS[name] ?? 0)] as const)
      .filter(([, cpuS]) => cpuS > 0)
      .toSorted(([, one], [, other]) => other - one),
  );

function numberAfter(text: string, label: string): number {
  const at = text.indexOf(label);
  return at < 0 ? Number.NaN : Number.parseInt(text.slice(at + label.length), 10);
}

/** A program that this process started and that runs. */
export function childNamed(name: string): number {
  const own = process.pid;
  const children = childrenOf(own);
  const named = children.find((pid) => readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === name);
  if (named === undefined) throw new Error(`${own} has no child named ${name}`);
  return named;
}

/** Of all its threads. */
export const childrenOf = (pid: number): number[] =>
  readdirSync(`/proc/${pid}/task`)
    .flatMap(
      (task) => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').match(/\d+/g) ?? [],
    )
    .map(Number);
