// The notice board, for those who write on it: what is on it, what was, and a form for a new entry with
// the line that the stations' screens will show. The only view of it that reads the live store.
import { useEffect, useState } from 'preact/hooks';
import type { PostView } from '../../gateway/api/schemas.ts';
import { pathTo } from '../shared/language.ts';
import type { Live } from '../shared/live.ts';
import { isClosedTo, NotForYou } from '../shared/not-for-you.tsx';
import { PageHead } from '../shared/page-head.tsx';
import { Answered } from '../shared/answered.tsx';
import { Quiet } from '../shared/quiet.tsx';
import { signedIn } from '../shared/session.ts';
import { FOR_BOARD } from '../shared/staff.ts';
import { useKept } from '../shared/use-kept.ts';
import { BoardForm } from './board-form.tsx';
import { BoardList } from './board-list.tsx';
import { sightOf, type Sight } from './sight.ts';

const POSTS = '/api/v1/posts?state=all';

export function BoardPage({ live }: { live: Live }) {
  const sight = sightOf(live);
  const { words } = sight;
  const site = live.site.value;
  const standing = signedIn.value;
  const isClosed = isClosedTo(standing, FOR_BOARD);
  const isUnknown = standing.state === 'asking' || standing.state === 'out' || !site;
  useEffect(() => {
    document.title = `${words.board.title}${site ? ` · ${site.name}` : ''}`;
  }, [words, site]);
  return (
    <>
      <PageHead live={live} words={words}>
        <a class="head__site" href={pathTo('/')}>
          {site?.name ?? 'Courtyard'}
        </a>
      </PageHead>
      {isClosed && <NotForYou standing={standing} roles={FOR_BOARD} words={words} />}
      {!isClosed && isUnknown && live.link.value.state !== 'lost' && <Quiet what={words.loading} />}
      {!isClosed && !isUnknown && (
        <Board places={[...site.stations, ...(site.buildings ?? [])]} sight={sight} />
      )}
    </>
  );
}

interface BoardProps {
  /** Stations and buildings. */
  readonly places: readonly { readonly id: string; readonly name: string }[];
  readonly sight: Sight;
}

function Board({ places, sight }: BoardProps) {
  const { words } = sight;
  const say = words.board;
  const [round, setRound] = useState(0);
  /** Nothing: the form is closed; `new`: an entry that is not there yet. */
  const [open, setOpen] = useState<PostView | 'new'>();
  const [done, setDone] = useState('');
  const asked = useKept<PostView[]>(POSTS, round);
  const again = (told: string): void => {
    setOpen(undefined);
    setDone(told);
    setRound(round + 1);
  };
  return (
    <main class="board-page">
      <div class="board-page__head">
        <h1 class="section">{say.title}</h1>
        <button type="button" class="button button--main" onClick={() => setOpen('new')}>
          {say.add}
        </button>
      </div>
      <p class="board-page__note">{say.note}</p>
      <p class="board-page__done" role="status">
        {done && `✓ ${done}`}
      </p>
      {open !== undefined && (
        <BoardForm
          key={open === 'new' ? 'new' : `${open.id} ${open.version}`}
          post={open === 'new' ? undefined : open}
          places={places}
          sight={sight}
          onDone={again}
          onClose={() => setOpen(undefined)}
        />
      )}
      <Answered asked={asked} words={words} retry={() => setRound(round + 1)}>
        {(posts) => <BoardList posts={posts} sight={sight} onChange={setOpen} onDone={again} />}
      </Answered>
    </main>
  );
}
