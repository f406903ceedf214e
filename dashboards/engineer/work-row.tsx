// One line of the list: how bad, what and where, in one clause, and how long already.
import type { AlarmView, TicketView } from '../../gateway/api/schemas.ts';
import { Cue } from '../shared/cue.tsx';
import { pathTo } from '../shared/language.ts';
import { ruleText, ticketTitle } from '../shared/told.ts';
import type { Sight } from './sight.ts';
import { isEnded, raisedAtOf, type Work } from './work.ts';

export function WorkRow({ work, sight }: { work: Work; sight: Sight }) {
  const { format, now, words } = sight;
  const isOver = work.kind === 'ticket' && isEnded(work.ticket);
  const severity = work.kind === 'ticket' ? work.ticket.severity : work.alarm.severity;
  return (
    <li>
      <a class="row" href={pathTo(`/engineer/${work.kind}s/${encodeURIComponent(work.id)}`)}>
        <span class="row__severity">
          <Cue of={isOver ? 'normal' : severity} look={isOver ? 'plain' : 'filled'}>
            {words.severity[severity]}
          </Cue>
        </span>
        {work.kind === 'ticket' ? (
          <TicketLine ticket={work.ticket} sight={sight} />
        ) : (
          <AlarmLine alarm={work.alarm} sight={sight} />
        )}
        <span class="row__age">{format.since(raisedAtOf(work), now)}</span>
      </a>
    </li>
  );
}

function TicketLine({ ticket, sight }: { ticket: TicketView; sight: Sight }) {
  const { words } = sight;
  const facts = [
    words.engineer.number(ticket.number),
    words.ticketState[ticket.state],
    ticket.waiting && words.engineer.waiting[ticket.waiting],
    ticket.assignee && words.engineer.assignee(ticket.assignee),
    isEnded(ticket) ? undefined : dueWords(ticket, sight),
  ];
  return (
    <span class="row__what">
      <span class="row__title">{ticketTitle(ticket, words)}</span>
      <span class="row__facts">{[ticket.place, ...facts].filter(Boolean).join(' · ')}</span>
    </span>
  );
}

function AlarmLine({ alarm, sight }: { alarm: AlarmView; sight: Sight }) {
  const { words, format, nameOf } = sight;
  const value =
    alarm.quantity && alarm.value !== undefined ? format.exact(alarm.quantity, alarm.value) : '';
  return (
    <span class="row__what">
      <span class="row__title">
        {nameOf(alarm.asset)} {value}
      </span>
      <span class="row__facts">
        {[words.engineer.alarm, words.alarmState[alarm.state], ruleText(alarm, sight)].join(' · ')}
      </span>
    </span>
  );
}

export function dueWords(ticket: TicketView, { words, format, now }: Sight): string | undefined {
  if (!ticket.dueAt) return undefined;
  const dueAt = Date.parse(ticket.dueAt);
  return dueAt < now
    ? words.engineer.overdue(format.duration((now - dueAt) / 1000))
    : words.engineer.due(format.moment(dueAt, now));
}
