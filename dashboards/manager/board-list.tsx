// What is on the notice board and what was, each entry with who wrote it and the way to change it.
import { useState } from 'preact/hooks';
import type { PostView } from '../../gateway/api/schemas.ts';
import { ConfirmDialog } from '../people/confirm-dialog.tsx';
import { BoardLine } from '../shared/board-line.tsx';
import { drop } from '../shared/gateway.ts';
import { Quiet } from '../shared/quiet.tsx';
import { signedIn } from '../shared/session.ts';
import type { Sight } from './sight.ts';

interface BoardListProps {
  readonly posts: readonly PostView[];
  readonly sight: Sight;
  readonly onChange: (post: PostView) => void;
  readonly onDone: (told: string) => void;
}

export function BoardList({ posts, ...props }: BoardListProps) {
  const say = props.sight.words.board;
  const current = posts.filter(({ state }) => state === 'published');
  const past = posts.filter(({ state }) => state !== 'published');
  return (
    <>
      <h2 class="section section--small">{say.current}</h2>
      {current.length === 0 && <Quiet what={say.none} next={say.noneNext} />}
      <ul class="posts">
        {current.map((post) => (
          <Entry key={post.id} post={post} {...props} />
        ))}
      </ul>
      {past.length > 0 && (
        <details class="posts__past">
          <summary class="posts__more">
            {say.past} ({past.length})
          </summary>
          <ul class="posts">
            {past.map((post) => (
              <Entry key={post.id} post={post} {...props} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

type EntryProps = Omit<BoardListProps, 'posts'> & { readonly post: PostView };

function Entry({ post, sight, onChange, onDone }: EntryProps) {
  const { words, format, now } = sight;
  const say = words.board;
  const [isAsking, setAsking] = useState(false);
  const by = post.changedBy ?? post.by ?? '';
  const at = format.since(Date.parse(post.changedAt ?? post.at), now);
  return (
    <li class={`post post--${post.state}`} data-post={post.id}>
      <p class="post__line">
        <BoardLine entry={post} words={words} />
      </p>
      {post.words !== '' && (
        <p class="post__words">
          <bdi>{post.words}</bdi>
        </p>
      )}
      <p class="post__facts">
        {say.state[post.state]} · <bdi>{post.placeName ?? post.place ?? say.everywhere}</bdi> ·{' '}
        {say.by(by, at)}
      </p>
      {post.state === 'published' && (
        <Deeds post={post} words={words} onChange={onChange} onAsk={() => setAsking(true)} />
      )}
      {isAsking && (
        <ConfirmDialog
          title={say.withdrawOf(post.title)}
          note={say.withdrawNote}
          send={say.withdraw}
          sight={{ words, standing: signedIn.value }}
          attempt={() => drop(`/api/v1/posts/${encodeURIComponent(post.id)}`)}
          onDone={() => onDone(say.done.withdrawn)}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}

interface DeedsProps {
  readonly post: PostView;
  readonly words: Sight['words'];
  readonly onChange: (post: PostView) => void;
  readonly onAsk: () => void;
}

function Deeds({ post, words: { board: say }, onChange, onAsk }: DeedsProps) {
  return (
    <p class="post__deeds">
      <button
        type="button"
        class="button"
        aria-label={say.changeOf(post.title)}
        onClick={() => onChange(post)}
      >
        {say.change}
      </button>
      <button
        type="button"
        class="button"
        aria-label={`${say.withdraw}: ${post.title}`}
        onClick={onAsk}
      >
        {say.withdraw}
      </button>
    </p>
  );
}
