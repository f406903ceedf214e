// How the store's threads are started, and what they say to the gateway's main thread.
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
 * Starts the thread whose source is `source`. The file beside us ends as we do: `.ts` where Node
 * strips the types, `.js` in a release that tsc has built (it rewrites imports, not URLs).
 */
export function startThread(source: URL, data: unknown): Worker {
  const built = import.meta.url.endsWith('.js');
  const file = built ? new URL(source.href.replace(/\.ts$/, '.js')) : source;
  const name = file.pathname.slice(file.pathname.lastIndexOf('/') + 1);
  return new Worker(file, { workerData: data, name: `store ${name}` });
}

/** Copies a message to the other thread. */
export function tell(port: Worker | MessagePort | null, message: unknown): void {
  // the rule knows postMessage from browser windows, where it takes an origin
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  port?.postMessage(message);
}
