// How the store's threads are started, and what they say to the gateway's main thread.
import { setFlagsFromString } from 'node:v8';
import type { MessagePort } from 'node:worker_threads';
import { Worker } from 'node:worker_threads';
import type { FaultCode } from '../domain/fault.ts';
import type { Sequence } from '../domain/record.ts';
import type { StoreSettings, UpkeepState } from './log.ts';
import type { OpeningNews } from './opening.ts';
import type { GroupOutcome } from './write-group.ts';

/** A Fault on its way from one thread to another. */
interface FaultWords {
  readonly code: FaultCode;
  readonly message: string;
}

export interface WriterSetup {
  readonly settings: StoreSettings;
  /** Up to where the writer before this one answered, where it died in this very process. */
  readonly answered?: Sequence;
}

export type FromWriter =
  | { readonly kind: 'ready'; readonly head: Sequence; readonly news: OpeningNews }
  | { readonly kind: 'unopened'; readonly fault: FaultWords }
  | GroupAnswer
  | { readonly kind: 'failed'; readonly why: string; readonly isDamaged: boolean }
  | { readonly kind: 'closed' };

export interface GroupAnswer {
  readonly kind: 'written';
  readonly outcome: GroupOutcome;
  readonly head: Sequence;
  readonly tookMs: number;
  readonly upkeep: UpkeepState;
  /** What an engineer should know though all is written, in words. */
  readonly notes?: readonly string[];
}

/**
 * V8 reads this when it makes a heap, so it is for the threads to come and not for the one that runs.
 * Their own `resourceLimits` would count for nothing beside the flag that the gateway is started with.
 * What outlives a group is kept for long anyway: 12 MB less under load for each thread that works.
 */
const YOUNG_GENERATION = '--max-semi-space-size=2';

/**
 * Starts the thread whose source is `source`. The file beside us ends as we do: `.ts` where Node
 * strips the types, `.js` in a release that tsc has built (it rewrites imports, not URLs).
 */
export function startThread(source: URL, data: unknown): Worker {
  const built = import.meta.url.endsWith('.js');
  const file = built ? new URL(source.href.replace(/\.ts$/, '.js')) : source;
  setFlagsFromString(YOUNG_GENERATION);
  const name = file.pathname.slice(file.pathname.lastIndexOf('/') + 1);
  return new Worker(file, { workerData: data, name: `store ${name}` });
}

/** Copies a message to the other thread, but for the buffers in it that are given away. */
export function tell(
  port: Worker | MessagePort | null,
  message: unknown,
  given: readonly ArrayBuffer[] = [],
): void {
  port?.postMessage(message, given);
}
