// What went through the intake, per source and per device: counters since start, one per reason.
import type { DeviceId, SourceId } from '../domain/asset.ts';
import type { Refusal } from '../domain/reading.ts';
import type { Entry } from '../domain/record.ts';

export interface Counts {
  /** Sources: messages as they came. Devices: readings and what was refused of them. */
  heard: number;
  /** Durable, as a reading or as a rejection. */
  stored: number;
  /** Of those, the readings; the others are rejections. */
  readings: number;
  /** Told to the sender. */
  acknowledged: number;
  readonly rejected: Map<Refusal, number>;
}

export interface Tally {
  source(id: SourceId): Counts;
  device(id: DeviceId): Counts;
  /** One message was heard and decoded into these. */
  heard(source: SourceId, entries: readonly Entry[]): void;
  /** They are durable, and the sender may be told. */
  stored(source: SourceId, entries: readonly Entry[]): void;
}

/** @param known the site’s devices: what strangers call themselves must not fill our memory */
export function createTally(known: ReadonlySet<DeviceId>): Tally {
  const sources = new Map<string, Counts>();
  const devices = new Map<string, Counts>();
  const deviceOf = (entry: Entry): Counts | undefined =>
    (entry.kind === 'reading' || entry.kind === 'rejection') && known.has(entry.device ?? '')
      ? countsIn(devices, entry.device ?? '')
      : undefined;
  return {
    source: (id) => countsIn(sources, id),
    device: (id) => countsIn(devices, id),
    heard(source, entries) {
      countsIn(sources, source).heard += 1;
      for (const entry of entries) {
        const device = deviceOf(entry);
        if (device) device.heard += 1;
      }
    },
    stored(source, entries) {
      const counts = countsIn(sources, source);
      counts.stored += 1;
      counts.acknowledged += 1;
      for (const entry of entries) countStored(counts, deviceOf(entry), entry);
    },
  };
}

function countStored(source: Counts, device: Counts | undefined, entry: Entry): void {
  if (device) {
    device.stored += 1;
    device.acknowledged += 1;
  }
  for (const counts of device ? [source, device] : [source]) {
    if (entry.kind === 'reading') counts.readings += 1;
    if (entry.kind !== 'rejection') continue;
    counts.rejected.set(entry.reason, (counts.rejected.get(entry.reason) ?? 0) + 1);
  }
}

function countsIn(map: Map<string, Counts>, id: string): Counts {
  const known = map.get(id);
  if (known) return known;
  const fresh: Counts = { heard: 0, stored: 0, readings: 0, acknowledged: 0, rejected: new Map() };
  map.set(id, fresh);
  return fresh;
}
