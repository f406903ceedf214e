// The routes: when each was walked last, whether one is overdue, and the way onto it.
import { useEffect, useState } from 'preact/hooks';
import type { PatrolView, RoundHeadView, RoundView } from '../../gateway/api/schemas.ts';
import { alone } from '../shared/alone.ts';
import { newKey, tell } from '../shared/gateway.ts';
import { pathTo } from '../shared/language.ts';
import type { Live } from '../shared/live.ts';
import { Failure, Quiet } from '../shared/quiet.tsx';
import { refusalText } from '../shared/refusal.ts';
import { useAsked } from '../shared/use-asked.ts';
import { Frame } from './frame.tsx';
import type { Outbox } from './outbox.ts';
import { MY_ROUNDS, PATROLS, roundPage, ROUNDS } from './paths.ts';
import { hearRound } from './told-rounds.ts';
import { mayDo, sightOf, type Sight } from './sight.ts';

const ASK_AGAIN_MS = 30_000;

interface PageProps {
  readonly live: Live;
  readonly outbox: Outbox;
  readonly goTo: (path: string) => void;
}

export function PatrolsPage({ live, outbox, goTo }: PageProps) {
  const sight = sightOf(live);
  const { words, now, standing } = sight;
  const [retries, setRetries] = useState(0);
  const isIn = standing.state === 'in';
  const round = Math.floor(now / ASK_AGAIN_MS) + retries;
  const asked = useAsked<PatrolView[]>(isIn ? PATROLS : undefined, round);
  const mine = useAsked<RoundHeadView[]>(isIn ? MY_ROUNDS : undefined, round);
  useEffect(() => {
    document.title = words.patrol.title;
  }, [words]);
  const own = mine?.ok ? mine.value[0] : undefined;
  return (
    <Frame live={live} outbox={outbox} title={words.patrol.routes}>
      <h1 class="section">{words.patrol.routes}</h1>
      {own && (
        <a class="button button--main go-on" href={pathTo(roundPage(own.id))}>
          {words.patrol.goOn} · {own.name} · {words.patrol.seen(own.seen, own.places)}
        </a>
      )}
      {!asked && <Quiet what={words.loading} />}
      {asked && !asked.ok && (
        <Failure
          words={words}
          title={asked.title}
          detail={asked.detail}
          retry={() => setRetries(retries + 1)}
        />
      )}
      {asked?.ok && asked.value.length === 0 && (
        <Quiet what={words.patrol.noRoutes} next={words.patrol.noRoutesNext} />
      )}
      {asked?.ok && (
        <ul class="routes">
          {asked.value.map((patrol) => (
            <Route
              key={patrol.id}
              patrol={patrol}
              own={own}
              sight={sight}
              onBegun={(id) => goTo(roundPage(id))}
            />
          ))}
        </ul>
      )}
    </Frame>
  );
}

interface RouteProps {
  readonly patrol: PatrolView;
  readonly own: RoundHeadView | undefined;
  readonly sight: Sight;
  readonly onBegun: (id: string) => void;
}

function Route({ patrol, own, sight, onBegun }: RouteProps) {
  const { words, format, now } = sight;
  const say = words.patrol;
  const { lastRound, underWay, due, team } = patrol;
  const isLate = due === 'overdue';
  return (
    <li class="route">
      <h2 class="route__name">{patrol.name}</h2>
      <p class="route__facts">
        <span class={isLate ? 'cue cue--filled cue--medium' : 'route__due'}>
          {isLate && <span class="cue__shape">◆</span>}
          {say.due[due]}
        </span>{' '}
        {say.places(patrol.places.length)}
        {team && ` · ${words.team[team]}`}
      </p>
      {lastRound && (
        <p class="route__facts">
          {say.lastRound(
            `${alone(lastRound.byName)} · ${lastRound.end ? say.ended[lastRound.end] : ''}`,
            format.since(Date.parse(lastRound.startedAt), now),
          )}
        </p>
      )}
      {underWay.map(({ id, byName }) => (
        <p key={id} class="route__facts">
          {say.underWay(alone(byName))}
        </p>
      ))}
      <StartButton patrol={patrol} own={own} sight={sight} word={say.start} onBegun={onBegun} />
    </li>
  );
}

interface StartProps extends RouteProps {
  readonly word: string;
}

/** A round begins at the gateway: without it there is nothing to walk yet. */
export function StartButton({ patrol, own, sight, onBegun, word }: StartProps) {
  const { words, standing } = sight;
  const [key] = useState(newKey);
  const [busy, setBusy] = useState<'sending' | 'idle'>('idle');
  const [notice, setNotice] = useState('');
  if (standing.state === 'in' && !mayDo(sight, 'startRound'))
    return <p class="route__facts">{words.patrol.mayNotWalk}</p>;
  const begin = async (): Promise<void> => {
    setBusy('sending');
    const outcome = await tell<RoundView>({ path: ROUNDS, body: { patrol: patrol.id }, key });
    setBusy('idle');
    if (outcome.ok) {
      hearRound(outcome.value);
      onBegun(outcome.value.id);
    } else setNotice(refusalText(outcome, standing, words));
  };
  return (
    <>
      <button
        type="button"
        class="button button--main route__start"
        disabled={busy === 'sending' || own !== undefined}
        onClick={() => void begin()}
      >
        {word}
      </button>
      {own && <p class="route__facts">{words.patrol.onlyOne}</p>}
      <p class="notice" role="alert">
        {notice}
      </p>
    </>
  );
}
