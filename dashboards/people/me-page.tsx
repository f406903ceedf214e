// One's own page: where one is signed in, the password, and the keys one made for programs.
import { useEffect, useState } from 'preact/hooks';
import type { SessionView, TokenView } from '../../gateway/api/schemas.ts';
import type { Live } from '../shared/live.ts';
import { Failure, Quiet } from '../shared/quiet.tsx';
import { useAsked } from '../shared/use-asked.ts';
import { Frame } from './frame.tsx';
import { MyKeys } from './my-keys.tsx';
import { MyPassword } from './my-password.tsx';
import { MyReach } from './my-reach.tsx';
import { MySessions } from './my-sessions.tsx';
import { TOKENS } from './paths.ts';
import { mayDo, sightOf, type Sight } from './sight.ts';

export function MePage({ live }: { live: Live }) {
  const sight = sightOf(live);
  const { words, standing } = sight;
  useEffect(() => {
    document.title = words.people.me.title;
  }, [words]);
  return (
    <Frame live={live} tab="me">
      {(standing.state === 'in' || standing.state === 'ended') && (
        <Me who={standing.who} sight={sight} />
      )}
    </Frame>
  );
}

function Me({ who, sight }: { who: SessionView; sight: Sight }) {
  const { words } = sight;
  const [round, setRound] = useState(0);
  const again = (): void => setRound(round + 1);
  const asked = useAsked<TokenView[]>(TOKENS, round);
  return (
    <>
      <h1 class="section">
        <bdi>{who.name ?? words.people.me.title}</bdi>{' '}
        <span class="me__who">
          {who.id} · {words.role[who.role === 'nobody' ? 'resident' : who.role]}
        </span>
      </h1>
      <div class="me">
        <div>
          {!asked && <Quiet what={words.loading} />}
          {asked && !asked.ok && (
            <Failure words={words} title={asked.title} detail={asked.detail} retry={again} />
          )}
          {asked?.ok && (
            <>
              <MySessions tokens={asked.value} sight={sight} onGone={again} />
              {mayDo(sight, 'makeKey') && (
                <MyKeys tokens={asked.value} sight={sight} onChange={again} />
              )}
            </>
          )}
        </div>
        <div>
          {who.id && <MyPassword id={who.id} sight={sight} onDone={again} />}
          {who.id && mayDo(sight, 'setReach') && <MyReach id={who.id} sight={sight} />}
        </div>
      </div>
    </>
  );
}
