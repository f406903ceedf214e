// What was found out about a bin is written down here, whoever told of it: each event once in the
// books and once in the ledger. A collection that the scale, the fill and a person tell of within a
// quarter of an hour is one; its kg are the scale's.
import type { Compound } from '../domain/asset.ts';
import { newContainer, type Container } from '../domain/container.ts';
import { siteDays, type SiteDays } from '../domain/day.ts';
import {
  eventId,
  type EventFlag,
  type WeighedEvent,
  type WeightEvent,
  type Witness,
} from '../domain/deposit.ts';
import type { Kilograms } from '../domain/quantity.ts';
import type { Standing } from '../domain/standing.ts';
import { minutes, type Instant } from '../domain/time.ts';
import { createLedgerBook, type LedgerBook } from './ledger-keeping.ts';

export interface Scene {
  readonly compound: Compound;
  readonly standing: Standing;
  readonly days: SiteDays;
  readonly book: LedgerBook;
}

const JOINED_WITHIN = minutes(15);
const LATELY = 8;

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
export function write(scene: Scene, event: WeighedEvent, now: Instant): void {
  if (event.kind === 'collection') return writeCollection(scene, event, now);
  const flags = scene.book.count(event, now);
  const flagged = withFlags(event, flags);
  keep(scene, flagged);
  const known = containerOf(scene, event.asset, now);
  if (event.kind === 'deposit') {
    const lately = [...(known.lately ?? []), flagged].slice(-LATELY);
    scene.standing.containers.put(event.asset, { ...known, lately });
  } else if (event.takesBack || event.reduces !== undefined) correct(scene, known, event);
}

/** What was told of a deposit is put right, now that it, or some of it, is out again. */
function correct(scene: Scene, known: Container, withdrawal: WeighedEvent): void {
  const { takesBack = [], reduces, kg = 0 } = withdrawal;
  const lately = (known.lately ?? []).map((event) => {
    if (takesBack.includes(event.at)) return withFlags(event, ['taken-back']);
    if (event.at !== reduces) return event;
    return { ...event, kg: ((event.kg ?? 0) - kg) as Kilograms };
  });
  lately
    .filter((event, index) => event !== known.lately?.[index])
    .forEach((event) => keep(scene, event));
  scene.standing.containers.put(known.id, { ...known, lately });
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
  const isSame = before !== undefined && tellsOfSame(before, event);
  const joined = isSame ? join(before, event) : { ...event, witnesses: [event.by] };
  // A bin that is weighed has its kg from the scale: litres are for those that are not.
  const isWeighed = scene.standing.weights.get(event.asset) !== undefined;
  const { litres: _litres, ...bare } = event;
  const booked: WeighedEvent = isWeighed && event.by !== 'weight' ? bare : event;
  if (!isSame || booked.kg !== undefined || booked.litres !== undefined)
    scene.book.count(booked, now);
  keep(scene, joined);
  scene.standing.containers.put(event.asset, { ...known, collection: joined });
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
  const { estimated: _one, flags: _flags, ...rest } = less;
  const flags = [...new Set([...(one.flags ?? []), ...(other.flags ?? [])])].filter(
    (flag) => flag !== 'unverified',
  );
  const witnesses = [...new Set([...(one.witnesses ?? [one.by]), other.by])];
  const { at, asset } = one;
  const joined = { ...rest, ...more, at, asset, witnesses };
  return flags.length > 0 ? { ...joined, flags } : joined;
}

/** What only one witness told of, and takes back, has not happened; the others' word stands. */
export function unsay(scene: Scene, asset: string, by: Witness): void {
  const known = scene.standing.containers.get(asset);
  const before = known?.collection;
  if (!before?.witnesses?.includes(by) || isUndone(before)) return;
  const witnesses = before.witnesses.filter((one) => one !== by);
  if (witnesses.length > 0) {
    const { person: _person, note: _note, ...rest } = before;
    const left = by === 'tap' ? { ...rest, witnesses } : { ...before, witnesses };
    keep(scene, left);
    scene.standing.containers.put(asset, { ...known!, collection: left });
    return;
  }
  const undone = withFlags(before, ['undone']);
  keep(scene, undone);
  const { collection: _collection, ...rest } = known!;
  scene.standing.containers.put(asset, rest);
}
