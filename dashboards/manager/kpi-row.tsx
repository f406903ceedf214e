// The four numbers on top. Each says how it stands against last year, is grey with ⚠ where it rests on
// too little, and opens to what it means, where it comes from and what is missing from it.
import type { ComponentChildren } from 'preact';
import { StreamChip } from '../shared/stream-chip.tsx';
import { addDays } from '../shared/calendar.ts';
import type { Period } from './period.ts';
import { remarkedIn, signedKg, type Remark } from './remarks.ts';
import type { Sight } from './sight.ts';
import { ENOUGH, totalOf, wetShare, type Day, type Total, type Versus } from './tonnage.ts';

export interface Review {
  readonly period: Period;
  /** The days of the period. */
  readonly days: readonly Day[];
  /** Those of the period and, where it is short, those before it. */
  readonly shown: readonly Day[];
}

export function KpiRow({ review, sight }: { review: Review; sight: Sight }) {
  return (
    <div class="kpis">
      <TonnageCard stream="wet" review={review} sight={sight} />
      <TonnageCard stream="dry" review={review} sight={sight} />
      <ShareCard review={review} sight={sight} />
      <CompletenessCard review={review} sight={sight} />
    </div>
  );
}

interface CardProps {
  readonly name: ComponentChildren;
  readonly value: string;
  readonly trust: 'good' | 'doubt';
  readonly lines: readonly (string | undefined)[];
  readonly meaning: readonly string[];
  readonly sight: Sight;
}

export function Card({ name, value, trust, lines, meaning, sight: { words } }: CardProps) {
  const { review } = words;
  return (
    <details class={`kpi kpi--${trust}`}>
      <summary class="kpi__face">
        <span class="kpi__name">{name}</span>
        <span class="kpi__value">
          {value}
          {trust === 'doubt' && (
            <span class="kpi__doubt" title={review.notEnough}>
              <span aria-hidden="true"> ⚠</span>
              <span class="unseen">{review.notEnough}</span>
            </span>
          )}
        </span>
        {lines.filter(Boolean).map((line) => (
          <span key={line} class="kpi__line">
            {line}
          </span>
        ))}
        <span class="kpi__how">{review.meaning.how}</span>
      </summary>
      <div class="kpi__meaning">
        {meaning.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
    </details>
  );
}

interface TonnageProps {
  readonly stream: 'wet' | 'dry';
  readonly review: Review;
  readonly sight: Sight;
}

function TonnageCard({ stream, review, sight }: TonnageProps) {
  const { words, format, today } = sight;
  const total = totalOf(review.days, stream, today);
  const isTold = total.told > 0;
  return (
    <Card
      name={<StreamChip stream={stream} word={words.review.kpi[stream]} />}
      value={isTold ? format.tonnes(total.kg) : words.unknown}
      trust={isTold && total.completeness < ENOUGH ? 'doubt' : 'good'}
      lines={[
        ...tonnageLines({ stream, review, sight }, total),
        markLine({ stream, review, sight }),
      ]}
      meaning={meaningOf(words.review.meaning.tonnage, total, sight)}
      sight={sight}
    />
  );
}

function tonnageLines({ stream, review, sight }: TonnageProps, total: Total) {
  const { words, format, today } = sight;
  const say = words.review;
  if (total.told === 0) return [say.noFigure];
  const { from, to } = review.period;
  if (from === today && to === today && !total.versus) {
    const [only] = review.days;
    const before = review.shown.filter(({ day }) => day === addDays(today, -1));
    const yesterday = totalOf(before, stream, today);
    const lastYear = only?.figures[stream]?.lastYear;
    return [
      lastYear && say.runningDay(format.tonnes(lastYear.kg)),
      yesterday.told > 0 ? say.yesterday(format.tonnes(yesterday.kg)) : undefined,
      yesterday.versus && changeWords(yesterday.versus, sight),
    ];
  }
  const { versus } = total;
  if (!versus) return [say.notComparable, leftWords(total, sight)];
  return [
    changeWords(versus, sight),
    ...(versus.days < total.come
      ? [
          say.comparable(versus.days, total.come),
          say.bothYears(format.tonnes(versus.kg), format.tonnes(versus.lastYearKg)),
        ]
      : [say.lastYearWas(format.tonnes(versus.lastYearKg))]),
    leftWords(total, sight),
  ];
}

/** What people put right in the number, or want to, and what of it nobody can stand behind. */
function markLine({ stream, review, sight }: TonnageProps): string {
  const say = sight.words.ledger.marks;
  const found = remarkedIn(review.days).filter(({ row }) => row.stream === stream);
  const count = (remark: Remark): number =>
    new Set(found.filter(({ remarks }) => remarks.includes(remark)).map(({ row }) => row.period))
      .size;
  const correctedKg = found.reduce((sum, { row }) => sum + (row.correctedKg ?? 0), 0);
  const pending = found.reduce((sum, { row }) => sum + (row.pending ?? 0), 0);
  const lines: readonly (readonly [number, string])[] = [
    [count('corrected'), say.corrected(count('corrected'), signedKg(correctedKg, sight.format))],
    [pending, say.pending(pending)],
    [count('unbalanced'), say.unbalanced(count('unbalanced'))],
    [count('unusual'), say.unusual(count('unusual'))],
  ];
  return lines.flatMap(([days, words]) => (days > 0 ? [words] : [])).join(' · ');
}

/** “▲ 比去年同期高 3.2 %”: sign, word and number, because a sign alone is soon overlooked. */
function changeWords({ kg, lastYearKg }: Versus, { words, format }: Sight): string {
  const change = kg / lastYearKg - 1;
  if (!Number.isFinite(change)) return words.review.notComparable;
  if (Math.abs(change) < 0.0005) return `＝ ${words.review.same}`;
  const value = format.percent(Math.abs(change));
  return change > 0 ? `▲ ${words.review.higher(value)}` : `▼ ${words.review.lower(value)}`;
}

function leftWords({ missing, partial }: Total, { words: { review } }: Sight): string | undefined {
  const parts = [
    missing > 0 ? review.missing(missing) : undefined,
    partial > 0 ? review.partial(partial) : undefined,
  ];
  return parts.filter(Boolean).join(' · ') || undefined;
}

function meaningOf(first: string, total: Total, { words, format }: Sight): string[] {
  const say = words.review;
  return [
    first,
    [
      say.meaning.sources(total.measured, total.imported),
      say.meaning.left(total.missing, total.partial),
      `${say.kpi.completeness} ${format.percent(total.completeness)}`,
      ...(total.revised > 0 ? [say.revised(total.revised)] : []),
    ].join(' · '),
    say.meaning.aligned,
  ];
}

function ShareCard({ review, sight }: Omit<TonnageProps, 'stream'>) {
  const { words, format, today } = sight;
  const say = words.review;
  const share = wetShare(review.days, today);
  const total = totalOf(review.days, 'wet', today);
  const isRunning = review.period.from === today && share.lastYear === undefined;
  const shareWords = isRunning ? say.stillRunning : pointsWords(share, sight);
  return (
    <Card
      name={say.kpi.share}
      value={format.percent(share.now)}
      trust={share.now !== undefined && total.completeness < ENOUGH ? 'doubt' : 'good'}
      lines={[
        shareWords,
        share.lastYear === undefined ? undefined : say.lastYearWas(format.percent(share.lastYear)),
      ]}
      meaning={meaningOf(say.meaning.share, total, sight)}
      sight={sight}
    />
  );
}

function pointsWords(share: ReturnType<typeof wetShare>, { words: { review }, format }: Sight) {
  if (share.now === undefined) return review.noFigure;
  if (share.lastYear === undefined) return review.notComparable;
  const change = share.now - share.lastYear;
  if (Math.abs(change) < 0.0005) return `＝ ${review.same}`;
  const value = review.points(format.points(Math.abs(change)));
  return change > 0 ? `▲ ${review.higher(value)}` : `▼ ${review.lower(value)}`;
}

function CompletenessCard({ review, sight }: Omit<TonnageProps, 'stream'>) {
  const { words, format, today } = sight;
  const say = words.review;
  const totals = [totalOf(review.days, 'wet', today), totalOf(review.days, 'dry', today)];
  const value = totals.reduce((sum, { completeness }) => sum + completeness, 0) / totals.length;
  const worst = totals.reduce((a, b) => (b.completeness < a.completeness ? b : a));
  const isToday = review.days.some(({ day }) => day === today);
  return (
    <Card
      name={say.kpi.completeness}
      value={format.percent(value)}
      trust={value < ENOUGH ? 'doubt' : 'good'}
      lines={[
        leftWords(worst, sight) ?? (isToday ? undefined : say.whole),
        isToday ? say.stillRunning : undefined,
      ]}
      meaning={meaningOf(say.meaning.completeness, worst, sight).slice(0, 2)}
      sight={sight}
    />
  );
}
