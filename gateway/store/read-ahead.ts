// The log from the disk, for followers that have fallen out of its tail. They come for the next
// thousand again and again, and in a flood each answer of another thread waits for a whole turn of
// the event loop: so each question of theirs fetches several answers, which wait here packed.
//
//   cursor ─▶ a page that has what lies after it? ──no──▶ reader's thread ─▶ pages
//                        └──yes──▶ records; a page that is used up goes
//
// The log only grows, so a page is never wrong; it may still know what has been pruned since.
import type { LogRecord, Sequence } from '../domain/record.ts';
import type { LogPage, LogPages } from './log-page.ts';
import type { SeriesName } from './packed-group.ts';
import { unpackRecord } from './log-row.ts';

/** A page is an answer to most who ask. */
const MOST_ROWS = 1000;
const AHEAD = 8;
/** Four followers that are far behind at a time: 80 bytes a row, so no more than 2.6 MB wait here. */
const MOST_PAGES = 4 * AHEAD;

interface HeldPage extends LogPage {
  /** It has all that the log has after this one, to its own last. */
  readonly after: Sequence;
  readonly last: Sequence;
  readonly names: readonly SeriesName[];
}

type Ask = (cursor: Sequence, rows: number, most: number) => Promise<LogPages>;

/** As `Log.readAfter`, from the disk; `ask` is `pagesAfter` of one reader after the other. */
export function readAhead(ask: Ask): (cursor: Sequence, limit: number) => Promise<LogRecord[]> {
  let held: HeldPage[] = [];
  let names: SeriesName[] = [];

  /** Where the log ended when it was read; undefined where it goes on. */
  const fetch = async (cursor: Sequence, limit: number): Promise<Sequence | undefined> => {
    const { pages, series, told, isEnd } = await ask(cursor, Math.min(MOST_ROWS, limit), AHEAD);
    // Answers come in the order in which they were given. Another reader numbers the series anew.
    if (told === 0) names = [];
    names.push(...series);
    let after = cursor;
    for (const page of pages) {
      const last = page.sequences.at(-1) ?? after;
      held.push({ ...page, after, last, names });
      after = last;
    }
    held = held.slice(-MOST_PAGES);
    return isEnd ? after : undefined;
  };

  return async (cursor, limit) => {
    const records: LogRecord[] = [];
    let end: Sequence | undefined;
    for (let at = cursor; records.length < limit && at !== end;) {
      const page = held.find(({ after, last }) => after <= at && at < last);
      if (!page) {
        end = await fetch(at, limit);
        continue;
      }
      at = unpack(page, at, { records, limit });
      if (at === page.last) held.splice(held.indexOf(page), 1);
    }
    return records;
  };
}

/** Adds what the page has after `cursor` until there are `limit`; the sequence that this comes to. */
function unpack(
  page: HeldPage,
  cursor: Sequence,
  { records, limit }: { readonly records: LogRecord[]; readonly limit: number },
): Sequence {
  const { sequences, last } = page;
  const from = rowAfter(sequences, cursor);
  const end = Math.min(sequences.length, from + limit - records.length);
  for (let row = from; row < end; row += 1) {
    records.push(unpackRecord(page, row, sequences[row] as Sequence));
  }
  return end === sequences.length ? last : (sequences[end - 1] as Sequence);
}

/** The first row whose sequence is greater. */
function rowAfter(sequences: Float64Array, cursor: Sequence): number {
  let [low, high] = [0, sequences.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sequences[middle] as Sequence) <= cursor) low = middle + 1;
    else high = middle;
  }
  return low;
}
