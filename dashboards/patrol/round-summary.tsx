// A round that is over, or somebody else's: who walked it, how far, and each answer with its ticket.
import type { RoundView } from '../../gateway/api/schemas.ts';
import { alone } from '../shared/alone.ts';
import { pathTo } from '../shared/language.ts';
import { ROUTES_PAGE } from './paths.ts';
import { stateOf, type PlaceView } from './round-now.ts';
import type { Sight } from './sight.ts';

export function RoundSummary({ round, sight }: { round: RoundView; sight: Sight }) {
  const { words, format, now } = sight;
  const say = words.patrol;
  const { end, endedAt, startedAt, note } = round;
  const began = Date.parse(startedAt);
  return (
    <section class="summary">
      <h1 class="section">{say.summary}</h1>
      <p>
        <b>{round.name}</b> · <bdi>{round.byName}</bdi> · {format.since(began, now)}
      </p>
      <p>
        {end ? say.ended[end] : say.underWay(alone(round.byName))}
        {endedAt && ` · ${say.took(format.duration((Date.parse(endedAt) - began) / 1000))}`}
      </p>
      <p>
        {say.seen(round.seen, round.places)} · {say.bad(round.bad)}
      </p>
      {note && <p class="summary__note">{note}</p>}
      <ol class="summary__places">
        {round.route.map((place) => (
          <SummaryPlace key={place.at} place={place} sight={sight} />
        ))}
      </ol>
      <a class="button button--main summary__back" href={pathTo(ROUTES_PAGE)}>
        {say.toRoutes}
      </a>
    </section>
  );
}

function SummaryPlace({ place, sight: { words } }: { place: PlaceView; sight: Sight }) {
  const say = words.patrol;
  return (
    <li class="summary__place">
      <b>{place.name}</b> · {say.placeState[stateOf(place)]}
      {place.checkedInBy && ` · ${say.arrivedBy[place.checkedInBy]}`}
      <ul class="summary__looks">
        {place.look.map(({ ask, verdict, ticket, note }, index) => (
          <li key={index}>
            {verdict === undefined ? '○' : verdict === 'ok' ? '✓' : '▲'} {ask}
            {verdict && ` ${say.answered[verdict]}`}
            {ticket && (
              <>
                {' · '}
                <a class="link" href={pathTo(`/engineer/tickets/${encodeURIComponent(ticket)}`)}>
                  {say.ticket(ticket)}
                </a>
              </>
            )}
            {note && (
              <>
                {' · '}
                <bdi>{note}</bdi>
              </>
            )}
          </li>
        ))}
      </ul>
    </li>
  );
}
