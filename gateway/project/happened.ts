// What was found out about a bin is written down here, whoever told of it: each event once in the
// books and once in the ledger. A collection that the scale, the fill and a person tell of within a
// quarter of an hour is one; its kg are the scale's.
import type { Compound } from '../domain/asset.ts';
import { newContainer, type Container } from '../domain/container.ts';
import { siteDays, type SiteDays } from '../domain/day.ts';
import {
  eventId,
  isCounted,
  type EventFlag,
  type WeighedEvent,
  type Witness,
} from '../domain/deposit.ts';
import type { Kilograms } from '../domain/quantity.ts';
import type { Standing } from '../domain/standing.ts';
import { minutes, type Instant } from '../domain/time.ts';
import { toGram } from './ledger-day.ts';
import { agreementAfter } from './agreeing.ts';
import { createLedgerBook, type LedgerBook } from './ledger-keeping.ts';

export interface Scene {
  readonly compound: Compound;
  readonly standing: Standing;
  readonly days: SiteDays;
  readonly book: LedgerBook;
}

const JOINED_WITHIN = minutes(15);
/** More than a scale can tell of within the minutes in which it takes back. */
const LATELY = 16;

export const createScene = (compound: Compound, standing: Standing): Scene => ({
  compound,
  standing,
  days: siteDays(compound.place),
  book: createLedgerBook(compound, standing),
});

export function containerOf({ standing }: Scene, id: string, now: Instant): Container {
  return standing.containers.get(id) ?? newContainer(id, now);
}

/** @param now when it became known */
export function write(scene: Scene, told: WeighedEvent, now: Instant): void {
  const event = toTheGram(told);
  if (event.kind === 'collection') return writeCollection(scene, event, now);
  if (event.kind === 'deposit') return writeDeposit(scene, event, now);
  const known = containerOf(scene, event.asset, now);
  const { takesBack = [], reduces } = event;
  const isMeant = ({ at }: WeighedEvent): boolean => takesBack.includes(at) || at === reduces;
  const meant = (known.lately ?? []).filter(isMeant).filter(isCounted);
  const withdrawal = meant.length === 0 ? event : { ...event, beyondKg: beyond(event, meant) };
  const right = new Map(meant.map((one) => [one, putRight(scene, { one, event, now })]));
  scene.book.count(withdrawal, now);
  keep(scene, withdrawal);
  if (right.size === 0) return;
  const lately = known.lately?.map((one) => right.get(one) ?? one) ?? [];
  scene.standing.containers.put(known.id, { ...known, lately });
}

/** Whole grams add up to the same in whatever order, and take back to nothing. */
const toTheGram = ({ kg, litres, ...event }: WeighedEvent): WeighedEvent => ({
  ...event,
  ...(kg !== undefined && { kg: toGram(kg) as Kilograms }),
  ...(litres !== undefined && { litres: toGram(litres) }),
});

function writeDeposit(scene: Scene, event: WeighedEvent, now: Instant): void {
  const flagged = withFlags(event, scene.book.count(event, now));
  keep(scene, flagged);
  const known = containerOf(scene, event.asset, now);
  const lately = [...(known.lately ?? []), flagged].slice(-LATELY);
  const agreement = agreementAfter(scene, flagged, flagged);
  scene.standing.containers.put(event.asset, { ...known, lately, ...agreement });
}

/** What a withdrawal took of which no deposit is the less. */
function beyond({ kg, reduces }: WeighedEvent, meant: readonly WeighedEvent[]): number {
  if (reduces !== undefined) return 0;
  return toGram((kg ?? 0) - meant.reduce((sum, one) => sum + (one.kg ?? 0), 0));
}

interface OutAgain {
  readonly one: WeighedEvent;
  readonly event: WeighedEvent;
  readonly now: Instant;
}

/** What was told of a deposit is put right, on its own day, now that it, or some of it, is out again. */
function putRight(scene: Scene, { one, event, now }: OutAgain): WeighedEvent {
  scene.book.uncount(one, now);
  const right = event.reduces === one.at ? lessBy(scene, one, { event, now }) : outAgain(one);
  keep(scene, right);
  return right;
}

const outAgain = (one: WeighedEvent): WeighedEvent => withFlags(one, ['taken-back']);

/** So much less may be no heap any more. */
function lessBy(
  scene: Scene,
  { flags = [], ...one }: WeighedEvent,
  { event, now }: Pick<OutAgain, 'event' | 'now'>,
): WeighedEvent {
  const kept = flags.filter((flag) => flag !== 'heap');
  const kg = toGram((one.kg ?? 0) - (event.kg ?? 0)) as Kilograms;
  const less = withFlags({ ...one, kg }, kept);
  return withFlags(less, scene.book.count(less, now));
}

export function keep({ standing, compound, days }: Scene, event: WeighedEvent): void {
  const { kind, at, asset } = event;
  const place = compound.assets.get(asset);
  standing.keep({
    kind,
    id: eventId(event),
    at,
    day: days.at(at).day,
    asset,
    ...(place && 'station' in place && { place: place.station }),
    body: { ...event },
  });
}

export function withFlags<E extends WeighedEvent>(event: E, flags: readonly EventFlag[]): E {
  if (flags.length === 0) return event;
  return { ...event, flags: [...new Set([...(event.flags ?? []), ...flags])] };
}

function writeCollection(scene: Scene, event: WeighedEvent, now: Instant): void {
  const known = containerOf(scene, event.asset, now);
  const before = known.collection;
  // A bin that is weighed has its kg from the scale: litres are for those that are not.
  const isWeighed = scene.standing.weights.get(event.asset) !== undefined;
  const { litres: _litres, ...bare } = event;
  const said: WeighedEvent = isWeighed && event.by !== 'weight' ? bare : event;
  const isSame = before !== undefined && tellsOfSame(before, event);
  const joined = isSame ? join(before, said) : { ...said, witnesses: [event.by] };
  if (isSame) scene.book.uncount(before, now);
  scene.book.count(joined, now);
  keep(scene, joined);
  scene.standing.containers.put(event.asset, {
    ...known,
    collection: joined,
    ...agreementAfter(scene, joined, said),
  });
}

function tellsOfSame(one: WeighedEvent, other: WeighedEvent): boolean {
  const isHeard = one.witnesses?.includes(other.by) === true && other.by !== 'tap';
  return !isHeard && Math.abs(one.at - other.at) <= JOINED_WITHIN && !isUndone(one);
}

const isUndone = ({ flags = [] }: WeighedEvent): boolean => flags.includes('undone');

const RANK: Readonly<Record<Witness, number>> = { tap: 0, fill: 1, weight: 2 };

/** Under the first's id and moment; each number from who knows it best. */
function join(one: WeighedEvent, other: WeighedEvent): WeighedEvent {
  const [less, more] = RANK[one.by] > RANK[other.by] ? [other, one] : [one, other];
  const { estimated: _one, flags: _flags, litres, ...rest } = less;
  const flags = [...new Set([...(one.flags ?? []), ...(other.flags ?? [])])].filter(
    (flag) => flag !== 'unverified',
  );
  const witnesses = [...new Set([...(one.witnesses ?? [one.by]), other.by])];
  const { at, asset } = one;
  const isByLevel = litres !== undefined && more.kg === undefined;
  const joined = { ...rest, ...(isByLevel && { litres }), ...more, at, asset, witnesses };
  return flags.length > 0 ? { ...joined, flags } : joined;
}

/** What only one witness told of, and takes back, has not happened; the others' word stands. */
export function unsay(scene: Scene, asset: string, { by, now }: Unsaid): void {
  const known = scene.standing.containers.get(asset);
  const before = known?.collection;
  if (!before?.witnesses?.includes(by) || isUndone(before)) return;
  const { collection: _collection, ...rest } = known!;
  const left = withoutWord(before, by);
  scene.book.uncount(before, now);
  if (left) scene.book.count(left, now);
  keep(scene, left ?? withFlags(before, ['undone']));
  scene.standing.containers.put(asset, left ? { ...rest, collection: left } : rest);
}

export interface Unsaid {
  readonly by: Witness;
  /** When it became known. */
  readonly now: Instant;
}

function withoutWord(before: WeighedEvent, by: Witness): WeighedEvent | undefined {
  const witnesses = before.witnesses?.filter((one) => one !== by) ?? [];
  if (witnesses.length === 0) return undefined;
  if (by === 'tap') {
    const { person: _person, note: _note, ...rest } = before;
    return { ...rest, witnesses };
  }
  const { fillBefore: _before, fillAfter: _after, litres: _litres, ...rest } = before;
  if (before.by !== by) return { ...rest, witnesses };
  const { estimated: _estimated, device: _device, ...tapped } = rest;
  return { ...tapped, by: 'tap', witnesses };
}
