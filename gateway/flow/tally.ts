// What went through the intake, per source and per device: counters since start, one per reason.
// Promise, at every moment: heard = stored + failed + in flight, and of what is stored every entry is
// a reading or a rejection with its reason.
import type { DeviceId, SourceId } from '../domain/asset.ts';
import type { LossReason } from '../domain/loss.ts';
import type { Refusal } from '../domain/reading.ts';
import type { Entry } from '../domain/record.ts';
import type { Dropped } from '../sources/source.ts';

export interface Counts {
  /** Sources: messages as they came. Devices: readings and what was refused of them. */
  heard: number;
  /** Sources: of those, the ones that came whole, and the ones that a decoder understood. */
  framed: number;
  decoded: number;
  /** Durable, as a reading or as a rejection. */
  stored: number;
  /** Not durable, and their sender was not told that they are: a disk that fails, or is too slow. */
  failed: number;
  /** Of those stored, the readings; the others are rejections. */
  readings: number;
  /** Told to the sender. */
  acknowledged: number;
  readonly rejected: Map<Refusal, number>;
  /** Given up before the intake, as their sources say. */
  readonly dropped: Map<LossReason, number>;
}

export interface Tally {
  source(id: SourceId): Counts;
  device(id: DeviceId): Counts;
  /**
   * One message was heard and decoded into these; `damage` where it did not come whole. What is given
   * back counts it once more, by one of the two below, when it is known what became of it.
   */
  heard(source: SourceId, entries: readonly Entry[], damage?: Refusal): Passage;
  /** It is durable, and the sender may be told. */
  stored(passage: Passage): void;
  /** It is not, and the sender is not told. */
  failed(passage: Passage): void;
  dropped(dropped: Dropped): void;
}

/** A message on its way to the disk. Of nearly all of them no entry is kept, for many are on the way. */
export interface Passage {
  readonly source: Counts;
  /** Readings of one device, and how many. */
  readonly device: Counts | undefined;
  readonly readings: number;
  /** All of it, where it is anything else. */
  readonly entries: readonly Entry[];
}

const NONE: readonly Entry[] = [];

/** @param known the site’s devices: what strangers call themselves must not fill our memory */
export function createTally(known: ReadonlySet<DeviceId>): Tally {
  const sources = new Map<string, Counts>();
  const devices = new Map<string, Counts>([...known].map((id) => [id, noCounts()]));
  const deviceOf = (entry: Entry | undefined): Counts | undefined =>
    entry?.kind === 'reading' || entry?.kind === 'rejection'
      ? devices.get(entry.device ?? '')
      : undefined;
  return {
    source: (id) => countsIn(sources, id),
    device: (id) => devices.get(id) ?? noCounts(),
    heard(source, entries, damage) {
      const counts = countsIn(sources, source);
      counts.heard += 1;
      if (damage === undefined) counts.framed += 1;
      if (entries.some(isDecoded)) counts.decoded += 1;
      if (isOneDevices(entries)) {
        const device = deviceOf(entries[0]);
        if (device) device.heard += entries.length;
        return { source: counts, device, readings: entries.length, entries: NONE };
      }
      for (const entry of entries) {
        const device = deviceOf(entry);
        if (device) device.heard += 1;
      }
      return { source: counts, device: undefined, readings: 0, entries };
    },
    stored(passage) {
      countPassed(passage);
      for (const entry of passage.entries) countStored(passage.source, deviceOf(entry), entry);
    },
    failed({ source, device, readings, entries }) {
      source.failed += 1;
      if (device) device.failed += readings;
      for (const entry of entries) {
        const other = deviceOf(entry);
        if (other) other.failed += 1;
      }
    },
    dropped({ source, device, reason, count }) {
      addTo(countsIn(sources, source).dropped, reason, count);
      const counts = devices.get(device ?? '');
      if (counts) addTo(counts.dropped, reason, count);
    },
  };
}

/** As nearly every message is: readings of one device, and nothing refused. */
function isOneDevices(entries: readonly Entry[]): boolean {
  const [first] = entries;
  if (first?.kind !== 'reading') return false;
  return entries.every((entry) => entry.kind === 'reading' && entry.device === first.device);
}

/** What was understood carries the digest of its bytes, also where it is refused after that. */
const isDecoded = (entry: Entry): boolean =>
  entry.kind === 'reading' || (entry.kind === 'rejection' && entry.digest !== undefined);

function countPassed({ source, device, readings }: Passage): void {
  source.stored += 1;
  source.acknowledged += 1;
  source.readings += readings;
  if (!device) return;
  device.stored += readings;
  device.acknowledged += readings;
  device.readings += readings;
}

function countStored(source: Counts, device: Counts | undefined, entry: Entry): void {
  if (device) {
    device.stored += 1;
    device.acknowledged += 1;
  }
  if (entry.kind === 'reading') {
    source.readings += 1;
    if (device) device.readings += 1;
  } else if (entry.kind === 'rejection') {
    addTo(source.rejected, entry.reason, 1);
    if (device) addTo(device.rejected, entry.reason, 1);
  }
}

function addTo<Key>(counts: Map<Key, number>, key: Key, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}

function countsIn(map: Map<string, Counts>, id: string): Counts {
  const known = map.get(id);
  if (known) return known;
  const fresh = noCounts();
  map.set(id, fresh);
  return fresh;
}

/** Of somebody who never spoke. */
export const noCounts = (): Counts => ({
  heard: 0,
  framed: 0,
  decoded: 0,
  stored: 0,
  failed: 0,
  readings: 0,
  acknowledged: 0,
  rejected: new Map(),
  dropped: new Map(),
});
