// One ticket: what and where, how far it has come, the values around its trip, the rule in words, what
// its cause took with it, what was done so far, and under the thumb what may be done now by whoever
// looks. The stream tells everybody the same of a ticket; what this person may do, the gateway is asked.
import { useEffect, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { PersonView, TicketView } from '../../gateway/api/schemas.ts';
import { pathTo } from '../shared/language.ts';
import type { Live } from '../shared/live.ts';
import { Failure, Quiet } from '../shared/quiet.tsx';
import { ticketTitle } from '../shared/told.ts';
import { useAsked } from '../shared/use-asked.ts';
import { ActionBar } from './action-bar.tsx';
import type { Around } from './action-dialog.tsx';
import { givable } from './action-fields.ts';
import { AlarmFacts, AlarmLinks } from './alarm-facts.tsx';
import { Frame } from './frame.tsx';
import { History, storyOf } from './history.tsx';
import { Photos } from './photos.tsx';
import { mayDo, sightOf, type Sight } from './sight.ts';
import { TicketHead } from './ticket-head.tsx';
import { ToldReports } from './told-reports.tsx';
import { TripPlot } from './trip-plot.tsx';
import { useAlarms } from './use-alarms.ts';
import { isEnded } from './work.ts';

export function TicketPage({ live, id }: { live: Live; id: string }) {
  const sight = sightOf(live);
  const path = `/api/v1/tickets/${encodeURIComponent(id)}`;
  const [again, setAgain] = useState(0);
  const [acted, setActed] = useState<TicketView>();
  const told = live.tickets.value.get(id);
  const asked = useAsked<TicketView>(path, again + (told?.version ?? 0));
  const answers = [asked?.ok ? asked.value : undefined, acted?.id === id ? acted : undefined];
  const ticket = newest([told, ...answers]);
  // What the stream says may be done is said to everybody.
  const own = newest(answers);
  const actions = own && own.version === ticket?.version ? own.actions : undefined;
  return (
    <Frame live={live} tab="desk">
      {!ticket && !asked && <Quiet what={sight.words.loading} />}
      {!ticket && asked && !asked.ok && <NoTicket {...asked} sight={sight} />}
      {ticket && (
        <Ticket
          live={live}
          ticket={ticket}
          reports={asked?.ok ? asked.value.reports : undefined}
          sight={sight}
        >
          <TicketActions
            key={id}
            live={live}
            path={path}
            ticket={ticket}
            actions={actions}
            sight={sight}
            onDone={setActed}
            onConflict={() => setAgain(again + 1)}
          />
        </Ticket>
      )}
    </Frame>
  );
}

const newest = (views: readonly (TicketView | undefined)[]): TicketView | undefined =>
  views.filter((view) => view !== undefined).sort((one, other) => other.version - one.version)[0];

interface TicketActionsProps {
  readonly live: Live;
  readonly path: string;
  readonly ticket: TicketView;
  /** Not known yet where the ticket has just changed. */
  readonly actions: readonly string[] | undefined;
  readonly sight: Sight;
  readonly onDone: (view: TicketView) => void;
  readonly onConflict: () => void;
}

function TicketActions(props: TicketActionsProps) {
  const { live, path, ticket, actions, sight } = props;
  const [last, setLast] = useState<readonly string[]>([]);
  useEffect(() => {
    if (actions) setLast(actions);
  }, [actions]);
  const people = usePeople(ticket, sight);
  const around: Around = {
    tickets: mergeable(live, ticket, sight),
    people,
    noPass: noPassOf(ticket, sight),
  };
  const shown = actions ?? last;
  return (
    <>
      {actions?.length === 0 && !isEnded(ticket) && (
        <p class="quiet quiet--low">{sight.words.work.noActions}</p>
      )}
      <ActionBar<TicketView>
        path={path}
        actions={shown}
        version={ticket.version}
        story={storyOf(ticket.history, sight)}
        around={around}
        sight={sight}
        onDone={props.onDone}
        onConflict={props.onConflict}
      />
    </>
  );
}

/** Who may be given work is listed for those only who give it out. */
function usePeople(ticket: TicketView, sight: Sight): Around['people'] {
  const asked = useAsked<PersonView[]>(mayDo(sight, 'listPeople') ? '/api/v1/people' : undefined);
  if (!asked?.ok || asked.value.length === 0) return undefined;
  return givable(asked.value, ticket.team).map(({ id, name }) => ({
    value: id,
    label: `${name} (${id})`,
  }));
}

function noPassOf(ticket: TicketView, { words, format, now }: Sight): string | undefined {
  if (ticket.parkedUntil !== undefined) return words.work.passParked;
  const lookBackAt = ticket.lookBackAt === undefined ? now : Date.parse(ticket.lookBackAt);
  return lookBackAt > now ? words.work.passTooEarly(format.moment(lookBackAt, now)) : undefined;
}

/** What is at the same place, or of the same kind, first. */
function mergeable(live: Live, ticket: TicketView, { words }: Sight): Around['tickets'] {
  const nearness = (other: TicketView): number =>
    Number(other.asset !== undefined && other.asset === ticket.asset) * 4 +
    Number(other.place === ticket.place) * 2 +
    Number(other.category === ticket.category);
  return [...live.tickets.value.values()]
    .filter((other) => other.id !== ticket.id && !isEnded(other))
    .sort((one, other) => nearness(other) - nearness(one) || other.number - one.number)
    .map((other) => ({
      value: other.id,
      label: `${words.engineer.number(other.number)} · ${ticketTitle(other, words)}`,
    }));
}

interface TicketProps {
  readonly live: Live;
  readonly ticket: TicketView;
  readonly reports: TicketView['reports'];
  readonly sight: Sight;
  readonly children: ComponentChildren;
}

function Ticket({ live, ticket, reports, sight, children }: TicketProps) {
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
          <AlarmLinks alarms={alarm ? [alarm, ...others] : []} sight={sight} />
        </div>
        <div class="column">
          <ToldReports reports={reports ?? []} sight={sight} />
          <Photos ticket={ticket} sight={sight} />
          <History steps={ticket.history} sight={sight} />
        </div>
      </main>
      {children}
    </>
  );
}

interface NoTicketProps {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly sight: Sight;
}

function NoTicket({ status, title, detail, sight: { words } }: NoTicketProps) {
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
