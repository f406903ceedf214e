import type { Format } from '../shared/format.ts';
import type { Words } from '../shared/words.ts';

/** What it takes to put something into words; a part of every view's Sight. */
export interface Tongue {
  readonly words: Words;
  readonly format: Format;
  /** By the gateway's clock. */
  readonly now: number;
}
