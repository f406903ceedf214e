// One figure of the ledger opened up: its bins, its events, its corrections, and what of its devices'
// words was left out of it.
import type { Answer } from '../../api/desk.ts';
import type { LedgerDayView } from '../../api/schemas.ts';
import { STREAMS, type AssetId, type Bin, type Compound } from '../../domain/asset.ts';
import { isLocalDay, siteDays, type DaySpan } from '../../domain/day.ts';
import { eventIn, WEIGHED_KINDS, type WeighedEvent } from '../../domain/deposit.ts';
import {
  heardMinutes,
  ledgerDayId,
  lengthOf,
  type LedgerDay,
  type MinuteRanges,
} from '../../domain/ledger.ts';
import { later, minutes, type Clock } from '../../domain/time.ts';
import { newLedgerDay } from '../../project/ledger-day.ts';
import { binBalances } from '../../domain/balance.ts';
import type { Books, Ledger } from '../../store/log.ts';
import { correctionView } from './ledger-views.ts';
import { createLossDesk } from '../losses/loss-desk.ts';
import { iso } from '../views.ts';

export interface LedgerDayParts {
  readonly compound: Compound;
  readonly books: Books;
  readonly ledger: Pick<Ledger, 'days'>;
  readonly clock: Clock;
}

/** More than a bin gets in a day; of a torrent the oldest are shown. */
const MOST_EVENTS = 2000;

interface Asked {
  readonly day: string;
  readonly station: string;
  readonly stream: string;
}

export async function openLedgerDay(
  parts: LedgerDayParts,
  asked: Asked,
): Promise<Answer<LedgerDayView>> {
  const { compound, ledger } = parts;
  const { day: date } = asked;
  const stream = STREAMS.find((one) => one === asked.stream);
  const bins = [...compound.assets.values()].filter(
    (asset): asset is Bin =>
      asset.kind === 'bin' && asset.station === asked.station && asset.stream === stream,
  );
  if (!isLocalDay(date)) return refusal(422, 'day must be a date, as 2026-11-22');
  if (!stream || bins.length === 0)
    return refusal(404, 'no station of that name has bins of that stream');
  const span = siteDays(compound.place).span(date);
  const of = { day: date, station: asked.station, stream };
  const known = await ledger.days(date, date);
  const rows = known.filter((one) => one.station === of.station && one.stream === stream);
  const day = rows.find(({ id }) => id === ledgerDayId(of)) ?? newLedgerDay(span, of, bins.length);
  const events = await eventsOf(parts, span, bins);
  return {
    ok: true,
    value: {
      ...of,
      start: iso(span.start),
      end: iso(span.end),
      minutes: day.minutes,
      completeness: completenessOf(day),
      depositedKg: day.depositedKg,
      collectedKg: day.collectedKg,
      revision: day.revision,
      ...(day.reopenedAt !== undefined && { reopenedAt: iso(day.reopenedAt) }),
      bins: binViews(day, span, bins),
      events: events.slice(0, MOST_EVENTS).map(eventView),
      isCut: events.length > MOST_EVENTS,
      corrections: (day.corrections ?? []).map((one) => correctionView({ ...of, ...one })),
      excluded: await excluded(parts, date, bins),
    },
  };
}

const refusal = (status: 404 | 422, detail: string): Answer<never> => ({
  ok: false,
  status,
  title: 'No such day of the ledger',
  detail,
});

const completenessOf = (day: LedgerDay): number =>
  Math.min(1, Math.round((heardMinutes(day) / (day.bins * day.minutes)) * 10_000) / 10_000);

async function eventsOf(
  { books }: LedgerDayParts,
  { start: from, end: to }: DaySpan,
  bins: readonly Bin[],
): Promise<WeighedEvent[]> {
  const asked = bins.flatMap(({ id: asset }) =>
    WEIGHED_KINDS.map((kind) =>
      books.happenings({ kind, asset, from, to, limit: MOST_EVENTS + 1 }),
    ),
  );
  const found = (await Promise.all(asked)).flat();
  return found.map(eventIn).sort((a, b) => a.at - b.at);
}

const eventView = (event: WeighedEvent): LedgerDayView['events'][number] => {
  const { kind, asset, at, kg, litres, by, estimated, flags } = event;
  return {
    kind,
    asset,
    at: iso(at),
    by,
    ...(kg !== undefined && { kg }),
    ...(litres !== undefined && { litres }),
    ...(estimated && { estimated }),
    ...(flags && { flags: [...flags] }),
  };
};

/** Every bin that should be there, also one of which nothing was heard. */
function binViews(day: LedgerDay, span: DaySpan, bins: readonly Bin[]): LedgerDayView['bins'] {
  const known = new Map(binBalances(day).map((one) => [one.asset, one]));
  const ids = new Set<AssetId>([...bins.map(({ id }) => id), ...known.keys()]);
  return [...ids].map((asset) => {
    const heard = day.heard[asset] ?? [];
    return {
      ...(known.get(asset) ?? { asset, inKg: 0, outKg: 0, toleratedKg: 0, isBalanced: true }),
      heardMinutes: lengthOf(heard),
      silent: silentSpans(heard, day.minutes).map(([from, to]) => ({
        from: iso(later(span.start, minutes(from))),
        to: iso(later(span.start, minutes(to))),
      })),
    };
  });
}

function silentSpans(heard: MinuteRanges, length: number): (readonly [number, number])[] {
  const edges = [0, ...heard, length];
  const spans: (readonly [number, number])[] = [];
  for (let i = 0; i + 1 < edges.length; i += 2)
    if (edges[i + 1]! > edges[i]!) spans.push([edges[i]!, edges[i + 1]!]);
  return spans;
}

/** What the intake refused of the devices that speak of these bins, by the site's day of receipt. */
async function excluded(
  { compound, books, clock }: LedgerDayParts,
  day: string,
  bins: readonly Bin[],
): Promise<LedgerDayView['excluded']> {
  const ours = new Set(bins.map(({ id }) => id));
  const speakers = new Set(
    [...compound.devices.values()]
      .filter(({ assets }) => [...assets.values()].some((asset) => ours.has(asset)))
      .map(({ id }) => id),
  );
  const told = await createLossDesk({ place: compound.place, books, clock }).days({ day });
  if (!told.ok) return []; // a day before the loss ledger began, or to come
  return told.value.flatMap(({ devices }) =>
    devices
      .filter(({ id }) => speakers.has(id))
      .flatMap(({ id, rejected }) =>
        Object.entries(rejected).map(([reason, count]) => ({ device: id, reason, count })),
      ),
  );
}
