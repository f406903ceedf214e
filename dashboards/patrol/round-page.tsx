// One round: how far it is, the place where one stands, all places, and the end. What was tapped shows
// at once; the gateway's own word takes its place when it comes.
import { useEffect, useState } from 'preact/hooks';
import type { RoundView } from '../../gateway/api/schemas.ts';
import type { Live } from '../shared/live.ts';
import { Failure, Quiet } from '../shared/quiet.tsx';
import { useAsked } from '../shared/use-asked.ts';
import { EndRound } from './end-round.tsx';
import { Frame } from './frame.tsx';
import type { Outbox } from './outbox.ts';
import { roundPath } from './paths.ts';
import { PlacePanel } from './place-panel.tsx';
import { nextPlace, roundNow, stateOf, type PlaceView } from './round-now.ts';
import { RoundSummary } from './round-summary.tsx';
import { sightOf, type Sight } from './sight.ts';
import { hearRound, toldRounds } from './told-rounds.ts';

const ASK_AGAIN_MS = 60_000;

interface PageProps {
  readonly live: Live;
  readonly outbox: Outbox;
  readonly id: string;
  /** The place that was come to just now. */
  readonly at?: string | undefined;
}

export function RoundPage({ live, outbox, id, at }: PageProps) {
  const sight = sightOf(live);
  const { words, now, standing } = sight;
  const told = toldRounds.value.get(id);
  const [retries, setRetries] = useState(0);
  const turn = Math.floor(now / ASK_AGAIN_MS) + retries;
  const asked = useAsked<RoundView>(standing.state === 'in' ? roundPath(id) : undefined, turn);
  useEffect(() => {
    if (asked?.ok && outbox.waiting.peek().length === 0) hearRound(asked.value);
  }, [asked]);
  const known = told ?? (asked?.ok ? asked.value : undefined);
  useEffect(() => {
    document.title = known ? `${known.name} · ${words.patrol.title}` : words.patrol.title;
  }, [known?.name, words]);
  return (
    <Frame live={live} outbox={outbox} title={words.patrol.title}>
      {!known && !asked && <Quiet what={words.loading} />}
      {!known && asked && !asked.ok && (
        <Failure
          words={words}
          title={asked.title}
          detail={asked.detail}
          retry={() => setRetries(retries + 1)}
        />
      )}
      {known && (
        <Walk
          round={roundNow(known, outbox.waiting.value, now)}
          outbox={outbox}
          at={at}
          sight={sight}
        />
      )}
    </Frame>
  );
}

/** What history calls whoever sits at the machine before anybody has an account. */
const ON_THE_SPOT = 'local';

interface WalkProps {
  readonly round: RoundView;
  readonly outbox: Outbox;
  readonly at: string | undefined;
  readonly sight: Sight;
}

function Walk({ round, outbox, at, sight }: WalkProps) {
  const { words, standing } = sight;
  const say = words.patrol;
  // Nobody is moved on by an answer: where a place is seen, a photo or a count may still follow.
  const [chosen, setChosen] = useState(at ?? nextPlace(round)?.at);
  const here = round.route.find((place) => place.at === chosen) ?? round.route[0];
  const isMine = standing.state !== 'in' || (standing.who.id ?? ON_THE_SPOT) === round.by;
  if (round.end !== undefined || !isMine) return <RoundSummary round={round} sight={sight} />;
  const send: SendStep = (action, body, what) =>
    outbox.send({ path: `${roundPath(round.id)}/${action}`, body, what }, hearRound);
  const next = here && nextPlace(round, here.at);
  return (
    <>
      <h1 class="section">{round.name}</h1>
      <Progress round={round} sight={sight} />
      {here && (
        <PlacePanel
          key={here.at}
          place={here}
          outbox={outbox}
          send={send}
          sight={sight}
          onCode={(code) => {
            const place = round.route.find((one) => one.at === code);
            if (!place) return say.scan.notHere(code);
            setChosen(code);
            send('check-in', { place: code, by: 'qr' }, say.deed.checkIn(place.name));
            return '';
          }}
        />
      )}
      {next ? (
        <button type="button" class="button next-place" onClick={() => setChosen(next.at)}>
          {say.next(next.name)}
        </button>
      ) : (
        <p class="all-seen">✓ {say.allSeen}</p>
      )}
      <Places route={round.route} here={here?.at} sight={sight} onPlace={setChosen} />
      <EndRound round={round} send={send} sight={sight} />
    </>
  );
}

export type SendStep = (
  action: 'check-in' | 'look' | 'finish' | 'abandon',
  body: Readonly<Record<string, unknown>>,
  what: string,
) => void;

function Progress({ round, sight: { words } }: { round: RoundView; sight: Sight }) {
  const { seen, places, bad } = round;
  return (
    <div class="round-progress">
      <progress
        class="round-progress__bar"
        max={places}
        value={seen}
        aria-label={words.patrol.title}
      />
      <p>
        <b>{words.patrol.seen(seen, places)}</b>
        {bad > 0 && <span class="round-progress__bad"> · ▲ {words.patrol.bad(bad)}</span>}
      </p>
    </div>
  );
}

const MARKS = { seen: '●', part: '◐', open: '○' } as const;

interface PlacesProps {
  readonly route: readonly PlaceView[];
  readonly here: string | undefined;
  readonly sight: Sight;
  readonly onPlace: (at: string) => void;
}

function Places({ route, here, sight: { words }, onPlace }: PlacesProps) {
  const say = words.patrol;
  return (
    <>
      <h2 class="section">{say.route}</h2>
      <ol class="places">
        {route.map((place) => {
          const state = stateOf(place);
          const bad = place.look.filter(({ verdict }) => verdict === 'bad').length;
          return (
            <li key={place.at}>
              <button
                type="button"
                class="places__one"
                aria-current={place.at === here ? 'true' : undefined}
                onClick={() => {
                  onPlace(place.at);
                  scrollTo(0, 0);
                }}
              >
                <span aria-hidden="true">{MARKS[state]}</span>
                <b class="places__name">{place.name}</b>
                <span class="places__state">
                  {say.placeState[state]}
                  {bad > 0 && ` · ▲ ${say.bad(bad)}`}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </>
  );
}
