// The share of wet waste in the whole, as a line from 0 to 100 %: a gap where nothing is known, an open
// circle where the day is not known well.
import { language } from '../shared/language.ts';
import { dayPath } from './opened-day.ts';
import type { Sight } from './sight.ts';
import { ENOUGH, wetShare, type Day } from './tonnage.ts';

interface SharePoint {
  readonly day: string;
  /** 0…1; undefined where nothing was weighed. */
  readonly share: number | undefined;
  readonly isWhole: boolean;
}

export function sharePoints(days: readonly Day[]): SharePoint[] {
  return days.map((day) => {
    const { wet, dry } = day.figures;
    const all = Object.values(day.figures).reduce((sum, one) => sum + one.kg, 0);
    return {
      day: day.day,
      share: all > 0 && wet ? wet.kg / all : undefined,
      isWhole: [wet, dry].every((one) => one !== undefined && one.completeness >= ENOUGH),
    };
  });
}

const pct = (share: number): string => `${Math.round(share * 1e4) / 100}%`;
const STEPS = [0, 0.25, 0.5, 0.75, 1];

interface ShareProps {
  readonly shown: readonly Day[];
  /** The days of the period, which may be fewer. */
  readonly days: readonly Day[];
  readonly sight: Sight;
}

export function ShareChart({ shown, days, sight }: ShareProps) {
  const { words, format, today } = sight;
  const say = words.ledger.share;
  const points = sharePoints(shown.filter(({ day }) => day <= today));
  if (!points.some(({ share }) => share !== undefined)) return null;
  const [first, last] = [shown[0]?.day ?? today, shown[shown.length - 1]?.day ?? today];
  return (
    <figure class="chart">
      <figcaption class="chart__name">
        {say.title}{' '}
        <span class="chart__facts">
          {say.mean(format.percent(wetShare(days, today).now))} · {say.note}
        </span>
      </figcaption>
      <div class="plot plot--share">
        <div class="plot__axis" aria-hidden="true">
          {STEPS.map((step) => (
            <span key={step} style={{ bottom: pct(step) }}>
              {step * 100}
            </span>
          ))}
          <span class="plot__unit">%</span>
        </div>
        <svg class="plot__area" role="group" aria-label={say.label(first, last)}>
          {STEPS.map((step) => (
            <line
              key={step}
              class="plot__grid"
              x1="0"
              x2="100%"
              y1={pct(1 - step)}
              y2={pct(1 - step)}
            />
          ))}
          <ShareLine points={points} slots={shown.length} />
          {points.map((point, index) => (
            <ShareDot
              key={point.day}
              point={point}
              index={index}
              slots={shown.length}
              sight={sight}
            />
          ))}
        </svg>
      </div>
    </figure>
  );
}

/** Only between neighbours that are both known. */
function ShareLine({ points, slots }: { points: readonly SharePoint[]; slots: number }) {
  return (
    <g class="share-line" aria-hidden="true">
      {points.map(({ day, share }, index) => {
        const before = points[index - 1]?.share;
        if (share === undefined || before === undefined) return null;
        const [x1, x2] = [pct((index - 0.5) / slots), pct((index + 0.5) / slots)];
        return <line key={day} x1={x1} x2={x2} y1={pct(1 - before)} y2={pct(1 - share)} />;
      })}
    </g>
  );
}

interface DotProps {
  readonly point: SharePoint;
  readonly index: number;
  readonly slots: number;
  readonly sight: Sight;
}

/** For the pointer; the keyboard has the bars above and the table below. */
function ShareDot({ point, index, slots, sight: { format } }: DotProps) {
  const { day, share, isWhole } = point;
  if (share === undefined) return null;
  return (
    <a
      href={dayPath(day, { lang: language.value })}
      tabindex={-1}
      aria-label={`${day} ${format.percent(share)}`}
    >
      <title>{`${day} · ${format.percent(share)}`}</title>
      <rect class="day__column" x={pct(index / slots)} width={pct(1 / slots)} y="0" height="100%" />
      <circle
        class={isWhole ? 'share-dot' : 'share-dot share-dot--part'}
        cx={pct((index + 0.5) / slots)}
        cy={pct(1 - share)}
        r="3.5"
      />
    </a>
  );
}
