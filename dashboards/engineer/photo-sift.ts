// What can be said of photos before they are sent. The gateway looks at them anew, whatever is said here.
import type { Words } from '../shared/words.ts';

const MOST_PHOTOS = 3;
const MOST_BYTES = 8 * 1024 * 1024;
const KINDS: readonly string[] = ['image/jpeg', 'image/png', 'image/webp'];

type Named = Pick<File, 'name' | 'size' | 'type'>;

export interface Sifted<F> {
  readonly taken: readonly F[];
  /** Why the others were not. */
  readonly refused: readonly string[];
}

/** Of what was chosen, what may join those that are there already. */
export function siftPhotos<F extends Named>(
  there: readonly F[],
  chosen: readonly F[],
  { photo: say }: Words['work'],
): Sifted<F> {
  const refused: string[] = [];
  const fit = chosen.filter((file) => {
    const why = whyNot(file, say);
    if (why) refused.push(why);
    return !why;
  });
  const taken = [...there, ...fit].slice(0, MOST_PHOTOS);
  if (there.length + fit.length > MOST_PHOTOS) refused.push(say.many);
  return { taken, refused };
}

function whyNot({ name, size, type }: Named, say: Words['work']['photo']): string | undefined {
  if (/\.hei[cf]$/i.test(name) || /hei[cf]/.test(type)) return say.heic(name);
  if (!KINDS.includes(type)) return say.kind(name);
  return size > MOST_BYTES ? say.big(name) : undefined;
}
