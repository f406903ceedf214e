// The sheet that asks something of a person, on top of the page: what is asked, what changed meanwhile,
// why it was refused, and the two ways out. Escape closes it, the focus stays inside while it is open
// and goes back to where it was. Nothing that was typed is ever taken away by an answer.
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { useFocusInside } from '../shared/focus-inside.ts';
import type { Words } from '../shared/words.ts';
import { Changes } from './changes.tsx';

/** How the attempt stands, whatever is asked. */
export interface Attempted {
  readonly busy: 'sending' | 'idle';
  /** Why the last attempt was refused. */
  readonly notice: string;
  readonly changes: readonly string[];
  /** gone: what was to be done can no longer be done. */
  readonly standing: 'offered' | 'gone';
  readonly words: Words;
  readonly onClose: () => void;
}

interface SheetProps extends Attempted {
  readonly title: string;
  readonly verb: string;
  readonly ready: 'yes' | 'no';
  readonly onSend: () => void;
  readonly children: ComponentChildren;
}

export function Sheet(props: SheetProps) {
  const { title, verb, ready, busy, notice, changes, standing, words, onSend, onClose } = props;
  const box = useRef<HTMLDivElement>(null);
  useFocusInside(box, onClose);
  const isShut = busy === 'sending' || standing === 'gone' || ready === 'no';
  return (
    <div class="veil">
      <div ref={box} class="dialog" role="dialog" aria-modal="true" aria-label={title}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (!isShut) onSend();
          }}
        >
          <h2 class="dialog__title">{title}</h2>
          {props.children}
          <Changes lines={changes} words={words} />
          {changes.length > 0 && standing === 'offered' && <p>{words.work.keptTyped}</p>}
          <p class="act__notice" role="alert">
            {standing === 'gone' ? words.work.noLonger : notice}
          </p>
          <div class="dialog__buttons">
            <button type="button" class="button" onClick={onClose}>
              {words.cancel}
            </button>
            <button type="submit" class="button button--main" disabled={isShut}>
              {verb}
            </button>
          </div>
        </form>
      </div>
    </div>
  );
}
