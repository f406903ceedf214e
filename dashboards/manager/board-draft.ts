// What is being written for the notice board, as it stands in the form, and what is sent of it.
import type { NewPost, PostView } from '../../gateway/api/schemas.ts';

export const KINDS = ['planned', 'doing', 'idea', 'activity', 'training'] as const;
export const TITLE_LENGTH = 60;
export const WORDS_LENGTH = 600;

/** Everything is text while it is typed; empty: not said. */
export interface Draft {
  readonly kind: NewPost['kind'];
  readonly title: string;
  readonly words: string;
  readonly place: string;
  readonly from: string;
  readonly to: string;
}

export const EMPTY: Draft = { kind: 'planned', title: '', words: '', place: '', from: '', to: '' };

export const draftOf = (post: PostView): Draft => ({
  kind: post.kind,
  title: post.title,
  words: post.words,
  place: post.place ?? '',
  from: post.from ?? '',
  to: post.to ?? '',
});

export const isBackwards = ({ from, to }: Draft): boolean => from !== '' && to !== '' && to < from;

export const isReady = (draft: Draft): boolean =>
  draft.title.trim() !== '' && draft.title.length <= TITLE_LENGTH && !isBackwards(draft);

export function postIn({ kind, title, words, place, from, to }: Draft): NewPost {
  return {
    kind,
    title: title.trim(),
    words: words.trim(),
    ...(place !== '' && { place }),
    ...(from !== '' && { from }),
    ...(to !== '' && { to }),
  };
}
