// The ledger's days that a late reading may still change: a year of them, of which the step looks at
// yesterday's and today's. The others lie here as the text that they were saved as, and are read when
// somebody asks for one. So a start reads no year of JSON, and a year of it takes a tenth of the room.
// Promise: what is put is told once by `take`, and whoever asks cannot tell which days were text.
import type { LocalDay } from './day.ts';
import { STAYS_IN_MIND, type LedgerDay } from './ledger.ts';
import type { Slices } from './slices.ts';
import { days, earlier, type Instant } from './time.ts';

/** A day by its id, as it is saved. */
export type SavedDay = readonly [id: string, json: string];

export const savedDay = (day: LedgerDay): SavedDay => [day.id, JSON.stringify(day)];

/** Only as a day's own key: inside of what people wrote, quotes are escaped. */
const CORRECTED = '"corrections":';

/** Days of before that are changed seldom. */
const AT_HAND = days(3);

export interface LedgerDays extends Slices<LedgerDay> {
  /** Those that somebody asked to have corrected. */
  corrected(): Iterable<LedgerDay>;
}

export interface LedgerShelf {
  readonly slices: LedgerDays;
  /** What was put since the last call. @param now forgets what nothing can change any more */
  take(now: Instant): LedgerDay[];
}

interface Shelf {
  readonly texts: Map<string, string>;
  readonly atHand: Map<string, LedgerDay>;
  readonly dirty: Set<string>;
}

export function ledgerShelf(saved: readonly SavedDay[]): LedgerShelf {
  const shelf: Shelf = { texts: new Map(saved), atHand: new Map(), dirty: new Set() };
  const { atHand, dirty } = shelf;
  let sweptOn = '';
  return {
    slices: slicesOf(shelf),
    take(now) {
      const changed = [...dirty].flatMap((id) => atHand.get(id) ?? []);
      dirty.clear();
      const today = utcDate(now);
      if (changed.length > 0 && today !== sweptOn) {
        sweptOn = today;
        sweep(shelf, now);
      }
      return changed;
    },
  };
}

function slicesOf({ texts, atHand, dirty }: Shelf): LedgerDays {
  return {
    get(id) {
      const text = atHand.has(id) ? undefined : texts.get(id);
      if (text === undefined) return atHand.get(id);
      const day = JSON.parse(text) as LedgerDay;
      atHand.set(id, day);
      texts.delete(id);
      return day;
    },
    put(id, day) {
      texts.delete(id);
      atHand.set(id, day);
      dirty.add(id);
    },
    drop(id) {
      texts.delete(id);
      atHand.delete(id);
    },
    *all() {
      for (const [id, text] of texts) yield [id, JSON.parse(text) as LedgerDay];
      yield* atHand;
    },
    *corrected() {
      for (const text of texts.values())
        if (text.includes(CORRECTED)) yield JSON.parse(text) as LedgerDay;
      for (const day of atHand.values()) if (day.corrections) yield day;
    },
  };
}

/** Forgets what nothing can change any more, and lays away what seldom does; nothing of it is unsaved. */
function sweep({ texts, atHand }: Shelf, now: Instant): void {
  const [oldest, fresh] = [utcDate(earlier(now, STAYS_IN_MIND)), utcDate(earlier(now, AT_HAND))];
  for (const id of texts.keys()) if (dayIn(id) < oldest) texts.delete(id);
  for (const [id, day] of atHand) {
    if (day.day >= fresh) continue;
    atHand.delete(id);
    if (day.day >= oldest) texts.set(...savedDay(day));
  }
}

/** An id begins with its day. */
const dayIn = (id: string): LocalDay => id.slice(0, 10);

const utcDate = (moment: Instant): string => new Date(moment).toISOString().slice(0, 10);
