// How each station's windows were used, day by day: what came in them and out of them, what looks like
// dumping, how long bins stood full while rubbish was taken. Pure; the counting was done as it happened
// (project/window-use.ts), here it is put together per station. The windows are those of today's site
// file: a station whose hours were changed shows its old days against its new hours.
import type { AssetId, Compound, Station } from '../domain/asset.ts';
import { addDays, siteDays, type LocalDay, type SiteDays } from '../domain/day.ts';
import { lengthOf, SLOT_MINUTES, type LedgerDay } from '../domain/ledger.ts';
import { windowsOn } from '../domain/opening-hours.ts';
import type { Suspect } from '../domain/suspect.ts';
import type { Instant } from '../domain/time.ts';

export interface UsedDay {
  readonly day: LocalDay;
  readonly station: string;
  readonly windows: readonly { readonly start: Instant; readonly end: Instant }[];
  readonly deposits: number;
  readonly kg: number;
  readonly offHours: { readonly count: number; readonly kg: number };
  readonly dumping: {
    readonly count: number;
    readonly kg: number;
    readonly cases: readonly Suspect[];
  };
  readonly full: readonly { readonly asset: AssetId; readonly minutes: number }[];
  readonly slots: number;
  readonly usedSlots: number;
  /** Absent where there is no window that day. */
  readonly used?: number;
}

/** Newest day first, stations in the site's order. A day of which nothing is known is left out. */
export function usedDays(compound: Compound, days: readonly LedgerDay[]): UsedDay[] {
  const calendar = siteDays(compound.place);
  const order = [...compound.stations.keys()];
  const groups = Map.groupBy(days, ({ day, station }) => JSON.stringify([day, station]));
  return [...groups.values()]
    .flatMap((group) => {
      const { day, station } = group[0]!;
      const place = compound.stations.get(station);
      return place ? [usedDay({ compound, calendar, station: place }, day, group)] : [];
    })
    .sort(
      (a, b) =>
        (a.day < b.day ? 1 : a.day > b.day ? -1 : 0) || placeIn(order, a) - placeIn(order, b),
    );
}

const placeIn = (order: readonly string[], { station }: UsedDay): number => order.indexOf(station);

interface Scene {
  readonly compound: Compound;
  readonly calendar: SiteDays;
  readonly station: Station;
}

function usedDay(scene: Scene, day: LocalDay, group: readonly LedgerDay[]): UsedDay {
  const uses = group.flatMap(({ use }) => use ?? []);
  const sum = (of: (use: (typeof uses)[number]) => number): number =>
    toGram(uses.reduce((total, use) => total + of(use), 0));
  const windows = windowsWithin(scene, day);
  const open = slotsOf(scene, day, windows);
  const used = new Set(uses.flatMap(({ slots }) => slots).filter((slot) => open.has(slot)));
  return {
    day,
    station: scene.station.id,
    windows,
    deposits: sum((use) => use.deposits),
    kg: toGram(group.reduce((total, { depositedKg }) => total + depositedKg, 0)),
    offHours: { count: sum((use) => use.offHours), kg: sum((use) => use.offHoursKg) },
    dumping: {
      count: sum((use) => use.suspects),
      kg: sum((use) => use.suspectKg),
      cases: uses.flatMap(({ cases }) => cases).sort((a, b) => a.at - b.at),
    },
    full: group.flatMap(({ full = {} }) =>
      Object.entries(full).map(([asset, ranges]) => ({ asset, minutes: lengthOf(ranges) })),
    ),
    slots: open.size,
    usedSlots: used.size,
    ...(open.size > 0 && { used: Math.round((used.size / open.size) * 1000) / 1000 }),
  };
}

/** The site's day may begin at five: a window belongs to it as far as it lies in it. */
function windowsWithin({ compound, calendar, station }: Scene, day: LocalDay): UsedDay['windows'] {
  const { start, end } = calendar.span(day);
  return [addDays(day, -1), day, addDays(day, 1)]
    .flatMap((date) => windowsOn(station.windows, compound.place, date))
    .map((one) => ({
      start: one.start > start ? one.start : start,
      end: one.end < end ? one.end : end,
    }))
    .filter((one) => one.end > one.start);
}

function slotsOf({ calendar }: Scene, day: LocalDay, windows: UsedDay['windows']): Set<number> {
  const { start: begin } = calendar.span(day);
  const width = SLOT_MINUTES * 60_000;
  const slots = new Set<number>();
  for (const { start, end } of windows) {
    const last = Math.ceil((end - begin) / width);
    for (let slot = Math.floor((start - begin) / width); slot < last; slot += 1) slots.add(slot);
  }
  return slots;
}

const toGram = (kg: number): number => Math.round(kg * 1000) / 1000;
