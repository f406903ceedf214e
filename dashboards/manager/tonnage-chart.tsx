// Wet and dry as two small charts on one scale: this year as bars, last year as a thin step line behind
// them. Missing days are hatched, partial ones open at the side; a gap is a gap and never a nought.
// Everything is placed in percent, so that paper and phone need no script to fit it.
import { StreamChip } from '../shared/stream-chip.tsx';
import { language } from '../shared/language.ts';
import { axisFor, barsOf, namedBars, type Bar } from './bars.ts';
import type { Review } from './kpi-row.tsx';
import { dayPath } from './opened-day.ts';
import { grainFor, type Grain, type Period } from './period.ts';
import { ShareChart } from './share-chart.tsx';
import type { Sight } from './sight.ts';
import { totalOf } from './tonnage.ts';

interface ChartsProps {
  readonly review: Review;
  readonly sight: Sight;
  readonly chosen: string | undefined;
}

const SHOWN = ['wet', 'dry'] as const;

export function TonnageCharts({ review, sight, chosen }: ChartsProps) {
  const { words, today } = sight;
  const first = review.shown[0]?.day ?? today;
  const grain = grainFor({ from: first, to: review.period.to });
  const charts = SHOWN.map((stream) => barsOf(review.shown, stream, { today, grain }));
  const highest = Math.max(
    0,
    ...charts.flat().flatMap(({ kg = 0, lastYearKg = 0 }) => [kg, lastYearKg]),
  );
  const { chart } = words.review;
  const titles: Record<Grain, string> = {
    day: chart.title,
    week: chart.weekly,
    month: chart.monthly,
  };
  return (
    <section class="charts" aria-labelledby="charts">
      <h2 id="charts" class="section">
        {titles[grain]}
      </h2>
      <Legend sight={sight} isPadded={review.shown.length > review.days.length} />
      {SHOWN.map((stream, index) => (
        <figure key={stream} class="chart">
          <figcaption class="chart__name">
            <StreamChip stream={stream} word={words.stream[stream]} />{' '}
            <Caption review={review} stream={stream} sight={sight} />
          </figcaption>
          <Plot
            bars={charts[index] ?? []}
            axis={axisFor(highest)}
            period={review.period}
            grain={grain}
            label={chart.label(words.stream[stream], first, review.period.to)}
            chosen={chosen}
            sight={sight}
          />
        </figure>
      ))}
      {grain === 'day' && <ShareChart shown={review.shown} days={review.days} sight={sight} />}
    </section>
  );
}

/** What the bars of the period come to, and what is not in them. */
function Caption({
  review,
  stream,
  sight,
}: Omit<ChartsProps, 'chosen'> & { stream: 'wet' | 'dry' }) {
  const { words, format, today } = sight;
  const say = words.review;
  const { told, kg } = totalOf(review.days, stream, today);
  const shown = totalOf(review.shown, stream, today);
  const parts = [
    told > 1 ? say.perDay(format.tonnes(kg / told)) : undefined,
    shown.missing > 0 ? say.missing(shown.missing) : undefined,
    shown.partial > 0 ? say.partial(shown.partial) : undefined,
  ];
  return <span class="chart__facts">{parts.filter(Boolean).join(' · ')}</span>;
}

function Legend({ sight, isPadded }: { sight: Sight; isPadded: boolean }) {
  const { chart, running } = sight.words.review;
  return (
    <p class="legend">
      <span class="legend__key legend__key--whole">{chart.thisYear}</span>
      {isPadded && <span class="legend__key legend__key--outside">{chart.outside}</span>}
      <span class="legend__key legend__key--last">{chart.lastYear}</span>
      <span class="legend__key legend__key--partial">
        {chart.partial} / {running}
      </span>
      <span class="legend__key legend__key--missing">{chart.missing}</span>
    </p>
  );
}

interface PlotProps {
  readonly bars: readonly Bar[];
  readonly axis: ReturnType<typeof axisFor>;
  readonly period: Period;
  readonly grain: Grain;
  readonly label: string;
  readonly chosen: string | undefined;
  readonly sight: Sight;
}

const pct = (share: number): string => `${Math.round(share * 1e4) / 100}%`;

function Plot({ bars, axis, period, grain, label, chosen, sight }: PlotProps) {
  const width = 1 / Math.max(1, bars.length);
  const heightOf = (kg: number): number => kg / axis.topKg;
  const told = bars.filter(({ state }) => state !== 'ahead');
  // One stop for the keyboard, from which arrows lead to the other days.
  const stop = told.find(({ from }) => from === chosen)?.from ?? told[told.length - 1]?.from;
  return (
    <div class="plot">
      <div class="plot__axis" aria-hidden="true">
        {axis.stepsKg.map((kg) => (
          <span key={kg} style={{ bottom: pct(heightOf(kg)) }}>
            {(kg / 1000).toFixed(2)}
          </span>
        ))}
        <span class="plot__unit">{sight.words.review.chart.unit}</span>
      </div>
      <svg class="plot__area" role="group" aria-label={label} onKeyDown={stepByArrow}>
        <Hatch />
        {axis.stepsKg.map((kg) => (
          <line key={kg} class="plot__grid" x1="0" x2="100%" {...level(heightOf(kg))} />
        ))}
        {bars.map((bar, index) => (
          <BarShape
            key={bar.from}
            bar={bar}
            left={index * width}
            width={width}
            height={heightOf(bar.kg ?? 0)}
            look={lookOf(bar, { period, grain, chosen })}
            name={barName(bar, sight)}
            {...(grain === 'day' &&
              bar.state !== 'ahead' && {
                href: dayPath(bar.from, { lang: language.value }),
                tabIndex: bar.from === stop ? 0 : -1,
              })}
          />
        ))}
        <StepLine values={bars.map(({ lastYearKg }) => lastYearKg)} heightOf={heightOf} />
      </svg>
      <Names bars={bars} grain={grain} />
    </div>
  );
}

const level = (height: number) => ({ y1: pct(1 - height), y2: pct(1 - height) });

const Hatch = () => (
  <defs>
    <pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse">
      <path class="plot__hatch" d="M-1 8 8 -1M-1 1 1 -1M6 8 8 6" />
    </pattern>
  </defs>
);

interface Around {
  readonly period: Period;
  readonly grain: Grain;
  readonly chosen: string | undefined;
}

function lookOf(bar: Bar, { period, grain, chosen }: Around): string {
  const isOutside = bar.to < period.from || bar.from > period.to;
  return [
    `day day--${bar.state}`,
    isOutside ? 'day--outside' : '',
    grain === 'day' && bar.from === chosen ? 'day--chosen' : '',
  ]
    .filter(Boolean)
    .join(' ');
}

interface BarShapeProps {
  readonly bar: Bar;
  readonly left: number;
  readonly width: number;
  readonly height: number;
  readonly look: string;
  readonly name: string;
  /** Of one day: where all of it is told. */
  readonly href?: string;
  readonly tabIndex?: number;
}

const GAP = 0.14;

function BarShape({ bar, left, width, height, look, name, href, tabIndex }: BarShapeProps) {
  const place = { x: pct(left + (width * GAP) / 2), width: pct(width * (1 - GAP)) };
  const shapes = (
    <>
      <title>{name}</title>
      {/* The whole column answers to the pointer, also where the bar is short. */}
      <rect class="day__column" x={pct(left)} width={pct(width)} y="0" height="100%" />
      {bar.state === 'missing' && <rect class="day__missing" {...place} y="0" height="100%" />}
      {bar.kg !== undefined && (
        <rect class="day__bar" {...place} y={pct(1 - height)} height={pct(height)} />
      )}
    </>
  );
  const common = { class: look, 'data-day': bar.from, 'aria-label': name };
  if (href === undefined)
    return (
      <g {...common} role="img">
        {shapes}
      </g>
    );
  return (
    <a {...common} href={href} tabindex={tabIndex}>
      {shapes}
    </a>
  );
}

const NEIGHBOURS: Readonly<Record<string, 'nextElementSibling' | 'previousElementSibling'>> = {
  ArrowRight: 'nextElementSibling',
  ArrowLeft: 'previousElementSibling',
};

function stepByArrow(event: KeyboardEvent): void {
  const way = NEIGHBOURS[event.key];
  if (!way || !(event.target instanceof SVGAElement)) return;
  const next = event.target[way];
  if (!(next instanceof SVGAElement)) return;
  event.preventDefault();
  next.focus();
}

function barName(bar: Bar, { words, format }: Sight): string {
  const { review } = words;
  const days = bar.from === bar.to ? bar.from : `${bar.from} – ${bar.to}`;
  const lastYear =
    bar.lastYearKg === undefined ? undefined : review.lastYearWas(format.tonnes(bar.lastYearKg));
  return [days, format.tonnes(bar.kg), review.states[bar.state], lastYear]
    .filter(Boolean)
    .join(' · ');
}

interface StepLineProps {
  readonly values: readonly (number | undefined)[];
  readonly heightOf: (kg: number) => number;
}

/** Level over each day, upright between two that are known. */
function StepLine({ values, heightOf }: StepLineProps) {
  const width = 1 / Math.max(1, values.length);
  return (
    <g class="last-year" aria-hidden="true">
      {values.map((kg, index) => {
        if (kg === undefined) return null;
        const [x1, x2] = [pct(index * width), pct((index + 1) * width)];
        const before = values[index - 1];
        return (
          <g key={x1}>
            <line x1={x1} x2={x2} {...level(heightOf(kg))} />
            {before !== undefined && (
              <line x1={x1} x2={x1} y1={pct(1 - heightOf(before))} y2={pct(1 - heightOf(kg))} />
            )}
          </g>
        );
      })}
    </g>
  );
}

function Names({ bars, grain }: { bars: readonly Bar[]; grain: Grain }) {
  const named = new Set(namedBars(bars, grain).map(({ from }) => from));
  return (
    <div class="plot__names" aria-hidden="true">
      {bars.map(({ from }, index) =>
        named.has(from) ? (
          <span key={from} style={{ left: pct((index + 0.5) / bars.length) }}>
            {grain === 'month' ? from.slice(0, 7) : from.slice(5)}
          </span>
        ) : null,
      )}
    </div>
  );
}
