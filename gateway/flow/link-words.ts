// Links that went or came back, on their way into the log. Each is said once by its source, so it is
// ours to get it written.
//
//   link ──▶ [ in the order in which they were said ] ──▶ one append for all ──▶ log
//                              ▲                               │ a storage fault: again in a second
//                              └────────── the latest of each ─┘
//
// Promise: the order is kept, the latest word of each link reaches the log, and a disk that fails
// for a night, while every connection breaks off again and again, costs one word for each link.
import { Fault } from '../domain/fault.ts';
import type { LinkEntry } from '../domain/record.ts';
import { seconds, type Clock } from '../domain/time.ts';
import type { Intake } from '../sources/source.ts';
import type { Log } from '../store/log.ts';

export interface LinkWordsParts {
  readonly log: Pick<Log, 'append'>;
  readonly clock: Clock;
  readonly onFault: (fault: unknown) => void;
}

const RETRY_AFTER = seconds(1);

export function createLinkWords({ log, clock, onFault }: LinkWordsParts): Intake['link'] {
  let waiting: LinkEntry[] = [];
  let isWriting = false;
  let isFailing = false;

  async function write(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) {
      const said = waiting;
      waiting = [];
      try {
        await log.append(said);
        isFailing = false;
      } catch (fault) {
        onFault(fault);
        if (fault instanceof Fault && fault.code === 'stopping') break;
        isFailing = true;
        waiting = latestOfEach([...said, ...waiting]);
        clock.after(RETRY_AFTER, () => void write());
        return; // and what is said meanwhile waits for that
      }
    }
    isWriting = false;
  }

  return (change) => {
    waiting.push({ kind: 'link', ...change, receivedAt: clock.now() });
    if (isFailing) waiting = latestOfEach(waiting);
    if (!isWriting) void write(); // never rejects: whatever the log says has been heard
  };
}

function latestOfEach(words: readonly LinkEntry[]): LinkEntry[] {
  const latest = new Map<string, LinkEntry>();
  for (const word of words) {
    const key = `${word.of} ${word.id}`;
    latest.delete(key); // so that it stands where it was said last
    latest.set(key, word);
  }
  return [...latest.values()];
}
