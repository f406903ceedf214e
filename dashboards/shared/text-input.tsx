interface TextInputProps {
  readonly label: string;
  /** Said beside the label. */
  readonly note?: string;
  readonly name: string;
  readonly autocomplete: string;
  readonly maxLength: number;
  readonly value: string;
  readonly onInput: (value: string) => void;
}

/** One line that must be filled in. */
export function TextInput({ label, note, onInput, ...field }: TextInputProps) {
  return (
    <label class="field">
      <span class="field__name">
        {label}
        {note && <span class="field__need"> · {note}</span>}
      </span>
      <input
        {...field}
        class="field__input"
        required
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </label>
  );
}
