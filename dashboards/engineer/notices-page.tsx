// What people are told: how each channel is, what is undelivered and why, and the two things that can
// be done about it.
import { useEffect, useState } from 'preact/hooks';
import { NOTICE_STATES, type NoticeState } from './notice-states.ts';
import type { NoticeView, TellingView } from '../../gateway/api/schemas.ts';
import type { Live } from '../shared/live.ts';
import { Failure, Quiet } from '../shared/quiet.tsx';
import { useAsked } from '../shared/use-asked.ts';
import { ChannelList, ReaderList } from './channel-list.tsx';
import { Frame } from './frame.tsx';
import { NoticeRow } from './notice-row.tsx';
import { sightOf, type Sight } from './sight.ts';
import './notices.css';

const ASK_AGAIN_MS = 5000;

export function NoticesPage({ live }: { live: Live }) {
  const sight = sightOf(live);
  const { words } = sight;
  const [done, setDone] = useState(0);
  const round = Math.floor(sight.now / ASK_AGAIN_MS) + done;
  const telling = useAsked<TellingView>('/api/v1/telling', round);
  useEffect(() => {
    document.title = words.notices.title;
  }, [words]);
  return (
    <Frame live={live} tab="notices">
      <main class="columns columns--wide">
        <div class="column">
          <h1 class="section">{words.notices.title}</h1>
          <Notices sight={sight} round={round} onDone={() => setDone(done + 1)} />
        </div>
        <div class="column">
          {!telling && <Quiet what={words.loading} />}
          {telling && !telling.ok && (
            <Failure words={words} title={telling.title} detail={telling.detail} />
          )}
          {telling?.ok && <ChannelList channels={telling.value.channels} sight={sight} />}
          {telling?.ok && <ReaderList readers={telling.value.readers} sight={sight} />}
        </div>
      </main>
    </Frame>
  );
}

interface NoticesProps {
  readonly sight: Sight;
  readonly round: number;
  readonly onDone: () => void;
}

function Notices({ sight, round, onDone }: NoticesProps) {
  const { words } = sight;
  const [state, setState] = useState<NoticeState>('waiting');
  const asked = useAsked<NoticeView[]>(`/api/v1/notices?state=${state}`, round);
  // The answer to the last question stays until the next one comes.
  const notices = asked?.ok ? asked.value.filter((notice) => notice.state === state) : [];
  return (
    <>
      <div class="filters filters--many" role="group" aria-label={words.notices.which}>
        {NOTICE_STATES.map((name) => (
          <button
            key={name}
            type="button"
            class="filter"
            aria-pressed={name === state}
            onClick={() => setState(name)}
          >
            {words.notices.state[name]}
          </button>
        ))}
      </div>
      {!asked && <Quiet what={words.loading} />}
      {asked && !asked.ok && <Failure words={words} title={asked.title} detail={asked.detail} />}
      {asked?.ok && notices.length === 0 && <Quiet what={words.notices.none[state]} />}
      <ul class="notices">
        {notices.map((notice) => (
          <NoticeRow key={notice.id} notice={notice} sight={sight} onDone={onDone} />
        ))}
      </ul>
    </>
  );
}
