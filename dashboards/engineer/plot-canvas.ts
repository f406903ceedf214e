// uPlot dressed in our tokens. Under the line: gaps hatched, the on-delay shaded; over it: the limits
// as dashed lines and the trip as a vertical one. Colours are read from the page's own tokens, so
// dark and light need no second palette.
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Lines, Span } from './trip-series.ts';

export interface PlotMarks {
  readonly limits: readonly number[];
  /** Epoch seconds. */
  readonly trip: number;
  readonly holdS: number;
  readonly gaps: Lines['gaps'];
}

export interface Plot {
  readonly lines: Lines;
  readonly marks: PlotMarks;
  readonly span: Span;
  readonly zone: string;
  readonly say: (value: number) => string;
  /** Epoch milliseconds → “10:42”. */
  readonly clock: (moment: number) => string;
}

const HEIGHT = 240;

/** Draws into `place` and follows its width; returns the way to take it down again. */
export function drawPlot(place: HTMLElement, plot: Plot): () => void {
  const token = tokensOf(place);
  const { lines } = plot;
  const size = () => ({ width: Math.max(200, place.clientWidth), height: HEIGHT });
  const chart = new uPlot(
    { ...size(), ...optionsOf(plot, token) },
    [lines.at, lines.least, lines.most, lines.mean],
    place,
  );
  const watch = new ResizeObserver(() => chart.setSize(size()));
  watch.observe(place);
  return () => {
    watch.disconnect();
    chart.destroy();
  };
}

type Token = (name: string) => string;

function tokensOf(place: HTMLElement): Token {
  const style = getComputedStyle(place);
  return (name) => style.getPropertyValue(`--${name}`).trim();
}

function optionsOf(plot: Plot, token: Token): Omit<uPlot.Options, 'width' | 'height'> {
  const { marks, span, zone, say, clock } = plot;
  const axis = { stroke: token('muted'), grid: { stroke: token('track'), width: 1 } };
  const ticks = { stroke: token('line'), width: 1 };
  const edge = { points: { show: false }, stroke: 'transparent' };
  return {
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), zone),
    legend: { show: false },
    cursor: { y: false },
    scales: {
      x: { range: [span.from / 1000, span.to / 1000] },
      y: { range: (_chart, least, most) => withLimits(least, most, marks.limits) },
    },
    axes: [
      { ...axis, ticks, values: (_chart, at) => at.map((seconds) => clock(seconds * 1000)) },
      { ...axis, ticks, size: 68, values: (_chart, at) => at.map(say) },
    ],
    series: [
      {},
      edge,
      edge,
      { stroke: token('text'), width: 2, points: { show: false }, spanGaps: false },
    ],
    bands: [{ series: [2, 1], fill: token('track') }],
    hooks: {
      drawClear: [(chart) => drawUnder(chart, marks, token)],
      draw: [(chart) => drawOver(chart, marks, token)],
    },
  };
}

function withLimits(least: number, most: number, limits: readonly number[]): [number, number] {
  const low = Math.min(least, ...limits, 0);
  const high = Math.max(most, ...limits);
  return [low, high + (high - low || 1) * 0.08];
}

function drawUnder(chart: uPlot, marks: PlotMarks, token: Token): void {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  if (marks.holdS > 0) {
    const from = chart.valToPos(marks.trip - marks.holdS, 'x', true);
    ctx.globalAlpha = 0.35;
    ctx.fillStyle = token('warning');
    ctx.fillRect(from, bbox.top, chart.valToPos(marks.trip, 'x', true) - from, bbox.height);
    ctx.globalAlpha = 1;
  }
  ctx.strokeStyle = token('hatch');
  ctx.lineWidth = 2;
  for (const gap of marks.gaps) hatch(chart, gap);
  ctx.restore();
}

const HATCH_EVERY = 10;

function hatch(chart: uPlot, gap: { from: number; to: number }): void {
  const { ctx, bbox } = chart;
  const left = chart.valToPos(gap.from, 'x', true);
  const right = chart.valToPos(gap.to, 'x', true);
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, bbox.top, right - left, bbox.height);
  ctx.clip();
  ctx.beginPath();
  for (let x = left - bbox.height; x < right; x += HATCH_EVERY) {
    ctx.moveTo(x, bbox.top + bbox.height);
    ctx.lineTo(x + bbox.height, bbox.top);
  }
  ctx.stroke();
  ctx.restore();
}

function drawOver(chart: uPlot, marks: PlotMarks, token: Token): void {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.lineWidth = 2 * devicePixelRatio;
  ctx.strokeStyle = token('text');
  ctx.setLineDash([8, 6]);
  for (const limit of marks.limits) {
    const y = chart.valToPos(limit, 'y', true);
    line(ctx, [bbox.left, y], [bbox.left + bbox.width, y]);
  }
  const x = chart.valToPos(marks.trip, 'x', true);
  ctx.strokeStyle = token('critical');
  ctx.setLineDash([]);
  line(ctx, [x, bbox.top], [x, bbox.top + bbox.height]);
  ctx.restore();
}

type Point = readonly [number, number];

function line(ctx: CanvasRenderingContext2D, from: Point, to: Point): void {
  ctx.beginPath();
  ctx.moveTo(...from);
  ctx.lineTo(...to);
  ctx.stroke();
}
