// The weights of 200 bins, a reading a minute each, as fast as they go: into the log, through the fold,
// and what the fold makes of them into the store. On the recording's own clock.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { STREAMS, type Bin, type Compound, type Device } from '../../gateway/domain/asset.ts';
import type { Kilograms, Millimetres } from '../../gateway/domain/quantity.ts';
import type { Entry } from '../../gateway/domain/record.ts';
import { createStanding } from '../../gateway/domain/standing.ts';
import { days, instant, minutes } from '../../gateway/domain/time.ts';
import { createStep } from '../../gateway/flow/step.ts';
import { DATABASE } from '../../gateway/store/connection.ts';
import { openStore } from '../../gateway/store/sqlite-store.ts';

export const YEAR_PLACE = {
  id: 'bench',
  name: 'bench',
  zone: 'Asia/Shanghai',
  latitude: 31,
  longitude: 121,
  dayStartsAtMinute: 0,
};

const BINS: readonly Bin[] = Array.from({ length: 200 }, (_, index) => ({
  kind: 'bin',
  id: `b${index}`,
  name: `b${index}`,
  station: `k${Math.floor(index / STREAMS.length)}`,
  stream: STREAMS[index % STREAMS.length]!,
  position: 1 + (index % STREAMS.length),
  blindMm: 30 as Millimetres,
  toleranceMm: 100 as Millimetres,
  tareKg: 14 as Kilograms,
}));

const deviceOf = ({ id }: Bin): Device => ({
  id,
  source: 'line',
  decoder: 'courtyard-line',
  decoderOptions: {},
  assets: new Map([['', id]]),
  every: minutes(1),
});

const COMPOUND: Compound = {
  place: YEAR_PLACE,
  stations: new Map(
    BINS.map(({ station }) => [station, { id: station, name: station, windows: [] }] as const),
  ),
  assets: new Map(BINS.map((bin) => [bin.id, bin])),
  devices: new Map(BINS.map((bin) => [bin.id, deviceOf(bin)])),
};

const BEGIN = Date.parse('2025-11-01T00:00:00+08:00');

/** A bag every half an hour, emptied twice a day; what a scale of 50 g noise says of it. */
function grossKg(bin: number, minute: number): number {
  const since = (minute + bin * 7) % 720;
  const noise = (((minute * 7919 + bin * 104_729) % 1000) / 1000 - 0.5) * 0.15;
  return Math.round((14 + 1.8 * Math.floor(since / 30) + noise) * 1000) / 1000;
}

const minuteOf = (minute: number): Entry[] =>
  BINS.map(({ id }, bin) => {
    const at = instant(BEGIN + minute * 60_000 + bin);
    return {
      kind: 'reading',
      asset: id,
      device: id,
      quantity: 'gross',
      value: grossKg(bin, minute),
      observedAt: at,
      receivedAt: at,
      seq: minute % 65_536,
      digest: (minute * 200 + bin) >>> 0,
      part: 0,
    };
  });

export interface Folded {
  readonly perSecond: number;
  /** Of the log and of all that was made of it, as it lies on the disk. */
  readonly bytesPerReading: number;
}

/** Minutes that are appended and saved together, as a fold that is behind does. */
const AT_ONCE = 10;

/** @param count of minutes */
export async function foldedReadings(count: number): Promise<Folded> {
  const dir = mkdtempSync(path.join(tmpdir(), 'courtyard-bench-'));
  const settings = { dir, rawKeep: days(1), rawKeepBytes: 1_000_000, followers: [] };
  try {
    const store = await openStore(settings);
    const standing = createStanding({ slices: [], alarms: [], tickets: [] });
    const step = createStep({ compound: COMPOUND, sources: ['line'], rules: [] }, standing);
    const began = performance.now();
    for (let minute = 0; minute < count; minute += AT_ONCE) {
      const some = Math.min(AT_ONCE, count - minute);
      const entries = Array.from({ length: some }, (_, index) => minuteOf(minute + index)).flat();
      const first = await store.log.append(entries);
      const derived = entries.flatMap((entry, index) =>
        step.fold({ ...entry, sequence: first + index }),
      );
      const cursor = first + entries.length - 1;
      await store.step.save({ ...standing.takeChanges(), cursor, derived });
    }
    await store.tidy();
    const seconds = (performance.now() - began) / 1000;
    await store.close();
    const readings = count * BINS.length;
    return { perSecond: readings / seconds, bytesPerReading: bytesIn(dir) / readings };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const bytesIn = (dir: string): number =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.startsWith(DATABASE))
    .map((entry) => statSync(path.join(entry.parentPath, entry.name)).size)
    .reduce((a, b) => a + b, 0);
