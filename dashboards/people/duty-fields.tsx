// When somebody is on duty: spans of days and hours, none of which means whenever.
import type { Words } from '../shared/words.ts';
import { NEW_DUTY, toggled, WEEKDAYS, type Duty } from './person-form.ts';

interface DutyFieldsProps {
  readonly duty: readonly Duty[];
  readonly words: Words;
  readonly onDuty: (duty: readonly Duty[]) => void;
}

export function DutyFields({ duty, words, onDuty }: DutyFieldsProps) {
  const say = words.people.field;
  const replace = (place: number, span: Duty): void =>
    onDuty(duty.map((one, at) => (at === place ? span : one)));
  return (
    <fieldset class="field duty">
      <legend class="field__name">
        {say.duty} <span class="field__need">· {say.dutyHint}</span>
      </legend>
      {duty.map((span, place) => (
        <div key={place} class="duty__span" role="group" aria-label={`${say.duty} ${place + 1}`}>
          <Days span={span} words={words} onSpan={(next) => replace(place, next)} />
          <Hours span={span} words={words} onSpan={(next) => replace(place, next)} />
          <button
            type="button"
            class="switch"
            onClick={() => onDuty(duty.filter((_, at) => at !== place))}
          >
            {say.dropDuty}
          </button>
        </div>
      ))}
      <button type="button" class="button" onClick={() => onDuty([...duty, NEW_DUTY])}>
        {say.addDuty}
      </button>
    </fieldset>
  );
}

interface SpanProps {
  readonly span: Duty;
  readonly words: Words;
  readonly onSpan: (span: Duty) => void;
}

function Days({ span, words, onSpan }: SpanProps) {
  return (
    <div class="duty__days" role="group" aria-label={words.people.field.days}>
      {WEEKDAYS.map((day) => (
        <button
          key={day}
          type="button"
          class="duty__day"
          aria-pressed={span.days.includes(day)}
          onClick={() => onSpan({ ...span, days: toggled(span.days, day) })}
        >
          {words.people.weekdays[day]}
        </button>
      ))}
    </div>
  );
}

function Hours({ span, words, onSpan }: SpanProps) {
  const say = words.people.field;
  return (
    <div class="duty__hours">
      {(['from', 'to'] as const).map((end) => (
        <label key={end} class="duty__hour">
          <span class="field__name">{say[end]}</span>
          <input
            class="field__input"
            type="time"
            required
            value={span[end]}
            onInput={(event) => onSpan({ ...span, [end]: event.currentTarget.value })}
          />
        </label>
      ))}
    </div>
  );
}
