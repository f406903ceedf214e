import type { Observed } from './stand.ts';

/** What is less of a message's cost is not named. */
const WORTH_NAMING = 0.02;

/** Of a million messages: all of it, and the threads that took it. */
export function costIn(
  observed: Pick<Observed, 'cpuSPerMillion' | 'threadsCpuSPerMillion'>,
): string {
  const { cpuSPerMillion, threadsCpuSPerMillion } = observed;
  const named = Object.entries(threadsCpuSPerMillion)
    .filter(([, cpuS]) => cpuS >= cpuSPerMillion * WORTH_NAMING)
    .map(([name, cpuS]) => `${name} ${cpuS.toFixed(1)}`);
  return `${cpuSPerMillion.toFixed(1)} CPU s per million (${named.join(', ')})`;
}
