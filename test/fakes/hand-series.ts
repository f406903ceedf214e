// What a plot of any series looks like on a desk that is filled by hand.
import type { Desk } from '../../gateway/api/desk.ts';
import type { SeriesView } from '../../gateway/api/schemas.ts';

/** A slow wave between 0.2 and 0.8, so that a plot of it looks like something. */
export function waveOf(
  { from, to, stepS }: Parameters<Desk['series']>[0],
  unit: string,
): SeriesView {
  const step = (stepS ?? Math.max(1, Math.ceil((to - from) / 1000 / 300))) * 1000;
  const points: SeriesView['points'] = [];
  for (let at = Math.ceil(from / step) * step; at < to; at += step) {
    const mean = 0.5 + 0.3 * Math.sin(at / 7_000_000);
    points.push([at, mean - 0.02, mean, mean + 0.02, Math.max(1, Math.round(step / 60_000))]);
  }
  return { unit, stepS: step / 1000, points };
}
