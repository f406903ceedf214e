// Which known word a mistyped one was meant to be.

/** `; did you mean emptyMm?`, or nothing where no candidate is near or it was no word at all. */
export function didYouMean(word: unknown, candidates: Iterable<string>): string {
  if (typeof word !== 'string') return '';
  const near = nearest(word, candidates);
  return near === undefined ? '' : `; did you mean ${near}?`;
}

/** The candidate with the fewest slips from `word`, at most one slip for every three letters. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > 100) return undefined;
  let best: string | undefined;
  let fewest = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const slips = isCutShort(word, candidate) ? 1 : slipsBetween(plain(word), plain(candidate));
    if (slips < fewest) [best, fewest] = [candidate, slips];
  }
  return best;
}

/** `temp` for `temperature`, or `filling` for `fill`: the shorter whole begins the longer. */
function isCutShort(word: string, candidate: string): boolean {
  const [short, long] = [plain(word), plain(candidate)].sort((a, b) => a.length - b.length);
  return short !== undefined && short.length > 2 && short !== long && !!long?.startsWith(short);
}

/** Case and hyphens are no slips: `empty_mm` and `EmptyMm` are both `emptyMm`. */
const plain = (word: string): string => word.toLowerCase().replaceAll(/[-_ ]/g, '');

/** Letters to add, drop or exchange (Levenshtein), one row of the table at a time. */
function slipsBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [line, letter] of from.split('').entries()) {
    const next = [line + 1];
    for (let column = 1; column <= to.length; column += 1) {
      const exchanged = (row[column - 1] ?? 0) + (letter === to[column - 1] ? 0 : 1);
      next.push(Math.min(exchanged, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
