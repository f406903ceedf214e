// A label was scanned: with a round of one's own under way that leads past there, that is the check-in;
// without one, the routes that could begin here.
import { useEffect, useRef } from 'preact/hooks';
import type { PatrolView, RoundHeadView, RoundView } from '../../gateway/api/schemas.ts';
import { pathTo } from '../shared/language.ts';
import type { Live } from '../shared/live.ts';
import { Quiet } from '../shared/quiet.tsx';
import { useAsked } from '../shared/use-asked.ts';
import { Frame } from './frame.tsx';
import type { Outbox } from './outbox.ts';
import { MY_ROUNDS, PATROLS, roundPage, roundPath } from './paths.ts';
import { StartButton } from './patrols-page.tsx';
import { sightOf, type Sight } from './sight.ts';
import { hearRound } from './told-rounds.ts';

interface PageProps {
  readonly live: Live;
  readonly outbox: Outbox;
  readonly code: string;
  readonly goTo: (path: string) => void;
}

export function PlacePage({ live, outbox, code, goTo }: PageProps) {
  const sight = sightOf(live);
  const { words, standing } = sight;
  const say = words.patrol;
  const { own, place, patrols, round, mine } = useHere(code, standing.state === 'in');
  const isSent = useRef(false);
  const arrive = (id: string, name: string): void => {
    const body = { place: code, by: 'qr' };
    outbox.send(
      { path: `${roundPath(id)}/check-in`, body, what: say.deed.checkIn(name) },
      hearRound,
    );
    goTo(`${roundPage(id)}?at=${encodeURIComponent(code)}`);
  };
  useEffect(() => {
    if (!own || !place || isSent.current) return;
    isSent.current = true;
    arrive(own.id, place.name);
  }, [own, place]);
  const here = patrols?.ok
    ? patrols.value.filter(({ places }) => places.some(({ at }) => at === code))
    : [];
  const name = here[0]?.places.find(({ at }) => at === code)?.name ?? code;
  const isKnown = mine?.ok && patrols?.ok && (!own || round !== undefined);
  return (
    <Frame live={live} outbox={outbox} title={say.title}>
      <h1 class="section">{say.at(name)}</h1>
      {!isKnown && <Quiet what={words.loading} />}
      {isKnown && own && place && <Quiet what={say.joining} />}
      {isKnown && own && !place && (
        <Quiet what={say.scan.notHere(code)}>
          <a class="button button--main go-on" href={pathTo(roundPage(own.id))}>
            {say.goOn}
          </a>
        </Quiet>
      )}
      {isKnown && !own && here.length === 0 && <Quiet what={say.noRouteHere} />}
      {isKnown && !own && here.length > 0 && (
        <Beginnings patrols={here} sight={sight} onBegun={(id) => arrive(id, name)} />
      )}
      <p>
        <a class="link" href={`/r/${encodeURIComponent(code)}`}>
          {say.residentPage}
        </a>
      </p>
    </Frame>
  );
}

interface BeginningsProps {
  readonly patrols: readonly PatrolView[];
  readonly sight: Sight;
  readonly onBegun: (id: string) => void;
}

/** The routes that lead past here: any of them may be begun at this place. */
const Beginnings = ({ patrols, sight, onBegun }: BeginningsProps) => (
  <ul class="routes">
    {patrols.map((patrol) => (
      <li key={patrol.id} class="route">
        <h2 class="route__name">{patrol.name}</h2>
        <StartButton
          patrol={patrol}
          own={undefined}
          sight={sight}
          word={sight.words.patrol.startHere}
          onBegun={onBegun}
        />
      </li>
    ))}
  </ul>
);

/** One's own round under way and this place on it, and all routes, once they are known. */
function useHere(code: string, isIn: boolean) {
  const mine = useAsked<RoundHeadView[]>(isIn ? MY_ROUNDS : undefined);
  const patrols = useAsked<PatrolView[]>(isIn ? PATROLS : undefined);
  const own = mine?.ok ? mine.value[0] : undefined;
  const round = useAsked<RoundView>(own && roundPath(own.id));
  const place = round?.ok ? round.value.route.find(({ at }) => at === code) : undefined;
  return { own, place, patrols, round, mine };
}
