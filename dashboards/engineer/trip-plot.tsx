// The values around a trip: two hours before it until now, with the limit, the moment of the trip,
// the on-delay before it and the times in which nothing was heard.
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { AlarmView, AssetView, SeriesView } from '../../gateway/api/schemas.ts';
import type { Format } from '../shared/format.ts';
import { Failure, Quiet } from '../shared/quiet.tsx';
import { useAsked } from '../shared/use-asked.ts';
import type { Words } from '../shared/words.ts';
import { drawPlot, type PlotMarks } from './plot-canvas.ts';
import {
  linesOf,
  seriesPath,
  spanAround,
  subjectOf,
  type Span,
  type Subject,
} from './trip-series.ts';

const ASK_AGAIN_MS = 15_000;

interface TripPlotProps {
  readonly alarm: AlarmView;
  readonly assets: ReadonlyMap<string, AssetView>;
  readonly now: number;
  readonly zone: string;
  readonly format: Format;
  readonly words: Words;
}

export function TripPlot(props: TripPlotProps) {
  const subject = subjectOf(props.alarm, props.assets);
  if (!subject) return <p class="plot__none">{props.words.engineer.noPlot}</p>;
  return <SubjectPlot {...props} subject={subject} />;
}

function SubjectPlot({
  alarm,
  now,
  subject,
  words,
  ...rest
}: TripPlotProps & { subject: Subject }) {
  const round = Math.floor(now / ASK_AGAIN_MS);
  // The end moves in strides, so that the plot is asked for anew only now and then.
  const span = spanAround(alarm, subject.asset.expectedS, (round + 1) * ASK_AGAIN_MS);
  const asked = useAsked<SeriesView>(seriesPath(subject, span));
  const title = `${subject.asset.name} · ${wordOf(words, subject.quantity)}`;
  return (
    <figure class="plot">
      <figcaption class="plot__title">{title}</figcaption>
      {!asked && <Quiet what={words.loading} />}
      {asked && !asked.ok && <Failure words={words} title={asked.title} detail={asked.detail} />}
      {asked?.ok && asked.value.points.length === 0 && <Quiet what={words.engineer.noPoints} />}
      {asked?.ok && asked.value.points.length > 0 && (
        <Canvas {...rest} {...{ alarm, subject, span, words, title }} series={asked.value} />
      )}
      <Legend words={words} hasLimit={subject.limit !== undefined} hasHold={!!alarm.holdForS} />
    </figure>
  );
}

const wordOf = (words: Words, quantity: string): string =>
  (words.quantity as Record<string, string>)[quantity] ?? quantity;

interface CanvasProps extends Pick<TripPlotProps, 'alarm' | 'zone' | 'format' | 'words'> {
  readonly subject: Subject;
  readonly span: Span;
  readonly series: SeriesView;
  readonly title: string;
}

function Canvas({ alarm, subject, span, series, zone, format, words, title }: CanvasProps) {
  const place = useRef<HTMLDivElement>(null);
  const { quantity, limit, asset } = subject;
  const theme = document.documentElement.dataset['theme'];
  const lines = useMemo(() => linesOf(series, asset.expectedS, span), [series]);
  const raisedAt = Date.parse(alarm.raisedAt) / 1000;
  useEffect(() => {
    if (!place.current) return undefined;
    const marks: PlotMarks = {
      limit,
      trip: raisedAt,
      holdS: alarm.holdForS ?? 0,
      gaps: lines.gaps,
    };
    const say = (value: number) => format.exact(quantity, value);
    const clock = (moment: number) => format.clock(moment);
    return drawPlot(place.current, { lines, marks, span, zone, say, clock });
  }, [lines, limit, raisedAt, zone, theme, words]);
  const last = series.points[series.points.length - 1];
  const newest = last ? `${format.exact(quantity, last[2])} · ${format.clock(last[0])}` : '';
  return <div class="plot__canvas" ref={place} role="img" aria-label={`${title}: ${newest}`} />;
}

interface LegendProps {
  readonly words: Words;
  readonly hasLimit: boolean;
  readonly hasHold: boolean;
}

function Legend({ words, hasLimit, hasHold }: LegendProps) {
  const { limit, trip, hold, gap } = words.engineer.plotLegend;
  return (
    <p class="plot__legend">
      {hasLimit && <span class="key key--limit">{limit}</span>}
      <span class="key key--trip">{trip}</span>
      {hasHold && <span class="key key--hold">{hold}</span>}
      <span class="key key--gap">{gap}</span>
    </p>
  );
}
