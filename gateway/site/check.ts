// The contract of a check: what the schema cannot see, because it takes two places of the file,
// or the world outside it, to see it. A check is pure and tells each mistake once.
import { ASSET_KINDS } from '../domain/asset.ts';
import type { Finding } from './mistake.ts';
import { assetsOf, type Listed } from './roster.ts';
import type { SiteDraft } from './schema.ts';

/** What became of a file that the site file names. */
export type SecretFile =
  | { readonly kind: 'secret'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'empty' }
  /** Its mode lets other users of the machine read it. */
  | { readonly kind: 'open' }
  | { readonly kind: 'unreadable' };

export interface Surroundings {
  /** Names of the decoders that there are. */
  readonly decoders: readonly string[];
  /** @param file as the site file names it */
  readonly readSecret: (file: string) => SecretFile;
}

export type Check = (file: SiteDraft, around: Surroundings) => Iterable<Finding>;

/** Every asset's id, of all kinds: they share one set of ids. */
export const allAssets = (file: SiteDraft): Listed[] =>
  ASSET_KINDS.flatMap((kind) => assetsOf(kind, file));
