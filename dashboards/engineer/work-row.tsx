// One line of the list: how bad, what and where, in one clause, how long already, and what is left.
import type { AlarmView, TicketView } from '../../gateway/api/schemas.ts';
import { Cue } from '../shared/cue.tsx';
import { pathTo } from '../shared/language.ts';
import { ticketTitle } from '../shared/told.ts';
import { alarmName, alarmText } from './alarm-look.ts';
import type { Sight } from './sight.ts';
import { StateMark } from './state-mark.tsx';
import { leftWords, timeLeft } from './time-left.ts';
import { TimeRing } from './time-ring.tsx';
import { isEnded, raisedAtOf, type Work } from './work.ts';

export function WorkRow({ work, sight }: { work: Work; sight: Sight }) {
  const { format, now, words } = sight;
  const isOver = work.kind === 'ticket' ? isEnded(work.ticket) : work.alarm.state === 'normal';
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
        <span class="row__age">
          {format.since(raisedAtOf(work), now)}
          {work.kind === 'ticket' && !isOver && <Left ticket={work.ticket} sight={sight} />}
        </span>
      </a>
    </li>
  );
}

function TicketLine({ ticket, sight }: { ticket: TicketView; sight: Sight }) {
  const { words, format, now } = sight;
  const { parkedUntil } = ticket;
  const facts = [
    words.engineer.number(ticket.number),
    words.ticketState[ticket.state],
    words.team[ticket.team],
    ticket.assignee && words.engineer.assignee(ticket.assignee),
    ticket.returns > 0 && words.engineer.returns(ticket.returns),
    parkedUntil && `◔ ${words.work.parked(format.moment(Date.parse(parkedUntil), now))}`,
  ];
  return (
    <span class="row__what">
      <span class="row__title">{ticketTitle(ticket, words)}</span>
      <span class="row__facts">{[ticket.place, ...facts].filter(Boolean).join(' · ')}</span>
    </span>
  );
}

function Left({ ticket, sight }: { ticket: TicketView; sight: Sight }) {
  const left = timeLeft(ticket, sight.now);
  if (left.kind === 'none') return null;
  return (
    <span class={`left left--${left.kind}`}>
      {left.kind === 'left' && left.share !== undefined && <TimeRing share={left.share} />}
      {left.kind === 'over' && <TimeRing share={0} />}
      {leftWords(ticket, sight)}
    </span>
  );
}

function AlarmLine({ alarm, sight }: { alarm: AlarmView; sight: Sight }) {
  const { words, format } = sight;
  const value =
    alarm.quantity && alarm.value !== undefined ? format.exact(alarm.quantity, alarm.value) : '';
  return (
    <span class="row__what">
      <span class="row__title">
        {alarmName(alarm, sight)} {value}
      </span>
      <span class="row__facts">
        {words.engineer.alarm} · <StateMark alarm={alarm} sight={sight} /> ·{' '}
        {alarmText(alarm, sight)}
      </span>
      {alarm.chattering && <span class="row__facts row__hint">⇅ {words.work.chatters}</span>}
    </span>
  );
}
