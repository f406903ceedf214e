// Writes an entry for the notice board, or changes one; under it the line as the screens will show it.
// What was typed stays when the gateway refuses it.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { PostView } from '../../gateway/api/schemas.ts';
import { useDeed } from '../people/use-deed.ts';
import { BoardLine } from '../shared/board-line.tsx';
import { newKey, tell } from '../shared/gateway.ts';
import { signedIn } from '../shared/session.ts';
import { draftOf, EMPTY, isReady, postIn, type Draft } from './board-draft.ts';
import { DayFields, KindField, PlaceField, TitleField, WordsField } from './board-fields.tsx';
import type { Sight } from './sight.ts';

interface BoardFormProps {
  /** Nobody's yet: a new one. */
  readonly post: PostView | undefined;
  readonly places: readonly { readonly id: string; readonly name: string }[];
  readonly sight: Sight;
  readonly onDone: (told: string) => void;
  readonly onClose: () => void;
}

export function BoardForm({ post, places, sight, onDone, onClose }: BoardFormProps) {
  const { words } = sight;
  const say = words.board;
  const deed = useDeed({ standing: signedIn.value, words });
  const [draft, setDraft] = useState<Draft>(post ? draftOf(post) : EMPTY);
  const [key] = useState(newKey);
  const form = useRef<HTMLFormElement>(null);
  // It opens above the list, which may be far from the button that asked for it.
  useEffect(() => form.current?.querySelector<HTMLInputElement>('[name=title]')?.focus(), []);
  const send = () => tell<PostView>(commandOf(post, draft, key));
  const field = { draft, words, onDraft: setDraft };
  const title = post ? say.changeOf(post.title) : say.add;
  return (
    <form
      ref={form}
      class="board-form"
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady(draft))
          void deed.run(send, () => onDone(post ? say.done.saved : say.done.published));
      }}
    >
      <h2 class="dialog__title">{title}</h2>
      <KindField {...field} />
      <TitleField {...field} />
      <WordsField {...field} />
      <PlaceField {...field} places={places} />
      <DayFields {...field} />
      <Preview draft={draft} sight={sight} />
      <p class="notice" role="alert">
        {deed.notice}
      </p>
      <div class="dialog__buttons">
        <button type="button" class="button" onClick={onClose}>
          {words.cancel}
        </button>
        <button
          type="submit"
          class="button button--main"
          disabled={!isReady(draft) || deed.busy === 'sending'}
        >
          {post ? say.save : say.publish}
        </button>
      </div>
    </form>
  );
}

const commandOf = (post: PostView | undefined, draft: Draft, key: string) =>
  post
    ? ({
        method: 'PUT',
        path: `/api/v1/posts/${encodeURIComponent(post.id)}`,
        body: { ...postIn(draft) },
        version: post.version,
        key,
      } as const)
    : { path: '/api/v1/posts', body: { ...postIn(draft) }, key };

function Preview({ draft, sight: { words } }: { draft: Draft; sight: Sight }) {
  const say = words.board;
  return (
    <figure class="preview">
      <figcaption class="preview__name">{say.preview}</figcaption>
      <p class="preview__line">
        {draft.title.trim() === '' ? (
          say.previewEmpty
        ) : (
          <BoardLine entry={postIn(draft)} words={words} />
        )}
      </p>
    </figure>
  );
}
