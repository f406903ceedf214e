// One ticket: what and where, the values around its trip, the rule in words, what its cause took
// with it, what was done so far, and under the thumb what may be done now.
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { TicketView } from '../../gateway/api/schemas.ts';
import { Cue } from '../shared/cue.tsx';
import { pathTo } from '../shared/language.ts';
import type { Live } from '../shared/live.ts';
import { Failure, Quiet } from '../shared/quiet.tsx';
import { ticketTitle } from '../shared/told.ts';
import { useAsked } from '../shared/use-asked.ts';
import { ActionBar } from './action-bar.tsx';
import { AlarmFacts, AlarmLinks } from './alarm-facts.tsx';
import { Frame } from './frame.tsx';
import { History } from './history.tsx';
import { sightOf, type Sight } from './sight.ts';
import { TripPlot } from './trip-plot.tsx';
import { useAlarms } from './use-alarms.ts';
import { dueWords } from './work-row.tsx';
import { isEnded } from './work.ts';

export function TicketPage({ live, id }: { live: Live; id: string }) {
  const sight = sightOf(live);
  const path = `/api/v1/tickets/${encodeURIComponent(id)}`;
  const [round, setRound] = useState(0);
  const [acted, setActed] = useState<TicketView>();
  const asked = useAsked<TicketView>(path, round);
  const ticket = newest([
    live.tickets.value.get(id),
    asked?.ok ? asked.value : undefined,
    acted?.id === id ? acted : undefined,
  ]);
  return (
    <Frame live={live} tab="desk">
      {!ticket && !asked && <Quiet what={sight.words.loading} />}
      {!ticket && asked && !asked.ok && <NoTicket {...asked} sight={sight} />}
      {ticket && (
        <Ticket live={live} ticket={ticket} sight={sight}>
          <ActionBar<TicketView>
            key={id}
            path={path}
            actions={ticket.actions}
            version={ticket.version}
            tickets={mergeable(live, ticket, sight)}
            now={sight.now}
            reachable={sight.reachable}
            words={sight.words}
            onDone={setActed}
            onConflict={() => setRound(round + 1)}
          />
        </Ticket>
      )}
    </Frame>
  );
}

const newest = (views: readonly (TicketView | undefined)[]): TicketView | undefined =>
  views.filter((view) => view !== undefined).sort((one, other) => other.version - one.version)[0];

const mergeable = (live: Live, ticket: TicketView, { words }: Sight) =>
  [...live.tickets.value.values()]
    .filter((other) => other.id !== ticket.id && !isEnded(other))
    .map((other) => ({
      value: other.id,
      label: `${words.engineer.number(other.number)} · ${ticketTitle(other, words)}`,
    }));

interface TicketProps {
  readonly live: Live;
  readonly ticket: TicketView;
  readonly sight: Sight;
  readonly children: ComponentChildren;
}

function Ticket({ live, ticket, sight, children }: TicketProps) {
  const alarms = useAlarms(live, ticket.alarms);
  const [alarm, ...others] = alarms;
  useEffect(() => {
    document.title = `${sight.words.engineer.number(ticket.number)} · ${ticketTitle(ticket, sight.words)}`;
  }, [ticket, sight.words]);
  return (
    <>
      <main class="columns columns--detail">
        <div class="column">
          <TicketHead ticket={ticket} sight={sight} />
          {alarm && <TripPlot alarm={alarm} assets={live.assets.value} {...sight} />}
          {alarm && <AlarmFacts alarm={alarm} sight={sight} />}
          <AlarmLinks alarms={others} sight={sight} />
        </div>
        <div class="column">
          <History steps={ticket.history} sight={sight} />
        </div>
      </main>
      {children}
    </>
  );
}

function TicketHead({ ticket, sight }: { ticket: TicketView; sight: Sight }) {
  const { words, format, now } = sight;
  const facts = [
    words.team[ticket.team],
    ticket.assignee && words.engineer.assignee(ticket.assignee),
    ticket.waiting && words.engineer.waiting[ticket.waiting],
    ticket.returns > 0 && words.engineer.returns(ticket.returns),
    isEnded(ticket) ? undefined : dueWords(ticket, sight),
  ];
  return (
    <header class="detail">
      <a class="detail__back" href={pathTo('/engineer')}>
        ← {words.back}
      </a>
      <p class="detail__number">
        {words.engineer.number(ticket.number)} · {ticket.place}
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
      <p class="detail__facts">{facts.filter(Boolean).join(' · ')}</p>
    </header>
  );
}

interface NoTicketProps {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly sight: Sight;
}

export function NoTicket({ status, title, detail, sight: { words } }: NoTicketProps) {
  return (
    <main>
      {status === 404 ? (
        <Quiet what={words.engineer.notFound} next={words.engineer.notFoundNext} />
      ) : (
        <Failure words={words} title={title} detail={detail} />
      )}
      <p class="quiet">
        <a href={pathTo('/engineer')}>← {words.back}</a>
      </p>
    </main>
  );
}
