// Tickets: each team's record in the period, and what is late or open now, the latest first.
import type { TicketView } from '../../gateway/api/schemas.ts';
import { Cue } from '../shared/cue.tsx';
import { pathTo } from '../shared/language.ts';
import { Quiet } from '../shared/quiet.tsx';
import { siteTimeIn } from '../shared/site-time.ts';
import { ticketTitle } from '../shared/told.ts';
import { FiguresTable } from './figures-table.tsx';
import { isLate, isOpen, recordsOf, type Median } from './lateness.ts';
import type { Period } from './period.ts';
import type { Sight } from './sight.ts';

interface WorkProps {
  readonly tickets: readonly TicketView[];
  readonly period: Period;
  readonly sight: Sight;
}

/** What the gateway hands out at once. */
const MOST_TICKETS = 500;
const LISTED = 8;

export function WorkReview({ tickets, period, sight }: WorkProps) {
  const { words, now, zone } = sight;
  const say = words.review.work;
  const time = siteTimeIn(zone);
  const isWithin = ({ raisedAt }: TicketView): boolean => {
    const { date } = time.at(Date.parse(raisedAt));
    return date >= period.from && date <= period.to;
  };
  const records = recordsOf(tickets, { isWithin, now });
  return (
    <section class="work" aria-labelledby="work">
      <h2 id="work" class="section">
        {say.title}
      </h2>
      {records.length === 0 ? (
        <Quiet what={say.none} />
      ) : (
        <TeamTable records={records} sight={sight} />
      )}
      {tickets.length >= MOST_TICKETS && <p class="work__note">{say.cut}</p>}
      <OpenTickets tickets={tickets} sight={sight} />
    </section>
  );
}

function TeamTable({ records, sight }: { records: ReturnType<typeof recordsOf>; sight: Sight }) {
  const { words } = sight;
  const say = words.review.work;
  return (
    <FiguresTable
      labelledBy="work"
      columns={[say.team, say.raised, say.open, say.late, say.answer, say.rectify]}
    >
      {records.map(({ team, raised, open, late, answer, rectify }) => (
        <tr key={team}>
          <th scope="row">{words.team[team]}</th>
          <td class="num">{raised}</td>
          <td class="num">{open}</td>
          <td class="num">{late > 0 ? <b>▲ {late}</b> : late}</td>
          <td class="num">{medianWords(answer, sight)}</td>
          <td class="num">{medianWords(rectify, sight)}</td>
        </tr>
      ))}
    </FiguresTable>
  );
}

const medianWords = (median: Median | undefined, { words, format }: Sight): string =>
  median ? `${format.duration(median.seconds)} · ${words.review.work.of(median.n)}` : words.unknown;

function OpenTickets({ tickets, sight }: Omit<WorkProps, 'period'>) {
  const { words, now } = sight;
  const say = words.review.work;
  const open = tickets
    .filter(isOpen)
    .sort((a, b) => dueOf(a) - dueOf(b) || Date.parse(a.raisedAt) - Date.parse(b.raisedAt));
  if (open.length === 0) return null;
  const isAnyLate = open.some((ticket) => isLate(ticket, now));
  return (
    <>
      <h3 class="section section--small">{isAnyLate ? say.lateList : say.openList}</h3>
      <ul class="tickets">
        {open.slice(0, LISTED).map((ticket) => (
          <OpenTicket key={ticket.id} ticket={ticket} sight={sight} />
        ))}
      </ul>
      {open.length > LISTED && <p class="work__note">{say.more(open.length - LISTED)}</p>}
    </>
  );
}

const dueOf = ({ dueAt }: TicketView): number =>
  dueAt === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(dueAt);

function OpenTicket({ ticket, sight }: { ticket: TicketView; sight: Sight }) {
  const { words, format, now } = sight;
  const dueAt = dueOf(ticket);
  const late = isLate(ticket, now)
    ? words.engineer.overdue(format.duration((now - dueAt) / 1000))
    : undefined;
  const facts = [
    words.engineer.number(ticket.number),
    words.team[ticket.team],
    words.ticketState[ticket.state],
    ticket.assignee && words.engineer.assignee(ticket.assignee),
    format.since(Date.parse(ticket.raisedAt), now),
  ];
  return (
    <li>
      <a class="ticket" href={pathTo(`/engineer/tickets/${encodeURIComponent(ticket.id)}`)}>
        <span class="ticket__title">
          {late && (
            <Cue of="high" look="filled">
              {late}
            </Cue>
          )}{' '}
          {ticketTitle(ticket, words)}
        </span>
        <span class="ticket__facts">{facts.filter(Boolean).join(' · ')}</span>
      </a>
    </li>
  );
}
