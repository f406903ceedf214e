// The stations' screens: one that shows a code is let in here, and each that was let in can be put out.
import { useEffect, useState } from 'preact/hooks';
import type { TokenView } from '../../gateway/api/schemas.ts';
import { drop } from '../shared/gateway.ts';
import type { Live } from '../shared/live.ts';
import { Failure, Quiet } from '../shared/quiet.tsx';
import { useAsked } from '../shared/use-asked.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { Frame } from './frame.tsx';
import { PairForm } from './pair-form.tsx';
import { ALL_TOKENS, tokenPath, TOKENS } from './paths.ts';
import { sightOf, sinceText, stationName, type Sight } from './sight.ts';

export function DisplaysPage({ live }: { live: Live }) {
  const sight = sightOf(live);
  const { words, standing } = sight;
  useEffect(() => {
    document.title = words.people.displays.title;
  }, [words]);
  return (
    <Frame live={live} tab="displays">
      {standing.state !== 'asking' && standing.state !== 'out' && <Displays sight={sight} />}
    </Frame>
  );
}

function Displays({ sight }: { sight: Sight }) {
  const { words, standing } = sight;
  const say = words.people.displays;
  const [round, setRound] = useState(0);
  // Everybody's are an admin's to see; a manager sees the screens that they let in themselves.
  const isAdmin = standing.state === 'in' && standing.who.role === 'admin';
  const asked = useAsked<TokenView[]>(isAdmin ? ALL_TOKENS : TOKENS, round);
  const again = (): void => setRound(round + 1);
  const displays = asked?.ok ? asked.value.filter(({ kind }) => kind === 'display') : [];
  return (
    <>
      <h1 class="section">{say.title}</h1>
      <p class="people__hint">{say.note}</p>
      <PairForm sight={sight} onPaired={again} />
      {!asked && <Quiet what={words.loading} />}
      {asked && !asked.ok && (
        <Failure words={words} title={asked.title} detail={asked.detail} retry={again} />
      )}
      {asked?.ok && displays.length === 0 && <Quiet what={say.none} />}
      <ul class="tokens">
        {displays.map((display) => (
          <DisplayRow key={display.id} display={display} sight={sight} onGone={again} />
        ))}
      </ul>
    </>
  );
}

interface DisplayRowProps {
  readonly display: TokenView;
  readonly sight: Sight;
  readonly onGone: () => void;
}

function DisplayRow({ display, sight, onGone }: DisplayRowProps) {
  const { words } = sight;
  const say = words.people.displays;
  const [isAsking, setAsking] = useState(false);
  const station = stationName(sight, display.station);
  const { usedAt } = display;
  return (
    <li class="token" data-display={display.id}>
      <p class="token__what">
        <b>{station}</b> {display.name !== display.station && display.name}
      </p>
      <p class="token__when">
        {usedAt === undefined ? say.never : say.seen(sinceText(sight, usedAt))}
      </p>
      <button
        type="button"
        class="switch"
        aria-label={`${say.revoke}: ${station} ${display.name}`}
        onClick={() => setAsking(true)}
      >
        {say.revoke}
      </button>
      {isAsking && (
        <ConfirmDialog
          title={say.revokeOf(station)}
          note={say.revokeNote}
          send={say.revoke}
          sight={sight}
          attempt={() => drop(tokenPath(display.id))}
          onDone={() => {
            setAsking(false);
            onGone();
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}
