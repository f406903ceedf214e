// What of all that is folded goes into the audit chain: every step of a ticket, whoever took it, and
// every accepted command that changed something. Part of the step and as pure: it sees what is put
// while a record is folded, so an entry says what was done and not what somebody meant to do.
// Promise: the same log gives the same entries, under the same sequence and place.
import type { Alarm } from '../../domain/alarm.ts';
import { canonical, withoutNumbers, withoutSecrets, type AuditEntry } from '../../domain/audit.ts';
import type { CommandEntry, GatewayEntry, LogRecord, Recorded } from '../../domain/record.ts';
import type { Standing } from '../../domain/standing.ts';
import type { HistoryStep, Ticket } from '../../domain/ticket.ts';
import { siteChange } from './auditing-site.ts';

export interface Auditing {
  /** The standing that the step is to use. */
  readonly standing: Standing;
  /** What is put from here on is this record's doing, until `end`. */
  begin(record: LogRecord): void;
  end(): void;
  /** What was done since the last call, in order. */
  take(): AuditEntry[];
}

type Command = Recorded<CommandEntry>;
type Done = Omit<AuditEntry, 'sequence' | 'place'>;

export function createAuditing(standing: Standing): Auditing {
  let entries: AuditEntry[] = [];
  let record: LogRecord | undefined;
  let place = 0;
  let acted: { readonly before: Alarm; after: Alarm } | undefined;

  const note = (done: Done): void => {
    if (!record) return;
    entries.push({ sequence: record.sequence, place, ...done });
    place += 1;
  };
  const command = (): Command | undefined => (record?.kind === 'command' ? record : undefined);
  return {
    standing: watched(standing, {
      ticket(before, after) {
        for (const done of stepsOf(before, after, command())) note(done);
      },
      alarm(before, after) {
        if (acted?.after.id === after.id) acted.after = after;
        else if (before && isAbout(command(), after.id)) acted = { before, after };
      },
    }),
    begin(next) {
      record = next;
      place = 0;
      acted = undefined;
      if (next.kind === 'gateway') noteSite(standing, next, note);
      else if (next.kind === 'command' && isTaken(next)) note(commandDone(standing, next));
    },
    end() {
      const asked = command();
      if (asked && acted) note(alarmDone(asked, acted));
      record = undefined;
    },
    take() {
      const taken = entries;
      entries = [];
      return taken;
    },
  };
}

const isAbout = (command: Command | undefined, alarm: string): boolean =>
  command?.on === 'alarm' && command.id === alarm;

interface Onlookers {
  ticket(before: Ticket | undefined, after: Ticket): void;
  alarm(before: Alarm | undefined, after: Alarm): void;
}

function watched(standing: Standing, see: Onlookers): Standing {
  const { alarms, tickets } = standing;
  return {
    ...standing,
    alarms: {
      ...alarms,
      put(id, alarm) {
        see.alarm(alarms.get(id), alarm);
        alarms.put(id, alarm);
      },
    },
    tickets: {
      ...tickets,
      put(id, ticket) {
        see.ticket(tickets.get(id), ticket);
        tickets.put(id, ticket);
      },
    },
  };
}

/** One for each new step of its history; what changed along with them stands with the last. */
function stepsOf(before: Ticket | undefined, after: Ticket, command: Command | undefined): Done[] {
  const steps = after.history.slice(before?.history.length ?? 0);
  return steps.map((step, index) => {
    const isAsked = command?.on === 'ticket' && command.action === step.action;
    const asked = isAsked && command.by === step.by ? command.body : undefined;
    const changed = index === steps.length - 1 ? changesOf(before, after) : undefined;
    return {
      at: step.at,
      by: step.by,
      role: step.role,
      on: 'ticket',
      id: after.id,
      action: step.action,
      from: step.from,
      to: step.to,
      ...wordsOf(step),
      detail: canonical(withoutSecrets({ asked, changed })),
    };
  });
}

const wordsOf = ({ reason }: Pick<HistoryStep, 'reason'>): { readonly words?: string } =>
  reason === undefined ? {} : { words: withoutNumbers(reason) };

/** The history is the entries themselves, and its version how many there were. */
const TOLD_ELSEWHERE = new Set(['history', 'version']);

function changesOf(before: object | undefined, after: object): Record<string, unknown> {
  const was = (before ?? {}) as Readonly<Record<string, unknown>>;
  const is = after as Readonly<Record<string, unknown>>;
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  const changed = names.filter(
    (name) => !TOLD_ELSEWHERE.has(name) && canonical(was[name]) !== canonical(is[name]),
  );
  // null: it is no longer there
  return Object.fromEntries(changed.map((name) => [name, is[name] ?? null]));
}

function alarmDone(command: Command, acted: { before: Alarm; after: Alarm }): Done {
  const { before, after } = acted;
  return {
    ...commanded(command),
    from: before.state,
    to: after.state,
    detail: canonical(withoutSecrets({ asked: command.body, changed: changesOf(before, after) })),
  };
}

/**
 * What is done as it is asked; tickets and alarms may have changed in between. A digest is the
 * gateway's own, and changes nothing.
 */
const isTaken = ({ on, action }: Command): boolean =>
  on !== 'ticket' && on !== 'alarm' && !(on === 'notice' && action === 'digest');

/** Of a person; any other action is a note of what was done beside the log. */
const CHANGES = ['put', 'disable'];

/** Before it is folded: a person is put whole. */
function commandDone({ people }: Standing, command: Command): Done {
  const isChange = command.on === 'person' && CHANGES.includes(command.action);
  const before = isChange ? people.get(command.id ?? '') : undefined;
  const to = command.action === 'disable' ? 'disabled' : command.body['state'];
  return {
    ...commanded(command),
    ...(before && { from: before.state }),
    ...(typeof to === 'string' && { to }),
    detail: canonical(withoutSecrets({ asked: command.body })),
  };
}

function commanded({ receivedAt, by, role, on, id = '', action, body }: Command) {
  const { reason } = body;
  return { at: receivedAt, by, role, on, id, action, ...wordsOf(reasonIn(reason)) };
}

const reasonIn = (reason: unknown): { readonly reason?: string } =>
  typeof reason === 'string' ? { reason } : {};

/** A start with another site file than the last one. */
function noteSite(
  standing: Standing,
  { event, site, receivedAt }: Recorded<GatewayEntry>,
  note: (done: Done) => void,
): void {
  if (event !== 'started' || !site) return;
  const before = standing.site.get('all');
  const changed = before && siteChange(before, site);
  if (before && !changed) return;
  standing.site.put('all', site);
  if (!changed) return;
  note({
    at: receivedAt,
    by: 'gateway',
    role: 'gateway',
    on: 'site',
    id: 'site',
    action: 'change',
    words: changed.words,
    detail: changed.detail,
  });
}
