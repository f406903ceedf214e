// The frames that one device sent lately, the oldest first: a ring of numbers with chains for finding
// one by its count and digest. Numbers in typed arrays, because frames by the hundred thousand that
// live for a minute each would be most of what a garbage collector has to carry about.
//
//   chains   bucket ─▶ place ─▶ place        places   0 1 2 3 4 5 6 7
//   (newest first, by count)                              ▲first   ▲first + used
import { instant, type Instant } from '../domain/time.ts';

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
  /** Every moment by so much. */
  move(byMs: number): void;
  size(): number;
}

const NONE = -1;
/** In place of a count: forgotten, though its place is not free yet. */
const GONE = 0xffff_ffff;
const FEWEST = 16;

export function createFrameRing(): FrameRing {
  let places = createPlaces(FEWEST);
  let [first, used, gone] = [0, 0, 0];
  function add(frame: FrameMark, at: number): void {
    places.put((first + used) & (places.capacity - 1), frame, at);
    used += 1;
  }

  /** Twice as many places where those in use need them; else the same without the forgotten. */
  function makeRoom(): void {
    const before = places;
    const kept = before.inUse(first, used);
    places = createPlaces(
      used - gone > before.capacity / 2 ? 2 * before.capacity : before.capacity,
    );
    [first, used, gone] = [0, 0, 0];
    for (const place of kept) add(before.frameAt(place), before.times[place] as number);
  }

  /** Afterwards the oldest place is again one that is not forgotten. */
  function free(place: number): void {
    if (place === NONE) return;
    places.unlink(place);
    gone += 1;
    while (used > 0 && places.counts[first] === GONE) {
      first = (first + 1) & (places.capacity - 1);
      used -= 1;
      gone -= 1;
    }
  }

  const forget = (mark: FrameMark): void => free(places.find(mark));

  return {
    heardAt(mark) {
      const place = places.find(mark);
      return place === NONE ? undefined : instant(places.times[place] as number);
    },
    keep(mark, at) {
      forget(mark);
      if (used === places.capacity) makeRoom();
      add(mark, at);
    },
    forget,
    oldest: () => (used === 0 ? undefined : instant(places.times[first] as number)),
    dropOldest: () => free(used === 0 ? NONE : first),
    move: (byMs) => places.times.forEach((time, place, times) => (times[place] = time + byMs)),
    size: () => used - gone,
  };
}

/** The places and their chains; which of them are in use, the ring knows. */
function createPlaces(capacity: number) {
  const counts = new Uint32Array(capacity);
  const digests = new Uint32Array(capacity);
  const times = new Float64Array(capacity);
  /** The next place of the same bucket, NONE at the end. */
  const following = new Int32Array(capacity);
  const buckets = new Int32Array(capacity).fill(NONE);
  const bucketOf = (count: number): number => count & (capacity - 1);
  return {
    capacity,
    counts,
    digests,
    times,
    find({ count, digest }: FrameMark): number {
      let place = buckets[bucketOf(count)] as number;
      while (place !== NONE && (counts[place] !== count || digests[place] !== digest))
        place = following[place] as number;
      return place;
    },
    /** Of `many` places from `from` on, those that are not forgotten. */
    inUse: (from: number, many: number): number[] =>
      Array.from({ length: many }, (_, step) => (from + step) & (capacity - 1)).filter(
        (place) => counts[place] !== GONE,
      ),
    frameAt: (place: number): FrameMark => ({
      count: counts[place] as number,
      digest: digests[place] as number,
    }),
    put(place: number, { count, digest }: FrameMark, at: number): void {
      const bucket = bucketOf(count);
      counts[place] = count;
      digests[place] = digest;
      times[place] = at;
      following[place] = buckets[bucket] as number;
      buckets[bucket] = place;
    },
    unlink(place: number): void {
      const bucket = bucketOf(counts[place] as number);
      let before = buckets[bucket] as number;
      if (before === place) buckets[bucket] = following[place] as number;
      else {
        while (following[before] !== place) before = following[before] as number;
        following[before] = following[place] as number;
      }
      counts[place] = GONE;
    },
  };
}
