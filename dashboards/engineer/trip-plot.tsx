// The values around a trip, with the limits, the moment of the trip, the on-delay before it and the
// times in which nothing was heard: as they were frozen when it tripped, and, where one asks, until now.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { AlarmView, AssetView, EvidenceView, SeriesView } from '../../gateway/api/schemas.ts';
import { Failure, Quiet } from '../shared/quiet.tsx';
import { useAsked } from '../shared/use-asked.ts';
import { wordFor, type Words } from '../shared/words.ts';
import { EvidenceFacts } from './evidence-facts.tsx';
import { drawPlot, type PlotMarks } from './plot-canvas.ts';
import type { Sight } from './sight.ts';
import {
  frozenMarks,
  frozenSeries,
  frozenSpan,
  linesOf,
  seriesPath,
  spanAround,
  subjectOf,
  type Span,
  type Subject,
} from './trip-series.ts';

const ASK_AGAIN_MS = 15_000;

interface TripPlotProps extends Sight {
  readonly alarm: AlarmView;
  readonly assets: ReadonlyMap<string, AssetView>;
}

export function TripPlot(props: TripPlotProps) {
  const { alarm, assets, words, now } = props;
  const subject = subjectOf(alarm, assets);
  // What follows the trip joins it after a quarter of an hour.
  const [isOpen, setIsOpen] = useState(true);
  const round = isOpen ? Math.floor(now / ASK_AGAIN_MS) : 0;
  const path = `/api/v1/alarms/${encodeURIComponent(alarm.id)}/evidence`;
  const asked = useAsked<EvidenceView>(path, round);
  const evidence = asked?.ok ? asked.value : undefined;
  useEffect(() => setIsOpen(evidence?.state === 'open'), [evidence?.state]);
  const frozen = evidence && frozenSeries(evidence);
  const [wanted, setWanted] = useState<'frozen' | 'now'>('frozen');
  const isFrozen = frozen !== undefined && wanted === 'frozen';
  return (
    <>
      {frozen && subject && <Choose wanted={wanted} words={words} onChoose={setWanted} />}
      {!subject && <p class="plot__none">{words.engineer.noPlot}</p>}
      {subject && !asked && <Quiet what={words.loading} />}
      {subject && isFrozen && evidence && (
        <FrozenPlot {...props} subject={subject} evidence={evidence} series={frozen} />
      )}
      {subject && asked && !isFrozen && <LivePlot {...props} subject={subject} />}
      {evidence && <EvidenceFacts alarm={alarm} evidence={evidence} sight={props} />}
    </>
  );
}

interface ChooseProps {
  readonly wanted: 'frozen' | 'now';
  readonly words: Words;
  readonly onChoose: (wanted: 'frozen' | 'now') => void;
}

function Choose({ wanted, words, onChoose }: ChooseProps) {
  const say = words.work.evidence;
  return (
    <div class="filters" role="group" aria-label={words.engineer.plot}>
      {(['frozen', 'now'] as const).map((one) => (
        <button
          key={one}
          type="button"
          class="filter"
          aria-pressed={one === wanted}
          onClick={() => onChoose(one)}
        >
          {one === 'frozen' ? say.title : say.now}
        </button>
      ))}
    </div>
  );
}

interface SubjectProps extends TripPlotProps {
  readonly subject: Subject;
}

interface FrozenProps extends SubjectProps {
  readonly evidence: EvidenceView;
  readonly series: SeriesView;
}

function FrozenPlot({ evidence, series, ...props }: FrozenProps) {
  const { subject, words } = props;
  const { limits, holdS } = frozenMarks(evidence);
  const span = frozenSpan(evidence, series);
  const expectedS = subject.asset.expectedS;
  const key = `${evidence.alarm} ${evidence.state} ${series.points.length}`;
  const trip = Date.parse(evidence.raisedAt) / 1000;
  const title = titleOf(props);
  return (
    <figure class="plot">
      <figcaption class="plot__title">{title}</figcaption>
      <Canvas {...props} {...{ series, span, expectedS, limits, holdS, trip, title }} round={key} />
      <Legend words={words} hasLimit={limits.length > 0} hasHold={holdS > 0} />
    </figure>
  );
}

function LivePlot(props: SubjectProps) {
  const { alarm, now, subject, words } = props;
  const round = Math.floor(now / ASK_AGAIN_MS);
  // The end moves in strides, so that the plot is asked for anew only now and then.
  const span = spanAround(alarm, subject.asset.expectedS, (round + 1) * ASK_AGAIN_MS);
  const asked = useAsked<SeriesView>(seriesPath(subject, span));
  const title = titleOf(props);
  const holdS = alarm.holdForS ?? 0;
  const { limits, asset } = subject;
  const trip = Date.parse(alarm.raisedAt) / 1000;
  const marks = { limits, holdS, trip, span, expectedS: asset.expectedS };
  return (
    <figure class="plot">
      <figcaption class="plot__title">{title}</figcaption>
      {!asked && <Quiet what={words.loading} />}
      {asked && !asked.ok && <Failure words={words} title={asked.title} detail={asked.detail} />}
      {asked?.ok && asked.value.points.length === 0 && <Quiet what={words.engineer.noPoints} />}
      {asked?.ok && asked.value.points.length > 0 && (
        <Canvas {...props} {...marks} title={title} series={asked.value} round={asked.value} />
      )}
      <Legend words={words} hasLimit={limits.length > 0} hasHold={holdS > 0} />
    </figure>
  );
}

const titleOf = ({ subject, words }: SubjectProps): string =>
  `${subject.asset.name} · ${wordFor(words.quantity, subject.quantity)}`;

interface CanvasProps extends Pick<SubjectProps, 'subject' | 'zone' | 'format' | 'words'> {
  readonly series: SeriesView;
  readonly span: Span;
  readonly expectedS: number;
  readonly limits: readonly number[];
  readonly holdS: number;
  /** Epoch seconds. */
  readonly trip: number;
  readonly title: string;
  /** Another one is another drawing. */
  readonly round: unknown;
}

function Canvas(props: CanvasProps) {
  const { subject, series, span, limits, holdS, trip, zone, format, words, title, round } = props;
  const place = useRef<HTMLDivElement>(null);
  const { quantity } = subject;
  const theme = document.documentElement.dataset['theme'];
  const lines = useMemo(() => linesOf(series, props.expectedS, span), [round]);
  useEffect(() => {
    if (!place.current) return undefined;
    const marks: PlotMarks = { limits, trip, holdS, gaps: lines.gaps };
    const say = (value: number) => format.exact(quantity, value);
    const clock = (moment: number) => format.clock(moment);
    return drawPlot(place.current, { lines, marks, span, zone, say, clock });
  }, [lines, limits.join(), trip, holdS, zone, theme, words]);
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
