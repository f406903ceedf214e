// Where a rehearsal may begin, and what it must know of before. Readings are pruned after their time;
// links, commands and the gateway's own words are kept for ever. Folding those of a year alone would
// accuse every sensor of a year's silence, so all that lies before the first reading that is left
// becomes one moment: a gateway that starts there, its lines as they stood.
//
//   sequence  1 ── kept words, pruned readings ──┤ first reading that is left ─────────▶ head
//                   remembered, not folded       │ folded, record by record
import type { ClockState } from '../../domain/clock-state.ts';
import type { GatewayEntry, LogRecord, Recorded, Sequence } from '../../domain/record.ts';
import { instant, type Instant } from '../../domain/time.ts';

export interface Opening {
  /** What is to be folded now that this record was read; nothing while it only is remembered. */
  take(record: LogRecord): readonly LogRecord[];
  /** What was held back and has nothing after it up to the log's head. */
  rest(head: Sequence): readonly LogRecord[];
  /** When the fold begins in the middle of something, the moment; undefined: with the log itself. */
  cutAt(): Instant | undefined;
}

/** @param from nothing that was received before this is folded */
export function createOpening(from: Instant | undefined): Opening {
  const memory = createMemory();
  /** Read while it is not yet known whether something is missing between. */
  let held: LogRecord[] = [];
  let last: Sequence = 0;
  let isWhole = true;
  let isOpen = false;
  let cutAt: Instant | undefined;

  const open = (at: Instant): readonly LogRecord[] => {
    isOpen = true;
    const before = held;
    held = [];
    if (isWhole) return before;
    for (const record of before) memory.note(record);
    cutAt = at;
    return memory.told(at);
  };
  return {
    take(record) {
      if (isOpen) return [record];
      isWhole &&= record.sequence === last + 1;
      last = record.sequence;
      if (from !== undefined && record.receivedAt < from) {
        isWhole = false;
        memory.note(record);
        return [];
      }
      if (isPruned(record)) return [...open(record.receivedAt), record];
      held.push(record);
      return [];
    },
    // Where all readings are gone nothing can be rehearsed.
    rest: (head) => (isOpen || !isWhole || last !== head ? [] : open(held[0]?.receivedAt ?? NEVER)),
    cutAt: () => cutAt,
  };
}

const NEVER = instant(0);

/** Whether such records go after their time, so that one of them shows where the log is whole. */
const isPruned = ({ kind }: LogRecord): boolean =>
  kind !== 'link' && kind !== 'gateway' && kind !== 'command' && kind !== 'clock';

/**
 * Commands of people name alarms and tickets of the past as it was; a rehearsed one of the same
 * number is another one. Who works here, and what is out of service, holds all the same.
 */
export const isRepeated = (record: LogRecord): boolean =>
  record.kind !== 'command' || (record.on !== 'alarm' && record.on !== 'ticket');

interface Memory {
  note(record: LogRecord): void;
  /** All that is remembered, as if it were said at that moment. */
  told(at: Instant): LogRecord[];
}

function createMemory(): Memory {
  let run: Recorded<GatewayEntry> | undefined;
  let clock: ClockState | undefined;
  const links = new Map<string, LogRecord>();
  const commands: LogRecord[] = [];
  return {
    note(record) {
      if (record.kind === 'gateway' && record.event === 'started') {
        run = record;
        clock = record.clock;
      } else if (record.kind === 'clock') clock = record.state ?? clock;
      else if (record.kind === 'link') links.set(`${record.of} ${record.id}`, record);
      else if (record.kind === 'command' && isRepeated(record)) commands.push(record);
    },
    told(at) {
      const started = { ...(run ?? A_RUN), ...(clock !== undefined && { clock }), receivedAt: at };
      const others = [...commands, ...links.values()];
      return [started, ...others.map((record) => ({ ...record, receivedAt: at }))];
    },
  };
}

const A_RUN = { kind: 'gateway', event: 'started', sequence: 0 } as const;
