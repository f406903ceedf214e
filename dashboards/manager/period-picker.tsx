// Which days: a day, a week, a month, or from one date to another; one step back and forth.
import { useState } from 'preact/hooks';
import { addDays, daysIn } from '../shared/calendar.ts';
import type { Words } from '../shared/words.ts';
import { neighbour, ordered, spanAround, spanOf, SPANS, type Period } from './period.ts';
import { dayName } from './sight.ts';

interface PickerProps {
  readonly period: Period;
  readonly today: string;
  readonly words: Words;
  readonly onPeriod: (period: Period | undefined) => void;
}

export function PeriodPicker(props: PickerProps) {
  const { period, today, words, onPeriod } = props;
  const [isOpen, setOpen] = useState(false);
  const goTo = (next: Period): void => {
    setOpen(false);
    onPeriod(next.from === today && next.to === today ? undefined : next);
  };
  return (
    <nav class="picker" aria-label={words.review.period}>
      <Spans {...props} onPeriod={goTo} isOpen={isOpen} onCustom={() => setOpen(!isOpen)} />
      <Steps {...props} onPeriod={goTo} />
      {isOpen && <CustomDates period={period} today={today} words={words} onPeriod={goTo} />}
    </nav>
  );
}

interface ChooserProps extends Omit<PickerProps, 'onPeriod'> {
  readonly onPeriod: (period: Period) => void;
}

interface SpansProps extends ChooserProps {
  /** Whether the dates of a custom period are being chosen. */
  readonly isOpen: boolean;
  readonly onCustom: () => void;
}

function Spans({ period, today, words: { review }, onPeriod, isOpen, onCustom }: SpansProps) {
  const span = spanOf(period);
  // From a period that holds today to today's day, and else to its last.
  const anchor = period.from <= today && today <= period.to ? today : period.to;
  return (
    <div class="picker__spans" role="group" aria-label={review.period}>
      {SPANS.map((one) => (
        <button
          key={one}
          type="button"
          class="picker__span"
          aria-pressed={!isOpen && one === span}
          onClick={() => onPeriod(spanAround(anchor, one))}
        >
          {review.span[one]}
        </button>
      ))}
      <button
        type="button"
        class="picker__span"
        aria-pressed={isOpen || span === 'custom'}
        aria-expanded={isOpen}
        onClick={onCustom}
      >
        {review.span.custom}
      </button>
    </div>
  );
}

function Steps({ period, today, words, onPeriod }: ChooserProps) {
  const { review } = words;
  const isToday = period.from === today && period.to === today;
  return (
    <div class="picker__steps">
      <Step name={review.earlier} sign="‹" onClick={() => onPeriod(neighbour(period, -1))} />
      <b class="picker__name">{periodName(period, today, words)}</b>
      <Step
        name={review.later}
        sign="›"
        disabled={period.to >= today}
        onClick={() => onPeriod(neighbour(period, 1))}
      />
      {!isToday && (
        <button type="button" class="button" onClick={() => onPeriod({ from: today, to: today })}>
          {review.today}
        </button>
      )}
    </div>
  );
}

interface StepProps {
  readonly name: string;
  readonly sign: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

export const Step = ({ name, sign, disabled = false, onClick }: StepProps) => (
  <button type="button" class="button step-to" disabled={disabled} onClick={onClick}>
    <span aria-hidden="true">{sign}</span>
    <span class="unseen">{name}</span>
  </button>
);

export function periodName({ from, to }: Period, today: string, words: Words): string {
  const year = from.slice(0, 4) === today.slice(0, 4) ? '' : `${from.slice(0, 4)}-`;
  if (from === to) {
    const name = `${year}${dayName(from, words)}`;
    return from === today ? `${words.review.today} ${name}` : name;
  }
  const end = from.slice(0, 4) === to.slice(0, 4) ? to.slice(5) : to;
  return `${year}${from.slice(5)} – ${end} · ${words.review.days(daysIn(from, to))}`;
}

function CustomDates({ period, today, words: { review }, onPeriod }: ChooserProps) {
  const isDay = period.from === period.to;
  const [from, setFrom] = useState(isDay ? addDays(period.to, -27) : period.from);
  const [to, setTo] = useState(period.to);
  return (
    <form
      class="picker__custom"
      onSubmit={(event) => {
        event.preventDefault();
        if (from && to) onPeriod(ordered(from, to));
      }}
    >
      <label>
        {review.from}{' '}
        <input
          type="date"
          required
          max={today}
          value={from}
          onInput={(event) => setFrom(event.currentTarget.value)}
        />
      </label>
      <label>
        {review.to}{' '}
        <input
          type="date"
          required
          max={today}
          value={to}
          onInput={(event) => setTo(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="button button--main">
        {review.show}
      </button>
    </form>
  );
}
