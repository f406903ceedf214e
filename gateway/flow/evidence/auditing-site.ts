// Which parts of the site file differ between two starts, by their digests.
import { canonical } from '../../domain/audit.ts';

/** Digests by part: `site`, `stations`, `rules/bin-full`. */
export type SiteParts = Readonly<Record<string, string>>;

export interface SiteChange {
  readonly words: string;
  readonly detail: string;
}

/** Undefined where nothing differs. */
export function siteChange(before: SiteParts, after: SiteParts): SiteChange | undefined {
  const all = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  const added = all.filter((part) => before[part] === undefined);
  const removed = all.filter((part) => after[part] === undefined);
  const changed = all.filter(
    (part) =>
      before[part] !== undefined && after[part] !== undefined && before[part] !== after[part],
  );
  if (added.length + removed.length + changed.length === 0) return undefined;
  const said = [
    ...changed.map((part) => `${part} changed`),
    ...added.map((part) => `${part} is new`),
    ...removed.map((part) => `${part} is gone`),
  ];
  const words = said.length > MOST_SAID ? [...said.slice(0, MOST_SAID), '…'] : said;
  return { words: words.join(', '), detail: canonical({ added, changed, removed }) };
}

const MOST_SAID = 12;
