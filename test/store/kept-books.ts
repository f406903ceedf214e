// The writer's and the reader's half of the store on one connection without threads, so that a
// property can be tried on hundreds of histories. Everything between them is the product's own.
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';
import { siteDays } from '../../gateway/domain/day.ts';
import type { Entry, Sequence } from '../../gateway/domain/record.ts';
import type {
  Pruned,
  RawBytes,
  SeriesPoint,
  SeriesQuery,
  StoreSettings,
} from '../../gateway/store/log.ts';
import { DATABASE, openConnection } from '../../gateway/store/connection.ts';
import { foldTables } from '../../gateway/store/fold-tables.ts';
import { UTC_DAY, stepStart } from '../../gateway/store/grain.ts';
import { createSeriesBook } from '../../gateway/store/packed-group.ts';
import { packGroup } from './packing.ts';
import { queries } from '../../gateway/store/queries.ts';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import type { Upkeep } from '../../gateway/store/upkeep.ts';
import { upkeep } from '../../gateway/store/upkeep.ts';
import { groupWriter } from '../../gateway/store/write-group.ts';
import { temporaryFolder } from '../tools.ts';
import { settingsFor } from './entries.ts';

export interface KeptBooks {
  readonly db: DatabaseSync;
  /** May be changed before `reopen`. */
  readonly settings: StoreSettings;
  readonly keeping: Upkeep;
  append(entries: readonly Entry[]): void;
  /** The bytes are those behind the first entry. */
  write(entries: readonly Entry[], bytes: Uint8Array): void;
  /** The step, and whoever else is named, has passed everything up to here. */
  follow(to: Sequence, follower?: string): void;
  /** Slices until none is due; how many there were. */
  tidy(): number;
  series(query: Omit<SeriesQuery, 'asset' | 'quantity'>): SeriesPoint[];
  pruned(): Pruned;
  /** How many rows a table has. */
  rows(table: string): number;
  /** As a restart finds it. */
  reopen(): void;
  empty(): void;
}

const TABLES =
  'log series blocks minutes full_minutes hours days floors cursors gaps pruned_rejections raw';

/** `changed` on top of the usual settings. */
export async function keptBooks(changed: Partial<StoreSettings> = {}): Promise<KeptBooks> {
  const settings = { ...settingsFor(temporaryFolder()), ...changed };
  await (await openStore(settings)).close();
  const db = openConnection(path.join(settings.dir, DATABASE), 'write');
  onTestFinished(() => db.close());
  // one wait for the disk less per slice; these tests are about the rows
  db.exec('PRAGMA synchronous = OFF');
  const book = createSeriesBook();
  const { names } = book;
  const write = (entries: readonly Entry[], raw: readonly RawBytes[]): void => {
    const packed = packGroup([{ kind: 'append', entries, raw }], book);
    opened.group.write(packed);
  };
  const open = () => {
    const group = groupWriter(db, settings, names);
    return { group, keeping: upkeep({ db, settings, ...group }) };
  };
  const { series, pruned } = queries(db, siteDays(settings.day ?? UTC_DAY));
  let opened = open();
  const count = (table: string): number =>
    Number(db.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.['count']);
  return {
    db,
    settings,
    get keeping() {
      return opened.keeping;
    },
    write: (entries, bytes) => write(entries, [{ index: 0, bytes }]),
    append: (entries) => write(entries, []),
    follow: (to, follower = 'step') => foldTables(db).move(follower, to, []),
    tidy() {
      let slices = 0;
      do {
        opened.keeping.work(true);
        slices += 1;
      } while (opened.keeping.state().isDue);
      return slices;
    },
    series: (query) => series({ asset: 'k1-wet', quantity: 'distance', ...query }),
    pruned,
    rows: count,
    reopen: () => void (opened = open()),
    empty() {
      for (const table of TABLES.split(' ')) db.exec(`DELETE FROM ${table}`);
      opened = open();
    },
  };
}

interface Told {
  readonly observedAt: number;
  readonly value: number;
}

/** The same chart by the plainest arithmetic. */
export function naiveSeries(
  told: readonly Told[],
  { from, to, step }: Pick<SeriesQuery, 'from' | 'to' | 'step'>,
  day: NonNullable<StoreSettings['day']>,
): SeriesPoint[] {
  const startOf = stepStart(step, siteDays(day));
  const within = told.filter(({ observedAt }) => observedAt >= from && observedAt < to);
  return [...Map.groupBy(within, ({ observedAt }) => startOf(observedAt))]
    .toSorted(([a], [b]) => a - b)
    .map(([start, members]) => {
      const values = members.map(({ value }) => value);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return [start, Math.min(...values), mean, Math.max(...values), values.length];
    });
}
