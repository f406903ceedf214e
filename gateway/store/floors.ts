// From when on each grain is complete: a grain's floor is the moment before which it has been pruned
// or may be. A chart asks nothing of a grain below its floor, and nothing is added there any more.
// Floors only rise, and rise before the first row goes, in the same transaction.
import type { DatabaseSync } from 'node:sqlite';
import type { Grain } from './grain.ts';
import { GRAINS } from './grain.ts';

export type Floors = Readonly<Record<Grain, number>>;

/** As they stand in the database at this moment. */
export function readFloors(db: DatabaseSync): () => Floors {
  const select = db.prepare('SELECT grain, since FROM floors');
  return () => {
    const found = new Map(select.all().map((row) => [String(row['grain']), Number(row['since'])]));
    const floors = GRAINS.map((grain) => [grain, found.get(grain) ?? -Infinity]);
    return Object.fromEntries(floors) as Floors;
  };
}

export interface FloorTable {
  of(grain: Grain): number;
  raise(grain: Grain, since: number): void;
}

/** The writer's hand on them. */
export function floorTable(db: DatabaseSync): FloorTable {
  const put = db.prepare('INSERT OR REPLACE INTO floors VALUES (?, ?)');
  const floors: Record<Grain, number> = { ...readFloors(db)() };
  return {
    of: (grain) => floors[grain],
    raise(grain, since) {
      if (since <= floors[grain]) return;
      put.run(grain, since);
      floors[grain] = since;
    },
  };
}
