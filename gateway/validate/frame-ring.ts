// The frames that one device sent lately, the oldest first: a ring of numbers with chains for finding
// one by its count and digest. Numbers in one buffer, because frames by the hundred thousand that
// live for a minute each would be most of what a garbage collector has to carry about, and side by
// side, because with a thousand devices each of these numbers has to come from far away in memory.
//
//   chains   bucket ─▶ place ─▶ place        places   0 1 2 3 4 5 6 7
//   (newest first, by count)                              ▲first   ▲first + used
import { instant, type Duration, type Instant } from '../domain/time.ts';

/** What is compared: the sender's own counter, 17 bits, and the digest of its bytes, 32 bits. */
export interface FrameMark {
  readonly count: number;
  readonly digest: number;
}

export interface FrameRing {
  heardAt(mark: FrameMark): Instant | undefined;
  /** Now the newest; one that was kept before is moved. */
  keep(mark: FrameMark, at: Instant): void;
  forget(mark: FrameMark): void;
  /** The moment of the oldest; undefined where there is none. */
  oldest(): Instant | undefined;
  dropOldest(): void;
  /** Drops the oldest until so many are left at the most, and the oldest is so near to `at`. */
  trim(at: Instant, limits: { readonly most: number; readonly within: Duration }): void;
  /** Every moment by so much. */
  move(byMs: number): void;
  size(): number;
}

const NONE = -1;
/** In place of a key: forgotten, though its place is not free yet. */
const GONE = -1;
const FEWEST = 16;

/** The places; of the ring, `gone` of the `used` are forgotten. */
interface Places {
  capacity: number;
  /** KEY and TIME of each place, three doubles apart. */
  doubles: Float64Array;
  /** The third of them, seen as two whole numbers: NEXT and BUCKET of each, six apart. */
  links: Int32Array;
  first: number;
  used: number;
  gone: number;
}

const [KEY, TIME, DOUBLES] = [0, 1, 3];
/** The next place of the same bucket, and the first of the bucket that has this place's number. */
const [NEXT, BUCKET, LINKS] = [4, 5, 6];

export function createFrameRing(): FrameRing {
  const places = emptyPlaces(FEWEST);
  return {
    heardAt(mark) {
      const place = find(places, keyOf(mark));
      return place === NONE ? undefined : timeOf(places, place);
    },
    keep(mark, at) {
      const key = keyOf(mark);
      free(places, find(places, key));
      if (places.used === places.capacity) makeRoom(places);
      add(places, key, at);
    },
    forget: (mark) => free(places, find(places, keyOf(mark))),
    oldest: () => (places.used === 0 ? undefined : timeOf(places, places.first)),
    dropOldest: () => free(places, places.used === 0 ? NONE : places.first),
    trim(at, { most, within }) {
      while (places.used > 0) {
        const isNear = Math.abs(at - timeOf(places, places.first)) <= within;
        if (isNear && places.used - places.gone <= most) return;
        free(places, places.first);
      }
    },
    move(byMs) {
      const { doubles } = places;
      for (let at = TIME; at < doubles.length; at += DOUBLES)
        doubles[at] = (doubles[at] as number) + byMs;
    },
    size: () => places.used - places.gone,
  };
}

function emptyPlaces(capacity: number): Places {
  const doubles = new Float64Array(capacity * DOUBLES);
  const links = new Int32Array(doubles.buffer);
  for (let place = 0; place < capacity; place++) links[place * LINKS + BUCKET] = NONE;
  return { capacity, doubles, links, first: 0, used: 0, gone: 0 };
}

/** 49 bits: a double holds them exactly. */
const keyOf = ({ count, digest }: FrameMark): number => count * 0x1_0000_0000 + digest;

/** Where a count's bucket is found. */
const bucketOf = ({ capacity }: Places, key: number): number =>
  (Math.floor(key / 0x1_0000_0000) & (capacity - 1)) * LINKS + BUCKET;

const keyAt = ({ doubles }: Places, place: number): number =>
  doubles[place * DOUBLES + KEY] as number;
const nextOf = ({ links }: Places, place: number): number => links[place * LINKS + NEXT] as number;
const timeOf = ({ doubles }: Places, place: number): Instant =>
  instant(doubles[place * DOUBLES + TIME] as number);

function find(places: Places, key: number): number {
  let place = places.links[bucketOf(places, key)] as number;
  while (place !== NONE && keyAt(places, place) !== key) place = nextOf(places, place);
  return place;
}

function add(places: Places, key: number, at: number): void {
  const { doubles, links, capacity, first, used } = places;
  const place = (first + used) & (capacity - 1);
  const bucket = bucketOf(places, key);
  doubles[place * DOUBLES + KEY] = key;
  doubles[place * DOUBLES + TIME] = at;
  links[place * LINKS + NEXT] = links[bucket] as number;
  links[bucket] = place;
  places.used = used + 1;
}

/** Twice as many places where those in use need them; else the same without the forgotten. */
function makeRoom(places: Places): void {
  const before = { ...places };
  const { capacity, first, used, gone } = before;
  Object.assign(places, emptyPlaces(used - gone > capacity / 2 ? 2 * capacity : capacity));
  for (let step = 0; step < used; step++) {
    const place = (first + step) & (capacity - 1);
    const key = keyAt(before, place);
    if (key !== GONE) add(places, key, timeOf(before, place));
  }
}

/** Afterwards the oldest place is again one that is not forgotten. */
function free(places: Places, place: number): void {
  if (place === NONE) return;
  unlink(places, place);
  places.gone += 1;
  while (places.used > 0 && keyAt(places, places.first) === GONE) {
    places.first = (places.first + 1) & (places.capacity - 1);
    places.used -= 1;
    places.gone -= 1;
  }
}

function unlink(places: Places, place: number): void {
  const { doubles, links } = places;
  // Where it is told which place comes next: in the bucket, or in the place before it.
  let told = bucketOf(places, keyAt(places, place));
  while (links[told] !== place) told = (links[told] as number) * LINKS + NEXT;
  links[told] = nextOf(places, place);
  doubles[place * DOUBLES + KEY] = GONE;
}
