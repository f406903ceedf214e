// What a ticket is about and how it stands, before anything else is read: title, severity, the loop,
// whose it is, what is left of its time, and what it waits for.
import type { TicketView } from '../../gateway/api/schemas.ts';
import { Cue } from '../shared/cue.tsx';
import { pathTo } from '../shared/language.ts';
import { ticketTitle } from '../shared/told.ts';
import { wordFor } from '../shared/words.ts';
import type { Sight } from './sight.ts';
import { StepStrip } from './step-strip.tsx';
import { disagreement } from './steps.ts';
import { leftWords, timeLeft } from './time-left.ts';
import { isEnded } from './work.ts';

export function TicketHead({ ticket, sight }: { ticket: TicketView; sight: Sight }) {
  const { words, format, now } = sight;
  const facts = [
    words.team[ticket.team],
    ticket.assignee && words.engineer.assignee(ticket.assignee),
    ticket.returns > 0 && words.engineer.returns(ticket.returns),
    ticket.stars !== undefined && words.work.stars(ticket.stars),
  ];
  return (
    <header class="detail">
      <a class="detail__back" href={pathTo('/engineer')}>
        ← {words.back}
      </a>
      <p class="detail__number">
        {words.engineer.number(ticket.number)} · <bdi>{ticket.place}</bdi>
      </p>
      <h1 class="detail__title">{ticketTitle(ticket, words)}</h1>
      <p class="detail__state">
        <Cue
          of={isEnded(ticket) ? 'normal' : ticket.severity}
          look={isEnded(ticket) ? 'plain' : 'filled'}
        >
          {words.severity[ticket.severity]}
        </Cue>{' '}
        <b class="detail__stage">{words.ticketState[ticket.state]}</b>{' '}
        <span>{format.since(Date.parse(ticket.raisedAt), now)}</span>
      </p>
      <StepStrip ticket={ticket} sight={sight} />
      <p class="detail__facts">{facts.filter(Boolean).join(' · ')}</p>
      <Standing ticket={ticket} sight={sight} />
    </header>
  );
}

/** What keeps it, what it waits for, and why it ended. */
function Standing({ ticket, sight }: { ticket: TicketView; sight: Sight }) {
  const { words } = sight;
  const no = disagreement(ticket);
  return (
    <>
      {!isEnded(ticket) && <TimeLine ticket={ticket} sight={sight} />}
      {ticket.parkedUntil && <Parked ticket={ticket} sight={sight} />}
      {no !== undefined && (
        <p class="standing standing--no">
          <b>⟲ {words.work.disagreed}</b> <q>{no}</q>
        </p>
      )}
      {(ticket.state === 'declined' || ticket.state === 'merged') && ticket.endedBecause && (
        <p class="standing">
          <b>{words.work.endedBecause[ticket.state]}</b> <q>{ticket.endedBecause}</q>
        </p>
      )}
      {ticket.mergedInto && (
        <p class="standing">
          {words.work.mergedInto}{' '}
          <a
            class="link"
            href={pathTo(`/engineer/tickets/${encodeURIComponent(ticket.mergedInto)}`)}
          >
            {ticket.mergedInto}
          </a>
        </p>
      )}
    </>
  );
}

/** By when, how long that still is, and who has heard that it is late. */
function TimeLine({ ticket, sight }: { ticket: TicketView; sight: Sight }) {
  const { words, format, now } = sight;
  const say = words.work;
  const at = (moment: string): string => format.moment(Date.parse(moment), now);
  const step = wordFor(say.leftFor, ticket.state);
  const left = timeLeft(ticket, now);
  const who = wordFor(words.role, ticket.escalatedTo ?? '');
  const lines = [
    [
      ticket.dueAt && say.dueBy(step, at(ticket.dueAt)),
      leftWords(ticket, sight),
      ticket.dueSetBy && say.dueSet(ticket.dueSetBy),
    ],
    [ticket.escalated && say.escalated[ticket.escalated](who)],
    [
      ticket.lookBackAt &&
        Date.parse(ticket.lookBackAt) > now &&
        say.lookBackFrom(at(ticket.lookBackAt)),
    ],
    [ticket.closesAt && say.closesAt(at(ticket.closesAt))],
  ].map((parts) => parts.filter(Boolean).join(' · '));
  return (
    <>
      {lines.filter(Boolean).map((line) => (
        <p key={line} class={left.kind === 'over' ? 'standing standing--late' : 'standing'}>
          {line}
        </p>
      ))}
    </>
  );
}

function Parked({ ticket, sight: { words, format, now } }: { ticket: TicketView; sight: Sight }) {
  if (!ticket.parkedUntil) return null;
  return (
    <p class="standing standing--parked">
      <b>◔ {words.work.parked(format.moment(Date.parse(ticket.parkedUntil), now))}</b>
      {ticket.awaits && <span class="standing__more">{words.work.awaits(ticket.awaits)}</span>}
    </p>
  );
}
