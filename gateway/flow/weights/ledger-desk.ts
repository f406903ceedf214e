// The ledger as it is asked for: a span in dates, months or instants, by day, week or month, with last
// year's figure beside each where that is wanted.
// Both ends of a span belong to it. Last year's days are moved to the days that they are held against,
// and then counted like them, so that weeks and months compare what their days do.
import type { Answer, LedgerQuery, LedgerView } from '../../api/desk.ts';
import type { LedgerRowView } from '../../api/schemas.ts';
import { STREAMS, type Place } from '../../domain/asset.ts';
import {
  addDays,
  daysBetween,
  daysFrom,
  firstOfMonth,
  isLocalDay,
  isLocalMonth,
  lastOfMonth,
  siteDays,
  type LocalDay,
  type SiteDays,
} from '../../domain/day.ts';
import type { Grain, ImportedTotal, LedgerRow } from '../../domain/ledger.ts';
import { periodOf } from '../../domain/ledger-sum.ts';
import { earlier, instant, milliseconds, type Clock } from '../../domain/time.ts';
import { ledgerRows } from '../../review/ledger.ts';
import { historyFrom, withUnusual, withWetShare } from '../../review/unusual.ts';
import { comparableDay } from '../../review/year-over-year.ts';
import type { Ledger, SumsQuery } from '../../store/log.ts';
import { iso } from '../views.ts';

export interface LedgerDeskParts {
  readonly place: Place;
  readonly ledger: Pick<Ledger, 'sums' | 'totals' | 'imports'>;
  readonly clock: Pick<Clock, 'now'>;
  /** The last sequence of the log. */
  readonly head: () => number;
}

export type LedgerDesk = (query: LedgerQuery) => Promise<Answer<LedgerView>>;

interface Span {
  readonly from: LocalDay;
  readonly to: LocalDay;
  readonly by: Grain;
}

/** What the store need not even look at. */
interface Asked {
  readonly days: SiteDays;
  readonly only: Pick<SumsQuery, 'station' | 'stream'>;
}

function onlyOf({ station, stream }: LedgerQuery): Asked['only'] {
  const known = STREAMS.find((one) => one === stream);
  return { ...(station !== undefined && { station }), ...(known && { stream: known }) };
}

/** Days looked back on where the query does not say from when. */
const LOOK_BACK: Readonly<Record<Grain, number>> = { day: 30, week: 181, month: 395 };
const MOST_ROWS = 50_000;

export function createLedgerDesk(parts: LedgerDeskParts): LedgerDesk {
  const days = siteDays(parts.place);
  return async (query) => {
    const today = days.at(parts.clock.now()).day;
    const span = spanOf(query, today, days);
    if (typeof span === 'string') return spanRefusal(span);
    const asked = { days, only: onlyOf(query) };
    const found = withWetShare(await rowsIn(parts, span, { days, only: allStreams(query) }));
    const rows = (await remarked(parts, { ...span, ...asked }, found)).filter(wantedBy(query));
    if (rows.length > MOST_ROWS) {
      return spanRefusal(
        `${rows.length} rows, and one answer holds ${MOST_ROWS}: ask for a shorter span`,
      );
    }
    const before = fullest(query.compare ? await rowsBefore(parts, span, asked) : []);
    return {
      ok: true,
      value: {
        ...span,
        zone: parts.place.zone,
        site: parts.place.id,
        generatedAt: iso(parts.clock.now()),
        dataVersion: await versionOf(parts),
        rows: rows.map((row) => rowView(row, before)),
      },
    };
  };
}

export const spanRefusal = (detail: string): Answer<never> => ({
  ok: false,
  status: 422,
  title: 'That span cannot be shown',
  detail,
});

/** A span of the site's days, or why it is none. */
export function spanOf(query: LedgerQuery, today: LocalDay, days: SiteDays): Span | string {
  const by = query.by ?? 'day';
  const to = query.to === undefined ? today : edgeOf(query.to, 'last', days);
  if (to === undefined) return edgeWords('to', query.to);
  const from =
    query.from === undefined ? addDays(to, -LOOK_BACK[by]) : edgeOf(query.from, 'first', days);
  if (from === undefined) return edgeWords('from', query.from);
  return from > to ? `from ${from} lies after to ${to}` : { from, to, by };
}

/** An instant ends the span before it, as spans of instants do; a date or month is wholly within. */
function edgeOf(text: string, edge: 'first' | 'last', days: SiteDays): LocalDay | undefined {
  if (isLocalDay(text)) return text;
  if (isLocalMonth(text)) return edge === 'first' ? firstOfMonth(text) : lastOfMonth(text);
  const moment = /^\d{1,15}$/.test(text) ? Number(text) : zonedMoment(text);
  if (Number.isNaN(moment) || Math.abs(moment) > FARTHEST) return undefined;
  const at = instant(moment);
  return days.at(edge === 'first' ? at : earlier(at, milliseconds(1))).day;
}

/** Year 9999; calendars beyond it have longer names than ours. */
const FARTHEST = 253_402_300_799_999;

/** A plus sign in an address stands for a space unless it is escaped, which people forget. */
const zonedMoment = (text: string): number =>
  /T.*(?:Z|[ +-]\d\d:\d\d)$/i.test(text) ? Date.parse(text.replace(' ', '+')) : Number.NaN;

const edgeWords = (name: string, text = ''): string =>
  `${name} ${JSON.stringify(text.slice(0, 40))} is no date (2026-11-22), month (2026-11) or instant with its zone`;

async function rowsIn({ ledger }: LedgerDeskParts, span: Span, asked: Asked) {
  const { from, to, by } = span;
  const sums = await ledger.sums({ ...span, ...asked.only });
  return ledgerRows({ by, sums, totals: await ledger.totals(from, to), calendar: asked.days });
}

/** The share of wet asks for all streams. */
const allStreams = ({ station }: LedgerQuery): Asked['only'] =>
  station === undefined ? {} : { station };

/** Longer spans are charts, on which no single day is looked at. */
const MOST_REMARKED = 62;

async function remarked(
  { ledger }: LedgerDeskParts,
  { from, to, by, only, days }: Span & Asked,
  rows: readonly LedgerRow[],
): Promise<readonly LedgerRow[]> {
  if (by !== 'day' || daysBetween(from, to) >= MOST_REMARKED) return rows;
  const sums = await ledger.sums({ from: historyFrom(from), to, by, ...only });
  return withUnusual(rows, ledgerRows({ by, sums, totals: [], calendar: days }));
}

/** Last year's figures under this year's periods. */
async function rowsBefore(
  { ledger }: LedgerDeskParts,
  { from, to, by }: Span,
  { only, days: calendar }: Asked,
): Promise<LedgerRow[]> {
  const now = daysFrom(from, to);
  const heldAgainst = Map.groupBy(now, (day) => comparableDay(day).day);
  const asked = [...heldAgainst.keys()].sort();
  const [first, last] = [asked[0], asked.at(-1)];
  if (first === undefined || last === undefined) return [];
  const moved = (day: LocalDay): LocalDay[] => heldAgainst.get(day) ?? [];
  const spans = spansBefore(now, by);
  const found = await Promise.all(
    spans.map(async ({ day, ...span }) => {
      const sums = await ledger.sums({ ...span, by: 'span', ...only });
      return sums.map((one) => ({ ...one, day }));
    }),
  );
  const sums = found.flat();
  const told = await ledger.totals(addDays(from, -366), last);
  const totals = told.flatMap((one) =>
    one.span === 'day'
      ? moved(one.period).map((period) => ({ ...one, period }))
      : [{ ...one, period: yearAfter(one.period) }],
  );
  return ledgerRows({ by, sums, totals: totals.filter(isIn({ from, to })), calendar });
}

/** Last year's days that are held against one period, as few spans of them as there are. */
function spansBefore(now: readonly LocalDay[], by: Grain): Before[] {
  const spans: Before[] = [];
  for (const day of now) {
    const then = comparableDay(day).day;
    const last = spans.at(-1);
    const isNext =
      last && then === addDays(last.to, 1) && periodOf(last.day, by) === periodOf(day, by);
    if (isNext) spans[spans.length - 1] = { ...last, to: then };
    else spans.push({ day, from: then, to: then });
  }
  return spans;
}

interface Before {
  /** Under which day of this year its sum is counted. */
  readonly day: LocalDay;
  readonly from: LocalDay;
  readonly to: LocalDay;
}

const isIn =
  ({ from, to }: Pick<Span, 'from' | 'to'>) =>
  ({ span, period }: ImportedTotal): boolean =>
    span === 'day' || (firstOfMonth(period) >= from && lastOfMonth(period) <= to);

const yearAfter = (month: string): string =>
  `${String(Number(month.slice(0, 4)) + 1).padStart(4, '0')}${month.slice(4)}`;

const wantedBy =
  ({ stream, station, basis }: LedgerQuery) =>
  (row: LedgerRow): boolean =>
    (stream === undefined || row.stream === stream) &&
    (station === undefined || row.station === station) &&
    (basis === undefined || row.basis === basis);

function rowView(row: LedgerRow, before: ReadonlyMap<string, LedgerRow>): LedgerRowView {
  const { reopenedAt, ...rest } = row;
  const last = before.get(figureOf(row));
  return {
    ...rest,
    ...(reopenedAt !== undefined && { reopenedAt: iso(reopenedAt) }),
    ...(last?.kg !== undefined && {
      lastYear: { kg: last.kg, origin: last.origin, completeness: last.completeness },
    }),
  };
}

const figureOf = ({ period, stream, basis, station }: LedgerRow): string =>
  [period, stream, basis, station ?? ''].join(' ');

/** Measured this year and imported for the last is usual at first; of two accounts the fuller. */
function fullest(rows: readonly LedgerRow[]): ReadonlyMap<string, LedgerRow> {
  const best = new Map<string, LedgerRow>();
  for (const row of rows) {
    const known = best.get(figureOf(row));
    if (!known || known.completeness < row.completeness) best.set(figureOf(row), row);
  }
  return best;
}

async function versionOf({ ledger, head }: LedgerDeskParts): Promise<string> {
  const [last] = await ledger.imports(1);
  const imported = last === undefined ? 'no import' : `import of ${iso(last.at)}`;
  return `log ${head()}, ${imported}`;
}
