// One day of the ledger as its page shows it: where in the address it is, which of its events are shown,
// and whether each bin balances. Pure; the balance itself is the gateway's, here it becomes a sentence.
import type { LedgerDayView } from '../../gateway/api/schemas.ts';
import { isDay } from '../shared/calendar.ts';
import { STREAMS, type Stream } from './tonnage.ts';

export type DayEvent = LedgerDayView['events'][number];
export type BinDay = LedgerDayView['bins'][number];
export type Basis = LedgerDayView['corrections'][number]['basis'];
export const BASES: readonly Basis[] = ['deposited', 'collected'];

export const SHOWN = ['all', 'deposits', 'collections', 'flagged'] as const;
export type Shown = (typeof SHOWN)[number];

/** What the address asks for; the station and the stream may be left to the page. */
export interface Opened {
  readonly station?: string;
  readonly stream?: Stream;
  readonly show: Shown;
}

/** The day in `/manager/day/2026-11-22`. */
export function dayIn(path: string): string | undefined {
  const last = path.replace(/\/+$/, '').split('/').pop() ?? '';
  return isDay(last) ? last : undefined;
}

export function openedIn(search: string): Opened {
  const query = new URLSearchParams(search);
  const station = query.get('station');
  const stream = STREAMS.find((one) => one === query.get('stream'));
  return {
    ...(station !== null && station !== '' && { station }),
    ...(stream && { stream }),
    show: SHOWN.find((one) => one === query.get('show')) ?? 'all',
  };
}

interface Where {
  readonly station?: string | undefined;
  readonly stream?: Stream | undefined;
  readonly show?: Shown | undefined;
  readonly part?: 'events' | 'bins' | 'excluded' | 'corrections' | 'balance';
  /** Of the page that it leads from: a link keeps its language. */
  readonly lang?: string | undefined;
}

export function dayPath(day: string, { station, stream, show, part, lang }: Where = {}): string {
  const query = new URLSearchParams();
  if (lang !== undefined && lang !== 'zh') query.set('lang', lang);
  if (station !== undefined) query.set('station', station);
  if (stream !== undefined) query.set('stream', stream);
  if (show !== undefined && show !== 'all') query.set('show', show);
  const text = query.toString();
  return `/manager/day/${day}${text && `?${text}`}${part ? `#${part}` : ''}`;
}

const WHICH: Readonly<Record<Shown, (event: DayEvent) => boolean>> = {
  all: () => true,
  // What was taken out again is told with the deposits: it is taken off them.
  deposits: ({ kind }) => kind !== 'collection',
  collections: ({ kind }) => kind === 'collection',
  flagged: ({ flags = [], estimated }) => flags.length > 0 || estimated === true,
};

export const eventsShown = (events: readonly DayEvent[], shown: Shown): DayEvent[] =>
  events.filter(WHICH[shown]);

/** Said, and in no figure. */
export const isTakenBack = ({ flags = [] }: DayEvent): boolean =>
  flags.some((flag) => flag === 'taken-back' || flag === 'put-back' || flag === 'undone');

export interface Balance {
  readonly state: 'even' | 'odd' | 'unknown';
  /** By how much more should stand there, from what came and went. */
  readonly expectedKg: number;
  /** By how much more does; absent where nobody weighed it at both ends. */
  readonly measuredKg?: number;
}

export function balanceOf({ inKg, outKg, startKg, endKg, isBalanced }: BinDay): Balance {
  const expectedKg = inKg - outKg;
  if (startKg === undefined || endKg === undefined) return { state: 'unknown', expectedKg };
  return { state: isBalanced ? 'even' : 'odd', expectedKg, measuredKg: endKg - startKg };
}

/** What the scales said of a basis, and what is to be reported of it. */
export function figureOf(day: LedgerDayView, basis: Basis) {
  const measuredKg = basis === 'deposited' ? day.depositedKg : day.collectedKg;
  const own = day.corrections.filter((one) => one.basis === basis);
  const approved = own.filter(({ state }) => state === 'approved');
  const correctedKg = approved.reduce((sum, { kg }) => sum + kg, 0);
  return {
    measuredKg,
    correctedKg,
    countedKg: measuredKg + correctedKg,
    pending: own.filter(({ state }) => state === 'pending').length,
  };
}
