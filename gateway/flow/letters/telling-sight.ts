// How a ticket, or an alarm without one, stands for a reader: looked up in the standing by its id.
import type { Compound } from '../../domain/asset.ts';
import { isActive, type Alarm } from '../../domain/alarm.ts';
import { FLOOD } from '../../domain/flood.ts';
import type { Reader } from '../../domain/reader.ts';
import type { Standing } from '../../domain/standing.ts';
import type { Ticket } from '../../domain/ticket.ts';
import type { Instant } from '../../domain/time.ts';
import { subjectInWords } from '../../rules/wording.ts';
import { alarmConcern, ticketConcern } from './telling-concern.ts';
import type { Seen } from './telling-mailbag.ts';

export interface Sight {
  of(reader: Reader, id: string): Seen | undefined;
  /** Whether it is told again: nobody has taken it up, it is late, or it is grave. */
  isLeft(id: string, now: Instant): boolean;
  /** It stands for a flood. */
  isFlood(id: string): boolean;
}

type Known = Pick<Standing, 'tickets' | 'alarms' | 'people'>;

export function createSight(compound: Compound, { tickets, alarms, people }: Known): Sight {
  return {
    of(reader, id) {
      const ticket = tickets.get(id);
      if (ticket) return ticketSeen(ticket, ticketConcern(reader, ticket, people), isJudge(reader));
      const alarm = alarms.get(id);
      return alarm && alarmSeen(compound, alarm, alarmConcern(reader, alarm, people));
    },
    isLeft(id, now) {
      const ticket = tickets.get(id);
      if (!ticket) return alarms.get(id) !== undefined;
      const { state, severity, dueAt, waiting } = ticket;
      if (waiting !== undefined) return false;
      return state === 'raised' || severity === 'high' || (dueAt !== undefined && dueAt <= now);
    },
    isFlood: (id) =>
      [id, ...(tickets.get(id)?.alarms ?? [])].some((one) => alarms.get(one)?.rule === FLOOD),
  };

  /** Whoever judges has ended it themselves, and need not be told. */
  function isJudge({ who }: Reader): boolean {
    const role = who.kind === 'role' ? who.role : undefined;
    const own = who.kind === 'person' ? people.get(who.person)?.role : role;
    return own === 'committee' || own === 'reviewer';
  }
}

function ticketSeen(ticket: Ticket, concern: Seen['concern'], isJudge: boolean): Seen {
  const { title, raisedAt, severity, alarms, returns, escalated, state } = ticket;
  return {
    name: title,
    since: raisedAt,
    facts: {
      severity,
      alarms: alarms.length,
      returns,
      ...(escalated !== undefined && { escalated }),
    },
    ...(concern && { concern }),
    isOver: !isJudge && state !== 'raised' && state !== 'answered' && state !== 'merged',
  };
}

function alarmSeen(compound: Compound, alarm: Alarm, concern: Seen['concern']): Seen {
  const { asset, text, raisedAt, severity } = alarm;
  return {
    name: `${subjectInWords(compound, asset)} ${text}`,
    since: raisedAt,
    facts: { severity, alarms: 1, returns: 0 },
    ...(concern && { concern }),
    isOver: !isActive(alarm) && alarm.ticket === undefined && alarm.explainedBy === undefined,
  };
}
