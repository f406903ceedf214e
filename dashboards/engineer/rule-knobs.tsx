// The limits, spans and the severity of a rule, each a field beside what it is now.
import type { Words } from '../shared/words.ts';
import { Chips } from './choices.tsx';
import { kindOf, knobsOf, type Knob, type RuleInWords, type Turned } from './rule-form.ts';

interface RuleKnobsProps {
  readonly rule: RuleInWords;
  readonly turned: Turned;
  readonly words: Words;
  readonly onTurn: (turned: Turned) => void;
}

const SEVERITIES = ['low', 'medium', 'high'] as const;

/** What of a rule can be turned, each beside what it is now. */
export function RuleKnobs({ rule, turned, words, onTurn }: RuleKnobsProps) {
  const say = words.work.rehearsal;
  const turn = (knob: Knob, text: string): void => onTurn({ ...turned, [knob]: text });
  return (
    <div class="bench__knobs">
      {knobsOf(rule).map(({ knob, now }) =>
        kindOf(knob) === 'severity' ? (
          <Chips
            key={knob}
            legend={say.option[knob]}
            name={knob}
            choices={SEVERITIES.map((value) => ({ value, label: words.severity[value] }))}
            value={turned[knob] ?? now}
            required={true}
            onInput={(value) => turn(knob, value)}
          />
        ) : (
          <label key={knob} class="field">
            <span class="field__name">
              {say.option[knob]}
              <span class="field__need"> · {say.was(now === '' ? words.none : now)}</span>
            </span>
            <input
              class="field__input"
              name={knob}
              type="text"
              inputMode={kindOf(knob) === 'number' ? 'decimal' : 'text'}
              placeholder={now}
              value={turned[knob] ?? ''}
              onInput={(event) => turn(knob, event.currentTarget.value)}
            />
            {kindOf(knob) === 'span' && <span class="field__hint">{say.spanHint}</span>}
          </label>
        ),
      )}
    </div>
  );
}
