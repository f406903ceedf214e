// What was thrown in, taken away and done on site, as the API asks for it: the past from the books,
// what stands at a place now from the fold's slices.
import type { Answer, WeighedDesk, WeighedQuery } from '../../api/desk.ts';
import type { OnSiteView, PlaceView, WeighedView } from '../../api/schemas.ts';
import type { Asset, Compound } from '../../domain/asset.ts';
import { asItStands, type Container } from '../../domain/container.ts';
import { isLocalDay, siteDays } from '../../domain/day.ts';
import { eventIn, isCounted } from '../../domain/deposit.ts';
import type { Happening, HappeningQuery } from '../../domain/happening.ts';
import { onSiteEntry } from '../../domain/on-site.ts';
import type { Kilograms } from '../../domain/quantity.ts';
import type { SettledWeight } from '../../domain/settled-weight.ts';
import type { Standing } from '../../domain/standing.ts';
import { tareAfter } from '../../project/on-site.ts';
import type { Books } from '../../store/log.ts';
import type { Commands } from '../commands.ts';
import { iso } from '../views.ts';

interface WeighedParts {
  readonly scene: { readonly compound: Compound; readonly standing: Standing };
  readonly books: Pick<Books, 'happenings'>;
  readonly commands: Pick<Commands, 'onSite'>;
}

const LISTED = 500;
/** Read at once where not all that is read is wanted. */
const PAGE = 1000;

export function createWeighedDesk({ scene, books, commands }: WeighedParts): WeighedDesk {
  const { compound, standing } = scene;
  return {
    async weighed(query) {
      const span = spanOf(compound, query);
      if ('ok' in span) return span;
      const { limit = LISTED, offset = 0 } = query;
      const found = await wanted(
        books,
        { ...span, kind: query.kind },
        {
          most: offset + limit,
          isWanted: (happening) => isAsked(compound, query, happening),
        },
      );
      return {
        ok: true,
        value: found.slice(offset, offset + limit).map((one) => weighedView(compound, one)),
      };
    },
    place(id) {
      const asset = compound.assets.get(id);
      if (asset?.kind === 'bin' || asset?.kind === 'scale') {
        const known = standing.containers.get(id);
        return { ok: true, value: placeView(standing, asset, known) };
      }
      const detail = `there is no bin and no scale ${id}`;
      return { ok: false, status: 404, title: 'No such bin', detail };
    },
    async onSite({ id, ...ask }) {
      const answer = await commands.onSite({ id, assets: compound.assets }, ask);
      const asset = compound.assets.get(id);
      return answer.ok ? { ok: true, value: placeView(standing, asset, answer.value) } : answer;
    },
    async placeHistory(asset, { limit = LISTED, offset = 0 }) {
      const found = await books.happenings({ kind: 'on-site', asset, limit, offset });
      return { ok: true, value: found.map(onSiteView) };
    },
  };
}

function placeView(
  { weights }: Pick<Standing, 'weights'>,
  asset: Asset | undefined,
  container: Container | undefined,
): PlaceView {
  const id = asset?.id ?? container?.id ?? '';
  const stands = asset && asItStands(asset, container);
  const tareKg = stands && 'tareKg' in stands ? stands.tareKg : undefined;
  const gross = settledGross(weights.get(id), tareKg);
  const { reason, since, device, collection } = container ?? {};
  return {
    asset: id,
    state: container?.state ?? 'in-service',
    ...(reason !== undefined && { reason }),
    ...(container?.container !== undefined && { container: container.container }),
    ...(tareKg !== undefined && { tareKg }),
    ...(device !== undefined && { device }),
    ...(since !== undefined && { since: iso(since) }),
    ...(collection && { lastCollectedAt: iso(collection.at) }),
    ...(gross !== undefined && { settledGrossKg: gross }),
  };
}

/** As a tare of now would take it; nothing while the scale is not at rest. */
function settledGross(weight: SettledWeight | undefined, tareKg: Kilograms | undefined) {
  if (!weight || weight.moving || weight.away) return undefined;
  return tareAfter(weight, tareKg, { action: 'tare', body: {} });
}

type Span = Pick<HappeningQuery, 'from' | 'to' | 'place' | 'asset'>;

function spanOf(
  { place }: Compound,
  query: WeighedQuery,
): Span | Extract<Answer<never>, { ok: false }> {
  const { from, to, station, asset } = query;
  const days = siteDays(place);
  const wrong = [from, to].some((day) => day !== undefined && !isLocalDay(day));
  if (wrong)
    return {
      ok: false,
      status: 422,
      title: 'No such day',
      detail: 'from and to are days of the calendar, as 2026-11-22',
    };
  return {
    ...(from !== undefined && { from: days.span(from).start }),
    ...(to !== undefined && { to: days.span(to).end }),
    ...(station !== undefined && { place: station }),
    ...(asset !== undefined && { asset }),
  };
}

interface Sieve {
  readonly most: number;
  readonly isWanted: (happening: Happening) => boolean;
}

async function wanted(
  books: Pick<Books, 'happenings'>,
  query: Omit<HappeningQuery, 'limit'>,
  { most, isWanted }: Sieve,
): Promise<Happening[]> {
  const found: Happening[] = [];
  for (let offset = 0; found.length < most; offset += PAGE) {
    const page = await books.happenings({ ...query, limit: PAGE, offset });
    found.push(...page.filter(isWanted));
    if (page.length < PAGE) break;
  }
  return found;
}

function isAsked({ assets }: Compound, query: WeighedQuery, happening: Happening): boolean {
  if (query.all !== true && !isCounted(eventIn(happening))) return false;
  if (query.stream === undefined) return true;
  const asset = assets.get(happening.asset ?? '');
  return asset?.kind === 'bin' && asset.stream === query.stream;
}

export function weighedView({ assets }: Compound, happening: Happening): WeighedView {
  const event = eventIn(happening);
  const { asset: id, by, witnesses, flags = [], person, note } = event;
  const asset = assets.get(id);
  return {
    id: happening.id,
    at: iso(happening.at),
    day: happening.day,
    asset: id,
    ...(happening.place !== undefined && { station: happening.place }),
    ...(asset?.kind === 'bin' && { stream: asset.stream }),
    ...rounded('kg', event.kg, 1000),
    ...rounded('litres', event.litres, 10),
    ...rounded('fillBefore', event.fillBefore, 10_000),
    ...rounded('fillAfter', event.fillAfter, 10_000),
    by,
    ...(witnesses && { witnesses: [...witnesses] }),
    estimated: event.estimated === true,
    offHours: flags.includes('off-hours'),
    flags: [...flags],
    ...(person !== undefined && { person }),
    ...(note !== undefined && { note }),
  };
}

export const rounded = <N extends string>(
  name: N,
  value: number | undefined,
  parts: number,
): Partial<Record<N, number>> =>
  value === undefined
    ? {}
    : ({ [name]: Math.round(value * parts) / parts } as Partial<Record<N, number>>);

const onSiteView = (happening: Happening): OnSiteView => ({
  id: happening.id,
  at: iso(happening.at),
  ...onSiteEntry(happening),
});
