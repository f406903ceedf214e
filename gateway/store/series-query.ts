// A chart, from whatever is left: the coarsest rollups that a step is made up of exactly, finer ones
// at the chart's two ends, coarser ones where finer have been pruned.
//
//   asked for   ├──┤─────────┼───────────┼──────────────┤──┤
//   hours          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
//   minutes     ░░░ (the ends, cut to the minute)        ░░░
//   the log     what no rollup has yet, and the rest of the ends
//
// No reading is counted twice or left out: each grain answers for a stretch of its own, and the
// records that the roller has not passed are added to all of them.
import type { DatabaseSync } from 'node:sqlite';
import type { SiteDays } from '../domain/day.ts';
import type { SeriesPoint, SeriesQuery } from './log.ts';
import type { Floors } from './floors.ts';
import type { Grain } from './grain.ts';
import { readFloors } from './floors.ts';
import { GRAINS, ROLLUPS, bordersOf, grainOf, stepStart } from './grain.ts';
import { ROLLUP } from './roller.ts';
import { numberIn } from './thousandths.ts';

/** One grain's share of a chart, from `from` up to `to`. */
export interface Stretch {
  readonly grain: Grain;
  readonly from: number;
  readonly to: number;
}

const SERIES = `SELECT id FROM series WHERE asset = :asset AND quantity = :quantity`;

const wholeBuckets = (grain: 'hour' | 'day'): string => {
  const { table, column, unit } = ROLLUPS[grain];
  return `
  SELECT ${column} * ${unit} AS start, count, sum, least, most
  FROM ${table}
  WHERE series IN (${SERIES}) AND ${column} >= :from / ${unit} AND ${column} < :to / ${unit}`;
};

/** What each grain is asked; `:from` and `:to` are borders of its buckets. */
export const CHARTS: Readonly<Record<Grain, string>> = {
  day: wholeBuckets('day'),
  hour: wholeBuckets('hour'),
  minute: `
  SELECT minute * 60000 AS start, ifnull(count, 1) AS count, ifnull(sum, ${numberIn('last')}) AS sum,
         ifnull(least, ${numberIn('last')}) AS least, ifnull(most, ${numberIn('last')}) AS most
  FROM minutes LEFT JOIN full_minutes USING (series, minute)
  WHERE series IN (${SERIES}) AND minute >= :from / 60000 AND minute < :to / 60000`,
  raw: `
  SELECT observed AS start, 1 AS count, ${numberIn('value')} AS sum
  FROM blocks CROSS JOIN log ON sequence BETWEEN first AND last
  WHERE latest >= :from AND earliest < :to
    AND kind < 2 AND log.series IN (${SERIES}) AND observed >= :from AND observed < :to`,
};

/** What the roller has not passed. */
export const UNROLLED = `
  SELECT observed AS start, 1 AS count, ${numberIn('value')} AS sum
  FROM log
  WHERE sequence > ifnull((SELECT position FROM cursors WHERE follower = '${ROLLUP}'), 0)
    AND kind < 2 AND series IN (${SERIES}) AND observed >= :from AND observed < :to`;

export function seriesQuery(db: DatabaseSync, siteDays: SiteDays) {
  const charts = GRAINS.map((grain) => [grain, db.prepare(CHARTS[grain])] as const);
  const statements = new Map(charts);
  const unrolled = db.prepare(UNROLLED);
  const floors = readFloors(db);
  return ({ asset, quantity, from, to, step }: SeriesQuery): SeriesPoint[] => {
    const points = pointsBy(stepStart(Math.max(1, step), siteDays));
    db.exec('BEGIN'); // the floors, the rollups and the log as of one moment
    try {
      const plan = stretchesOf({ from, to, step }, floors(), siteDays);
      for (const { grain, ...stretch } of plan) {
        points.add(statements.get(grain)?.iterate({ asset, quantity, ...stretch }) ?? []);
      }
      const whole = {
        from: Math.min(...plan.map((stretch) => stretch.from)),
        to: Math.max(...plan.map((stretch) => stretch.to)),
      };
      if (plan.length > 0) points.add(unrolled.iterate({ asset, quantity, ...whole }));
    } finally {
      db.exec('COMMIT');
    }
    return points.inOrder();
  };
}

/** Which grain answers for what. Where even days have been pruned there is no stretch. */
export function stretchesOf(
  { from, to, step }: Pick<SeriesQuery, 'from' | 'to' | 'step'>,
  floors: Floors,
  siteDays: SiteDays,
): Stretch[] {
  const wanted = GRAINS.indexOf(grainOf(Math.max(1, step)));
  const within = GRAINS.map((grain) => floors[grain]).filter((floor) => floor > from && floor < to);
  const cuts = [...within.toSorted((a, b) => a - b), to];
  return cuts.flatMap((end, index) => {
    const begin = cuts[index - 1] ?? from;
    const left = GRAINS.filter((grain) => floors[grain] <= begin);
    const fine = left.filter((grain) => GRAINS.indexOf(grain) >= wanted);
    return cover({ from: begin, to: end }, fine.length > 0 ? fine : left.slice(-1), siteDays);
  });
}

/** As much as possible by the first of the grains, the ends by the next; by the last of them, wholly. */
function cover(
  { from, to }: Pick<Stretch, 'from' | 'to'>,
  [grain, ...finer]: readonly Grain[],
  siteDays: SiteDays,
): Stretch[] {
  if (grain === undefined || from >= to) return [];
  const { floor, ceil } = bordersOf(grain, siteDays);
  if (finer.length === 0) return [{ grain, from: floor(from), to: ceil(to) }];
  const inner = { grain, from: ceil(from), to: floor(to) };
  if (inner.from >= inner.to) return cover({ from, to }, finer, siteDays);
  return [
    ...cover({ from, to: inner.from }, finer, siteDays),
    inner,
    ...cover({ from: inner.to, to }, finer, siteDays),
  ];
}

interface Sums {
  least: number;
  sum: number;
  most: number;
  count: number;
}

/** Adds rows of any grain up to points. */
function pointsBy(startOf: (moment: number) => number) {
  const points = new Map<number, Sums>();
  const put = (start: number, { least, sum, most, count }: Sums): void => {
    const point = points.get(start);
    if (!point) return void points.set(start, { least, sum, most, count });
    point.least = Math.min(point.least, least);
    point.sum += sum;
    point.most = Math.max(point.most, most);
    point.count += count;
  };
  return {
    add(rows: Iterable<Record<string, unknown>>): void {
      for (const row of rows) {
        const sum = Number(row['sum']);
        const [least, most] = [Number(row['least'] ?? sum), Number(row['most'] ?? sum)];
        put(startOf(Number(row['start'])), { least, sum, most, count: Number(row['count']) });
      }
    },
    inOrder: (): SeriesPoint[] =>
      [...points]
        .toSorted(([a], [b]) => a - b)
        .map(([start, { least, sum, most, count }]) => [start, least, sum / count, most, count]),
  };
}
