// Asks for what an action needs to be told. Escape closes it, the focus stays inside while it is
// open and goes back to where it was.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Words } from '../shared/words.ts';
import { isFilled, SPANS_H, type Field } from './action-fields.ts';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

interface ActionDialogProps {
  readonly title: string;
  readonly fields: readonly Field[];
  /** The tickets that one may be merged into. */
  readonly tickets: readonly Choice[];
  readonly busy: 'sending' | 'idle';
  /** Why the gateway refused the last attempt. */
  readonly notice: string;
  readonly words: Words;
  readonly onSend: (filled: Readonly<Record<string, string>>) => void;
  readonly onClose: () => void;
}

export function ActionDialog(props: ActionDialogProps) {
  const { title, fields, tickets, busy, notice, words, onSend, onClose } = props;
  const [filled, setFilled] = useState<Readonly<Record<string, string>>>({});
  const box = useRef<HTMLDivElement>(null);
  useFocusInside(box, onClose);
  return (
    <div class="veil">
      <div ref={box} class="dialog" role="dialog" aria-modal="true" aria-label={title}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (isFilled(fields, filled)) onSend(filled);
          }}
        >
          <h2 class="dialog__title">{title}</h2>
          {fields.map((field) => (
            <FieldInput
              key={field.name}
              field={field}
              choices={field.kind === 'ticket' ? tickets : choicesOf(field, words)}
              value={filled[field.name] ?? ''}
              words={words}
              onInput={(value) => setFilled({ ...filled, [field.name]: value })}
            />
          ))}
          <p class="act__notice" role="alert">
            {notice}
          </p>
          <div class="dialog__buttons">
            <button type="button" class="button" onClick={onClose}>
              {words.cancel}
            </button>
            <button
              type="submit"
              class="button button--main"
              disabled={busy === 'sending' || !isFilled(fields, filled)}
            >
              {title}
            </button>
          </div>
        </form>
      </div>
    </div>
  );
}

function choicesOf(field: Field, words: Words): Choice[] {
  if (field.kind === 'span')
    return SPANS_H.map((hours) => ({
      value: String(hours),
      label: hours < 48 ? words.time.hours(hours) : words.time.days(hours / 24),
    }));
  const tables: Record<string, string> = {
    ...words.team,
    ...words.result,
    ...words.engineer.waiting,
  };
  return (field.choices ?? []).map((value) => ({
    value,
    label: field.name === 'stars' ? '★'.repeat(Number(value)) : (tables[value] ?? value),
  }));
}

interface FieldInputProps {
  readonly field: Field;
  readonly choices: readonly Choice[];
  readonly value: string;
  readonly words: Words;
  readonly onInput: (value: string) => void;
}

function FieldInput({ field, choices, value, words, onInput }: FieldInputProps) {
  const shared = {
    class: 'field__input',
    name: field.name,
    value,
    required: field.required,
    onInput: (event: { currentTarget: { value: string } }) => onInput(event.currentTarget.value),
  };
  return (
    <label class="field">
      <span class="field__name">
        {words.field[field.name]}
        {field.required && <span class="field__need"> · {words.engineer.required}</span>}
      </span>
      {field.kind === 'lines' && <textarea rows={3} maxLength={2000} {...shared} />}
      {field.kind === 'line' && <input type="text" maxLength={100} {...shared} />}
      {['choice', 'span', 'ticket'].includes(field.kind) && (
        <select {...shared}>
          <option value="">…</option>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </label>
  );
}

const REACHABLE = 'button:not([disabled]), input, select, textarea';

function useFocusInside(box: { readonly current: HTMLElement | null }, onClose: () => void): void {
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const before = document.activeElement;
    const inside = () => [...(box.current?.querySelectorAll<HTMLElement>(REACHABLE) ?? [])];
    inside()[0]?.focus();
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') close.current();
      if (event.key !== 'Tab') return;
      const stops = inside();
      const [first, last] = [stops[0], stops[stops.length - 1]];
      const from = event.shiftKey ? first : last;
      if (document.activeElement !== from) return;
      event.preventDefault();
      (event.shiftKey ? last : first)?.focus();
    };
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
}
