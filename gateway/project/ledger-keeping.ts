// The ledger's days as the fold goes by: what was counted on each, which minutes its bins were heard in,
// what stood in them at its borders, and how their windows were used. Touches nothing but the
// standing's ledger and the hours of collections; of the weights and the lids it only reads.
import type { AssetId, Bin, Compound, DeviceId } from '../domain/asset.ts';
import { siteDays, type DaySpan, type SiteDays } from '../domain/day.ts';
import { bookedKg, isCounted, type EventFlag, type WeighedEvent } from '../domain/deposit.ts';
import { ledgerDayId, type BinDay, type LedgerDay } from '../domain/ledger.ts';
import { wallClock, type WallTime } from '../domain/local-time.ts';
import { dropOffHours, type OpenAt } from '../domain/opening-hours.ts';
import type { Reading } from '../domain/reading.ts';
import { withCollection, withoutCollection } from '../domain/rhythm.ts';
import type { Standing } from '../domain/standing.ts';
import { between, later, minutes, type Duration, type Instant } from '../domain/time.ts';
import {
  bordersMoved,
  countedIn,
  heardIn,
  newLedgerDay,
  revisedAt,
  standsIn,
  toGram,
  withMinutes,
  type Amount,
} from './ledger-day.ts';
import { HEAP_WITHIN, NO_USE, suspicionsOf, takenBack, usedBy } from './window-use.ts';

export interface LedgerBook {
  /**
   * Books what happened to the day it happened on, and says what its hour says of it. What tells
   * neither kg nor litres is booked nowhere.
   * @param now when it became known
   */
  count(event: WeighedEvent, now: Instant): EventFlag[];
  /** Takes back what was counted of it, in every sum that it went into. @param now when that became known */
  uncount(event: WeighedEvent, now: Instant): void;
  /** Marks the minutes that a weight vouches for; a fill, where the bin has no scale. To be called before it is weighed. */
  heard(bin: Bin, reading: Reading): void;
  /** Marks that it stands full, where its station takes rubbish now. */
  full(bin: Bin, reading: Reading): void;
}

/** Of the minutes after a weight, no more than this are vouched for by it. */
const MOST_VOUCHED = minutes(60);

interface Scene {
  readonly compound: Compound;
  readonly standing: Standing;
  readonly days: SiteDays;
  readonly wall: (moment: Instant) => WallTime;
  readonly windows: ReadonlyMap<string, OpenAt>;
  /** Bins that share a station and a stream. */
  readonly binsBeside: (bin: Pick<Bin, 'station' | 'stream'>) => number;
}

export function createLedgerBook(compound: Compound, standing: Standing): LedgerBook {
  const scene: Scene = {
    compound,
    standing,
    days: siteDays(compound.place),
    wall: wallClock(compound.place.zone),
    windows: dropOffHours(compound),
    binsBeside: countedBins(compound),
  };
  return {
    count: (event, now) => count(scene, event, now),
    uncount: (event, now) => uncount(scene, event, now),
    heard: (bin, reading) => heard(scene, bin, reading),
    full(bin, reading) {
      if (windowAt(scene, bin, reading.observedAt) === 'shut') return;
      mark(scene, { bin, reading }, (day, minutes) => fullIn(day, bin.id, minutes));
    },
  };
}

export function countedBins(compound: Compound): Scene['binsBeside'] {
  const placeOf = ({ station, stream }: Pick<Bin, 'station' | 'stream'>): string =>
    `${stream} ${station}`;
  const counts = new Map<string, number>();
  for (const bin of compound.assets.values())
    if (bin.kind === 'bin') counts.set(placeOf(bin), (counts.get(placeOf(bin)) ?? 0) + 1);
  return (bin) => counts.get(placeOf(bin)) ?? 1;
}

/** What happened on a platform has no ledger: nobody knows its stream. */
function count(scene: Scene, event: WeighedEvent, now: Instant): EventFlag[] {
  if (event.kind === 'collection') noteCollection(scene, event);
  const booking = bookingOf(scene, event, now);
  if (!booking) return [];
  booked(scene, booking, 1);
  return event.kind === 'deposit' && isCounted(event) ? use(scene, booking.entry, booking) : [];
}

function uncount(scene: Scene, event: WeighedEvent, now: Instant): void {
  if (event.kind === 'collection') forgetCollection(scene, event);
  const booking = bookingOf(scene, event, now);
  if (!booking) return;
  booked(scene, booking, -1);
  if (event.kind === 'deposit' && isCounted(event)) unuse(scene, booking);
}

/** An event as the ledger takes it: on which row, and how much. */
interface Booking {
  readonly entry: Entry;
  readonly event: WeighedEvent;
  readonly amount: Amount;
}

function bookingOf(scene: Scene, event: WeighedEvent, now: Instant): Booking | undefined {
  const bin = scene.compound.assets.get(event.asset);
  if (bin?.kind !== 'bin' || event.flags?.includes('undone') === true) return undefined;
  const amount = amountOf(scene, bin, event);
  if (amount.kg === 0 && amount.litres === 0) return undefined;
  const origin = event.by === 'weight' && event.kg !== undefined ? 'measured' : 'estimated';
  return { event, amount, entry: { bin, span: scene.days.at(event.at), now, origin } };
}

function booked(scene: Scene, { entry, event, amount }: Booking, times: 1 | -1): void {
  change(scene, entry, (day) => countedIn(day, event, { amount, times }));
  if (entry.origin !== 'measured') return;
  moveBorders(scene, entry, (event.kind === 'deposit' ? times : -times) * amount.kg);
}

/** Also one that nobody weighed: its hour is what the bin's rhythm wants to know. */
function noteCollection({ standing: { rhythms } }: Scene, { asset, at }: WeighedEvent): void {
  const rhythm = rhythms.get(asset);
  if (rhythm) rhythms.put(asset, withCollection(rhythm, at));
}

function forgetCollection({ standing: { rhythms } }: Scene, { asset, at }: WeighedEvent): void {
  const rhythm = rhythms.get(asset);
  if (rhythm) rhythms.put(asset, withoutCollection(rhythm, at));
}

function amountOf({ compound }: Scene, bin: Bin, event: WeighedEvent): Amount {
  const { kg, litres = 0 } = event;
  const density = compound.place.densityKgPerL?.[bin.stream];
  const estimated = density === undefined ? 0 : toGram(litres * density);
  return { kg: kg === undefined ? estimated : bookedKg(event), litres };
}

/** What became known late moves the borders of the days that lie in between. */
function moveBorders(scene: Scene, { bin, span, now }: Entry, kg: number): void {
  change(scene, { bin, span, now }, (day) => bordersMoved(day, bin.id, { endKg: kg }));
  for (let next = span; next.end <= now;) {
    next = scene.days.at(next.end);
    const id = ledgerDayId({ ...bin, day: next.day });
    if (!scene.standing.ledger.get(id)) continue;
    change(scene, { bin, span: next, now }, (day) =>
      bordersMoved(day, bin.id, { startKg: kg, endKg: kg }),
    );
  }
}

function use(
  scene: Scene,
  entry: Entry,
  { event, amount }: Pick<Booking, 'event' | 'amount'>,
): EventFlag[] {
  const { bin, span, now } = entry;
  const window = windowAt(scene, bin, event.at);
  const lid = scene.standing.assets.get(bin.id)?.latest.lid;
  const heap = heapWith(dayOf(scene, entry).byBin?.[bin.id]?.heap, event, amount);
  const why = suspicionsOf(event, {
    window,
    wallMinute: scene.wall(event.at).minute,
    heap,
    lid: lid && { isOpen: lid.value > 0, changedAt: lid.changedAt },
    now,
  });
  const minute = minuteOf(span, event.at);
  change(scene, entry, (day) => ({
    ...day,
    byBin: { ...day.byBin, [bin.id]: { inKg: 0, outKg: 0, ...day.byBin?.[bin.id], heap } },
    use: usedBy(day.use ?? NO_USE, { event, kg: amount.kg, window, minute, why }),
  }));
  return [...(window === 'shut' ? ['off-hours' as const] : []), ...why];
}

type Heap = NonNullable<BinDay['heap']>;

function heapWith(before: BinDay['heap'], { at }: WeighedEvent, { kg, litres }: Amount): Heap {
  if (!before || between(before.since, at) > HEAP_WITHIN) return { since: at, kg, litres };
  return { since: before.since, kg: before.kg + kg, litres: before.litres + litres };
}

function unuse(scene: Scene, { entry, event, amount }: Booking): void {
  const { id } = entry.bin;
  change(scene, entry, (day) => {
    const { heap, ...rest } = day.byBin?.[id] ?? { inKg: 0, outKg: 0 };
    const left = heap && heapWithout(heap, event, amount);
    const byBin = { ...day.byBin, [id]: left ? { ...rest, heap: left } : rest };
    return { ...day, byBin, ...(day.use && { use: takenBack(day.use, event, amount.kg) }) };
  });
}

function heapWithout(heap: Heap, { at }: WeighedEvent, { kg, litres }: Amount): Heap {
  if (at < heap.since || between(heap.since, at) > HEAP_WITHIN) return heap;
  return { since: heap.since, kg: toGram(heap.kg - kg), litres: toGram(heap.litres - litres) };
}

function windowAt({ windows }: Scene, { station }: Bin, at: Instant): 'open' | 'shut' | 'always' {
  const openAt = windows.get(station);
  if (!openAt) return 'always';
  return openAt(at).isOpen ? 'open' : 'shut';
}

/** A late weight proves that the bin was heard then; what stands in it now, it does not say. */
function heard(scene: Scene, bin: Bin, reading: Reading): void {
  const weight = scene.standing.weights.get(bin.id);
  const origin = reading.quantity === 'fill' ? 'estimated' : 'measured';
  if (origin === 'estimated' && !isKnownByLevel(scene, bin)) return;
  mark(scene, { bin, reading, origin }, (day, minutes) => heardIn(day, bin.id, minutes));
  const { baseKg, at = reading.observedAt } = weight ?? {};
  const isNews = reading.doubt === undefined && reading.observedAt >= at;
  if (origin !== 'measured' || baseKg === undefined || !isNews) return;
  const span = scene.days.at(reading.observedAt);
  change(scene, { bin, span, now: reading.receivedAt }, (day) => standsIn(day, bin.id, baseKg));
}

/** A bin that has a tare has a scale, and only where that says nothing for long its level counts. */
function isKnownByLevel({ standing }: Scene, { id, tareKg }: Bin): boolean {
  if (standing.weights.get(id)) return false;
  return tareKg === undefined || (standing.rhythms.get(id)?.hours ?? 0) > 0;
}

interface Spoken {
  readonly bin: Bin;
  readonly reading: Reading;
  readonly origin?: LedgerDay['origin'];
}

/** The minutes that a reading vouches for, on into the next day where they reach over. */
function mark(
  scene: Scene,
  { bin, reading, origin = originOf(scene, bin) }: Spoken,
  marked: (day: LedgerDay, minutes: { from: number; to: number }) => LedgerDay,
): void {
  const { observedAt, receivedAt: now } = reading;
  const until = later(observedAt, vouchedFor(scene, reading.device));
  for (
    let span = scene.days.at(observedAt), from: Instant = observedAt;
    from < until;
    from = span.end, span = scene.days.at(from)
  ) {
    const spoken = { from: minuteOf(span, from), to: minuteOf(span, until, Math.ceil) };
    change(scene, { bin, span, now, origin }, (day) =>
      marked(day, { from: spoken.from, to: Math.min(spoken.to, day.minutes) }),
    );
  }
}

const originOf = ({ standing }: Scene, { id }: Bin): LedgerDay['origin'] =>
  standing.weights.get(id) ? 'measured' : 'estimated';

function fullIn(day: LedgerDay, bin: AssetId, minutes: { from: number; to: number }): LedgerDay {
  const before = day.full?.[bin] ?? [];
  const full = withMinutes(before, minutes);
  return full === before ? day : { ...day, full: { ...day.full, [bin]: full } };
}

function vouchedFor({ compound }: Scene, device: DeviceId): Duration {
  const every = compound.devices.get(device)?.every ?? minutes(1);
  return every < MOST_VOUCHED ? every : MOST_VOUCHED;
}

const minuteOf = ({ start }: DaySpan, at: Instant, round = Math.floor): number =>
  round((at - start) / 60_000);

interface Entry {
  readonly bin: Bin;
  readonly span: DaySpan;
  readonly now: Instant;
  readonly origin?: LedgerDay['origin'];
}

function dayOf(scene: Scene, { bin, span, origin = 'measured' }: Entry): LedgerDay {
  const { station, stream } = bin;
  const id = ledgerDayId({ day: span.day, station, stream, origin });
  const known = scene.standing.ledger.get(id);
  return known ?? newLedgerDay(span, { station, stream, origin }, scene.binsBeside(bin));
}

function change(scene: Scene, entry: Entry, changed: (day: LedgerDay) => LedgerDay): void {
  const before = dayOf(scene, entry);
  const after = changed(before);
  if (after === before) return;
  scene.standing.ledger.put(after.id, revisedAt(after, entry.span, entry.now));
}
