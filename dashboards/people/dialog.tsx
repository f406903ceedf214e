// Asks something of a person, on top of the page. What was refused is said in it, and what was typed
// stays.
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { useFocusInside } from '../shared/focus-inside.ts';
import type { Words } from '../shared/words.ts';
import type { Deed } from './use-deed.ts';

interface DialogProps {
  readonly title: string;
  readonly send: string;
  readonly ready: 'yes' | 'no';
  readonly deed: Deed;
  readonly words: Words;
  readonly onSend: () => void;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

export function Dialog(props: DialogProps) {
  const { title, send, ready, deed, words, onSend, onClose, children } = props;
  const box = useRef<HTMLDivElement>(null);
  useFocusInside(box, onClose);
  return (
    <div class="veil">
      <div ref={box} class="dialog" role="dialog" aria-modal="true" aria-label={title}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (ready === 'yes') onSend();
          }}
        >
          <h2 class="dialog__title">{title}</h2>
          {children}
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
              disabled={ready === 'no' || deed.busy === 'sending'}
            >
              {send}
            </button>
          </div>
        </form>
      </div>
    </div>
  );
}
