// The one time that a key can be read. Promise: it is in no other place of the page, and gone from here
// once its maker says that they have it.
import { useState } from 'preact/hooks';
import type { NewKeyView } from '../../gateway/api/schemas.ts';
import type { Words } from '../shared/words.ts';

interface NewKeyShownProps {
  readonly made: NewKeyView;
  readonly words: Words;
  readonly onKept: () => void;
}

/** Over plain http a page may not copy by itself: then it is done by hand. */
export function NewKeyShown({ made, words, onKept }: NewKeyShownProps) {
  const say = words.people.me;
  const [copied, setCopied] = useState('');
  async function copy(): Promise<void> {
    const clipboard = navigator.clipboard as Clipboard | undefined;
    const isDone = await (clipboard?.writeText(made.key).then(
      () => true,
      () => false,
    ) ?? Promise.resolve(false));
    setCopied(isDone ? say.copied : say.copyByHand);
  }
  return (
    <div class="new-key" role="alert">
      <p>
        <b>{made.name}</b> · {say.keyOnce}
      </p>
      <code class="new-key__key">{made.key}</code>
      <p class="new-key__buttons">
        <button type="button" class="button button--main" onClick={() => void copy()}>
          {say.copy}
        </button>
        <button type="button" class="button" onClick={onKept}>
          {say.keySaved}
        </button>
        <span role="status">{copied}</span>
      </p>
    </div>
  );
}
