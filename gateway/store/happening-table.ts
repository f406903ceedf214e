// What happened: the writer's hand on it, and what is asked of it on the reader's connection.
import type { DatabaseSync } from 'node:sqlite';
import type { Happening, HappeningKind, HappeningQuery } from '../domain/happening.ts';
import type { Instant } from '../domain/time.ts';

export interface HappeningTable {
  /** In the place of the one with the same kind and id. */
  put(happenings: readonly Happening[]): void;
}

export function happeningTable(db: DatabaseSync): HappeningTable {
  const put = db.prepare(
    `INSERT INTO happenings (kind, id, at, day, place, asset, body) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (kind, id) DO UPDATE
     SET at = excluded.at, day = excluded.day, place = excluded.place, asset = excluded.asset,
         body = excluded.body`,
  );
  return {
    put(happenings) {
      for (const { kind, id, at, day, place, asset, body } of happenings)
        put.run(kind, id, Math.round(at), day, place ?? null, asset ?? null, JSON.stringify(body));
    },
  };
}

/** One statement for each set of conditions, so that each has its index. */
export function happeningSql({ from, to, place, asset }: Omit<HappeningQuery, 'limit'>): string {
  const conditions = [
    'kind = :kind',
    ...(asset === undefined ? [] : ['asset = :asset']),
    ...(place === undefined ? [] : ['place = :place']),
    ...(from === undefined ? [] : ['at >= :from']),
    ...(to === undefined ? [] : ['at < :to']),
  ];
  return `SELECT kind, id, at, day, place, asset, body FROM happenings
    WHERE ${conditions.join(' AND ')} ORDER BY at DESC LIMIT :limit OFFSET :offset`;
}

export function happeningQueries(db: DatabaseSync) {
  const one = db.prepare(
    'SELECT kind, id, at, day, place, asset, body FROM happenings WHERE kind = ? AND id = ?',
  );
  const prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  const statementOf = (query: HappeningQuery) => {
    const sql = happeningSql(query);
    const known = prepared.get(sql) ?? db.prepare(sql);
    prepared.set(sql, known);
    return known;
  };
  return {
    happenings(query: HappeningQuery): Happening[] {
      const { kind, from, to, place, asset, limit, offset = 0 } = query;
      const given = Object.entries({ kind, from, to, place, asset, limit, offset });
      const named = Object.fromEntries(given.filter(([, value]) => value !== undefined));
      return statementOf(query)
        .all(named as Record<string, string | number>)
        .map(happeningOf);
    },
    happening(kind: HappeningKind, id: string): Happening | undefined {
      const row = one.get(kind, id);
      return row && happeningOf(row);
    },
  };
}

function happeningOf(row: Readonly<Record<string, unknown>>): Happening {
  const { place, asset } = row;
  return {
    kind: row['kind'] as HappeningKind,
    id: String(row['id']),
    at: Number(row['at']) as Instant,
    day: String(row['day']),
    ...(typeof place === 'string' && { place }),
    ...(typeof asset === 'string' && { asset }),
    body: JSON.parse(String(row['body'])) as Happening['body'],
  };
}
