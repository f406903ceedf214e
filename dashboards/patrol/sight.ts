// What the rounds are given to show with: words, formats, the moment, who is here.
import { formatIn, type Format } from '../shared/format.ts';
import { words } from '../shared/language.ts';
import type { Live } from '../shared/live.ts';
import { signedIn } from '../shared/session.ts';
import type { Standing } from '../shared/standing.ts';
import type { Words } from '../shared/words.ts';

export interface Sight {
  readonly words: Words;
  readonly format: Format;
  /** By the gateway's clock. */
  readonly now: number;
  readonly standing: Standing;
}

/** Reads the live store: only a top-level view may call it. */
export const sightOf = (live: Live): Sight => ({
  words: words.value,
  format: formatIn(live.site.value?.zone ?? 'Asia/Shanghai', words.value),
  now: live.now.value,
  standing: signedIn.value,
});

export const mayDo = ({ standing }: Sight, operation: string): boolean =>
  standing.state === 'in' && standing.who.may.includes(operation);
