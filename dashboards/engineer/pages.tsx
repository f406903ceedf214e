// Turning the pages of a list, here or by the gateway: which page, from where on, and the two buttons.
import { useState } from 'preact/hooks';
import type { Words } from '../shared/words.ts';

export interface PageTurn {
  readonly page: number;
  /** The offset of the page's first. */
  readonly from: number;
  readonly turn: (to: number) => void;
}

export function usePage(size: number): PageTurn {
  const [page, setPage] = useState(0);
  return { page, from: page * size, turn: setPage };
}

interface PagesProps {
  readonly page: number;
  readonly size: number;
  readonly more: boolean;
  readonly words: Words;
  readonly onTurn: (to: number) => void;
}

/** Older and newer; nothing where one page holds it all. */
export function Pages({ page, size, more, words, onTurn }: PagesProps) {
  const say = words.work.page;
  if (page === 0 && !more) return null;
  return (
    <p class="pages">
      {page > 0 && (
        <button type="button" class="button" onClick={() => onTurn(page - 1)}>
          {say.later}
        </button>
      )}
      {more && (
        <button type="button" class="button" onClick={() => onTurn(page + 1)}>
          {say.earlier}
        </button>
      )}
      <span class="pages__of">{say.of(page * size + 1, (page + 1) * size)}</span>
    </p>
  );
}
