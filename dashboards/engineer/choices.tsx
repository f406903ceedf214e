// One of a few, as chips that a thumb can hit.
export interface Choice {
  readonly value: string;
  readonly label: string;
  /** Cannot be chosen now. */
  readonly isShut?: boolean;
}

interface ChipsProps {
  readonly legend: string;
  readonly note?: string | undefined;
  readonly hint?: string | undefined;
  readonly name: string;
  readonly choices: readonly Choice[];
  readonly value: string;
  readonly required: boolean;
  readonly onInput: (value: string) => void;
}

export function Chips({ legend, note, hint, name, choices, value, required, onInput }: ChipsProps) {
  return (
    <fieldset class="chips">
      <legend class="field__name">
        {legend}
        {note && <span class="field__need"> · {note}</span>}
      </legend>
      {choices.map((choice) => (
        <label
          key={choice.value}
          class={choice.isShut ? 'chips__one chips__one--shut' : 'chips__one'}
        >
          <input
            type="radio"
            class="chips__input"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            disabled={choice.isShut ?? false}
            required={required}
            onChange={() => onInput(choice.value)}
            // Chosen by mistake, what need not be said can be taken back.
            onClick={() => !required && choice.value === value && onInput('')}
          />
          <span class="chips__word">{choice.label}</span>
        </label>
      ))}
      {hint && <span class="field__hint">{hint}</span>}
    </fieldset>
  );
}
