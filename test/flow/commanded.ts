// A desk for commands: what is asked is checked, written, folded and answered, on a clock by hand.
import type { Answer } from '../../gateway/api/desk.ts';
import type { LogRecord, ReadingEntry } from '../../gateway/domain/record.ts';
import { createStanding } from '../../gateway/domain/standing.ts';
import type { Ticket } from '../../gateway/domain/ticket.ts';
import { milliseconds } from '../../gateway/domain/time.ts';
import type { Ask } from '../../gateway/flow/command.ts';
import { createCommands } from '../../gateway/flow/commands.ts';
import { createStep } from '../../gateway/flow/step.ts';
import type { Log } from '../../gateway/store/log.ts';
import { NOTHING_SAVED, reading } from '../fakes/folded-site.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { BIN_FULL, SMALL_SITE } from '../fakes/small-site.ts';

const SITE = { ...SMALL_SITE, rules: [{ ...BIN_FULL, holdFor: milliseconds(0) }] };
const wang = { by: 'wang', role: 'engineer' };
export const ask = (action: string, more: Partial<Ask> = {}): Ask => ({
  action,
  actor: wang,
  body: {},
  ...more,
});

/** A desk over a log that is folded as soon as it is written. */
export function desk() {
  const clock = handClock('2026-11-02T10:00:00+08:00');
  const standing = createStanding(NOTHING_SAVED);
  const step = createStep(SITE, standing);
  const records: LogRecord[] = [];
  /** What else reaches the log in the same commit. */
  let beside: { before?: ReadingEntry[]; after?: ReadingEntry[] } = {};
  let fault: Error | undefined;
  const append: Log['append'] = async (entries) => {
    await Promise.resolve();
    if (fault) throw fault;
    const { before = [], after = [] } = beside;
    beside = {};
    const first = records.length + before.length + 1;
    for (const entry of [...before, ...entries, ...after]) {
      const record: LogRecord = { ...entry, sequence: records.length + 1 };
      records.push(record);
      step.fold(record);
    }
    return first;
  };
  const commands = createCommands({
    log: { append },
    standing,
    clock,
    settled: () => Promise.resolve(),
  });
  return {
    openTicket: (what: Ask) => commands.openTicket(what),
    ticketAction: (id: string, what: Ask & { version?: number }) => commands.ticketAction(id, what),
    alarmAction: (id: string, what: Ask) => commands.alarmAction(id, what),
    clock,
    standing,
    written: () =>
      records.filter((record) => record.kind === 'command').map(({ action }) => action),
    fails: (error: Error | undefined) => void (fault = error),
    besides: (entries: typeof beside) => void (beside = entries),
    hear: async (value: number) => {
      await append([reading({ asset: 'k1-wet', quantity: 'fill', value, at: clock.now() })]);
    },
  };
}

export async function deskWithTicket() {
  const it = desk();
  await it.hear(0.95);
  return it;
}

export const statusOf = (answer: Answer<unknown>): number => (answer.ok ? 200 : answer.status);
export const ticketOf = (answer: Answer<Ticket>): Ticket => {
  if (!answer.ok) throw new Error(answer.detail);
  return answer.value;
};
