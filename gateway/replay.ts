// A second wiring of the same flow: a recorded file runs through it on the recording's own clock.
// What a live gateway would have said is what comes out, because it is the same intake and fold.
import { buildFold, buildIntake } from './assembly/flow.ts';
import type { AssetId, Compound, Device } from './domain/asset.ts';
import type { LedgerDay } from './domain/ledger.ts';
import { eventIn, isCounted } from './domain/deposit.ts';
import { createStanding } from './domain/standing.ts';
import { instant, minutes, type Clock, type Instant } from './domain/time.ts';
import type { Fold } from './flow/fold.ts';
import { createTally, type Tally } from './flow/tally.ts';
import { iso } from './flow/views.ts';
import { systemClock } from './ops/system-clock.ts';
import type { Site } from './site/site.ts';
import { createRecordingSource } from './sources/recording.ts';
import type { RecordingMap } from './sources/recording-map.ts';
import type { Store } from './store/log.ts';
import { openStore } from './store/sqlite-store.ts';

export interface ReplaySettings {
  readonly site: Site;
  readonly file: string;
  readonly map: RecordingMap;
  /** A store of the replay's own; never the gateway's. */
  readonly dir: string;
  readonly speed: 'max' | number;
}

export interface Replayed {
  readonly readings: number;
  readonly rejected: Readonly<Record<string, number>>;
  /** Rows that the map's `only` left out. */
  readonly skipped: number;
  readonly alarms: readonly { rule: string; asset: string; raisedAt: string; clearedAt?: string }[];
  readonly tickets: readonly { category: string; asset?: string; raisedAt: string }[];
  /** What people threw in, and when bins were emptied, in order. */
  readonly deposits: readonly { asset: string; at: string; kg: number }[];
  readonly collections: readonly {
    asset: string;
    at: string;
    kg?: number;
    fillBefore?: number;
    fillAfter?: number;
  }[];
  /** What was deposited, net, per local day. */
  readonly ledger: readonly { day: string; stream: string; station: string; kg: number }[];
}

const SOURCE = 'recording';

/** Rejects with `recording-unreadable`, or with what the store says. */
export async function replayRecording(settings: ReplaySettings): Promise<Replayed> {
  const store = await openStore({
    ...settings.site.store,
    dir: settings.dir,
    sync: 'latency',
    ballastBytes: 0,
  });
  try {
    return await playInto(store, settings);
  } finally {
    await store.close();
  }
}

async function playInto(store: Store, settings: ReplaySettings): Promise<Replayed> {
  const { file, map, speed } = settings;
  const site = wiredToRecording(settings.site);
  const clock = recordingClock();
  const tally = createTally(new Set(site.compound.devices.keys()));
  const faults: unknown[] = [];
  const onFault = (fault: unknown): void => void faults.push(fault);
  const intake = await buildIntake({ options: { site, clock }, store, tally, onFault });
  const standing = createStanding({ slices: [], alarms: [], tickets: [] });
  const fold = buildFold({
    options: { site, clock },
    store,
    standing,
    from: 0,
    onChange: () => undefined,
    onFault,
  });
  fold.start();
  const assets = new Set(site.compound.devices.keys());
  const recording = createRecordingSource(
    { id: SOURCE, file, map, assets, speed },
    { intake, clock: systemClock, onMoment: (moment) => clock.moveTo(moment) },
  );
  await recording.start();
  await recording.whenDone();
  await finish(store, fold, clock);
  if (faults.length > 0) throw faults[0];
  return summary(store, tally, recording.summary().skipped);
}

/** What is still held at the end of the recording falls due only if its time came within it. */
async function finish(store: Store, fold: Fold, clock: Clock): Promise<void> {
  await store.log.append([{ kind: 'tick', receivedAt: clock.now() }]);
  await fold.stop();
}

/** Every asset speaks for itself, by one device of the same name, on one source. */
function wiredToRecording(site: Site): Site {
  const devices = new Map(
    [...site.compound.assets.keys()].map((asset) => [asset, deviceFor(asset, site.compound)]),
  );
  return { ...site, sources: [], compound: { ...site.compound, devices } };
}

const deviceFor = (asset: AssetId, { devices }: Compound): Device => ({
  id: asset,
  source: SOURCE,
  decoder: 'courtyard-json',
  decoderOptions: {},
  assets: new Map([['', asset]]),
  every:
    [...devices.values()].find((device) => [...device.assets.values()].includes(asset))?.every ??
    minutes(1),
});

/** Shows the recording's time; waits for the disk run on the machine's. */
function recordingClock(): Clock & { moveTo(moment: Instant): void } {
  let now = instant(0);
  return {
    now: () => now,
    after: (delay, task) => systemClock.after(delay, task),
    moveTo: (moment) => {
      now = moment;
    },
  };
}

/** More than any recording of a compound can raise. */
const ALL = 1_000_000;

async function summary(store: Store, tally: Tally, skipped: number): Promise<Replayed> {
  const counts = tally.source(SOURCE);
  const alarms = await store.books.alarms('all', ALL);
  const tickets = await store.books.tickets('all', ALL);
  const days = await store.ledger.days('0000-01-01', '9999-12-31');
  const told = async (kind: 'deposit' | 'collection') =>
    (await store.books.happenings({ kind, limit: ALL }))
      .map(eventIn)
      .filter(isCounted)
      .sort((a, b) => a.at - b.at || a.asset.localeCompare(b.asset));
  return {
    readings: counts.readings,
    rejected: Object.fromEntries(counts.rejected),
    skipped,
    alarms: alarms
      .map(({ rule, asset, raisedAt, clearedAt }) => ({
        rule,
        asset,
        raisedAt: iso(raisedAt),
        ...(clearedAt !== undefined && { clearedAt: iso(clearedAt) }),
      }))
      .sort(byMoment),
    tickets: tickets
      .map(({ category, asset, raisedAt }) => ({
        category,
        ...(asset !== undefined && { asset }),
        raisedAt: iso(raisedAt),
      }))
      .sort(byMoment),
    deposits: (await told('deposit')).map(({ asset, at, kg = 0 }) => ({
      asset,
      at: iso(at),
      kg: toGram(kg),
    })),
    collections: (await told('collection')).map(({ asset, at, kg, fillBefore, fillAfter }) => ({
      asset,
      at: iso(at),
      ...(kg !== undefined && { kg: toGram(kg) }),
      ...(fillBefore !== undefined && { fillBefore: toShare(fillBefore) }),
      ...(fillAfter !== undefined && { fillAfter: toShare(fillAfter) }),
    })),
    ledger: days
      .filter(hasKg)
      .map(({ day, stream, station, depositedKg: kg }) => ({ day, stream, station, kg })),
  };
}

/** Not a level of which only the litres are known. */
const hasKg = ({ origin, depositedKg }: LedgerDay): boolean =>
  origin === 'measured' || depositedKg !== 0;

const toGram = (kg: number): number => Math.round(kg * 1000) / 1000;
const toShare = (fill: number): number => Math.round(fill * 10_000) / 10_000;

const byMoment = (a: { raisedAt: string }, b: { raisedAt: string }): number =>
  a.raisedAt.localeCompare(b.raisedAt);
