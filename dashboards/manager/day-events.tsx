// What happened that day at one station's bins of a stream, in the order of time: how much, who says so,
// and what is remarkable of it. What was taken back is shown struck, because it is in no figure.
import type { LedgerDayView } from '../../gateway/api/schemas.ts';
import { language } from '../shared/language.ts';
import { FiguresTable } from './figures-table.tsx';
import { PartLink } from './ledger-parts.tsx';
import {
  dayPath,
  eventsShown,
  isTakenBack,
  SHOWN,
  type DayEvent,
  type Shown,
} from './opened-day.ts';
import type { Sight } from './sight.ts';

interface EventsProps {
  readonly day: LedgerDayView;
  readonly show: Shown;
  readonly binOf: (id: string) => string;
  readonly sight: Sight;
}

export function EventTable({ day, show, binOf, sight }: EventsProps) {
  const say = sight.words.ledger.day;
  const events = eventsShown(day.events, show);
  return (
    <>
      <h3 id="events" class="section section--part" tabIndex={-1}>
        {say.events}
      </h3>
      <ShownChoice day={day} show={show} sight={sight} />
      {day.isCut && <p class="note">{say.cut}</p>}
      {events.length === 0 ? (
        <p class="none">{day.events.length === 0 ? say.noEvents : sight.words.ledger.none}</p>
      ) : (
        <FiguresTable
          labelledBy="events"
          look="events"
          columns={[say.time, say.what, say.amount, say.how, say.remarks, say.bin]}
        >
          {events.map((event) => (
            <EventRow
              key={`${event.kind} ${event.asset} ${event.at}`}
              event={event}
              binOf={binOf}
              sight={sight}
            />
          ))}
        </FiguresTable>
      )}
    </>
  );
}

function ShownChoice({ day, show, sight }: Omit<EventsProps, 'binOf'>) {
  const say = sight.words.ledger.day;
  const { station, stream } = day;
  return (
    <p class="shown">
      {SHOWN.map((one) => (
        <PartLink
          key={one}
          look="shown__one"
          current={one === show ? 'true' : undefined}
          href={dayPath(day.day, { station, stream, show: one, lang: language.value })}
        >
          {say.shown[one]} {eventsShown(day.events, one).length}
        </PartLink>
      ))}
    </p>
  );
}

interface RowProps {
  readonly event: DayEvent;
  readonly binOf: (id: string) => string;
  readonly sight: Sight;
}

function EventRow({ event, binOf, sight }: RowProps) {
  const { words, format } = sight;
  const say = words.ledger.day;
  const flags = [
    ...(event.estimated ? [say.estimate] : []),
    ...(event.flags ?? []).map((flag) => say.flag[flag]),
  ];
  return (
    <tr class={isTakenBack(event) ? 'event event--back' : 'event'} data-kind={event.kind}>
      <th scope="row">
        <time dateTime={event.at}>{format.clock(Date.parse(event.at))}</time>
      </th>
      <td>{say.kind[event.kind]}</td>
      <td class="num">
        <span class="event__amount">{amountOf(event, sight)}</span>
      </td>
      <td>{say.witness[event.by]}</td>
      <td class="figures__remarks">
        {flags.map((flag) => (
          <span key={flag} class="remark">
            {flag}
          </span>
        ))}
      </td>
      <td class="event__bin">{binOf(event.asset)}</td>
    </tr>
  );
}

/** What was taken out again is taken off. */
function amountOf({ kind, kg, litres }: DayEvent, { words, format }: Sight): string {
  const sign = kind === 'withdrawal' ? '−' : '';
  const parts = [
    kg === undefined ? undefined : `${sign}${format.value('net', kg)}`,
    litres === undefined ? undefined : words.ledger.mark.about(format.value('volume', litres)),
  ];
  return parts.filter(Boolean).join(' · ') || words.unknown;
}
