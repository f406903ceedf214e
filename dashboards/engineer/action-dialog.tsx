// Asks for what an action needs to be told, as fields that a thumb can fill.
import { useState } from 'preact/hooks';
import type { Words } from '../shared/words.ts';
import { isFilled, SPANS_H, type Field } from './action-fields.ts';
import { Chips, type Choice } from './choices.tsx';
import { Sheet, type Attempted } from './sheet.tsx';

/** What a field's choices depend on beside the field. */
export interface Around {
  /** The tickets that one may be merged into. */
  readonly tickets: readonly Choice[];
  /** Those that work may be given to; undefined where they may not be listed. */
  readonly people?: readonly Choice[] | undefined;
  /** The longest span that will be taken, and how that is said. */
  readonly longest?: { readonly hours: number; readonly words: string } | undefined;
  /** What its end is called, where that is not the end of a shelf. */
  readonly end?: string;
  /** Why a pass would be refused now. */
  readonly noPass?: string | undefined;
}

interface ActionDialogProps extends Attempted {
  readonly title: string;
  /** What it is done to, and what comes of it. */
  readonly about?: string;
  readonly fields: readonly Field[];
  readonly around: Around;
  readonly onSend: (filled: Readonly<Record<string, string>>) => void;
}

export function ActionDialog(props: ActionDialogProps) {
  const { title, about, fields, around, words, onSend } = props;
  const [filled, setFilled] = useState<Readonly<Record<string, string>>>({});
  return (
    <Sheet
      {...props}
      verb={title}
      ready={isFilled(fields, filled) ? 'yes' : 'no'}
      onSend={() => onSend(filled)}
    >
      {about && <p class="dialog__about">{about}</p>}
      {fields.map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          around={around}
          value={filled[field.name] ?? ''}
          words={words}
          onInput={(value) => setFilled({ ...filled, [field.name]: value })}
        />
      ))}
    </Sheet>
  );
}

interface FieldInputProps {
  readonly field: Field;
  readonly around: Around;
  readonly value: string;
  readonly words: Words;
  readonly onInput: (value: string) => void;
}

function FieldInput({ field, around, value, words, onInput }: FieldInputProps) {
  const need = field.required ? words.engineer.required : undefined;
  if (field.kind === 'choice' || field.kind === 'span')
    return (
      <Chips
        legend={
          field.name === 'until' ? (around.end ?? words.field.until) : words.field[field.name]
        }
        note={need}
        hint={hintOf(field, around)}
        name={field.name}
        choices={chipsOf(field, around, words)}
        value={value}
        required={field.required}
        onInput={onInput}
      />
    );
  const shared = {
    class: 'field__input',
    name: field.name,
    value,
    required: field.required,
    onInput: (event: { currentTarget: { value: string } }) => onInput(event.currentTarget.value),
  };
  const list = field.kind === 'ticket' ? around.tickets : around.people;
  return (
    <label class="field">
      <span class="field__name">
        {words.field[field.name]}
        {need && <span class="field__need"> · {need}</span>}
      </span>
      {field.kind === 'lines' && <textarea rows={3} maxLength={2000} {...shared} />}
      {field.kind !== 'lines' && !list && <input type="text" maxLength={100} {...shared} />}
      {field.kind !== 'lines' && list && <Select list={list} words={words} shared={shared} />}
    </label>
  );
}

interface SelectProps {
  readonly list: readonly Choice[];
  readonly words: Words;
  readonly shared: {
    readonly class: string;
    readonly name: string;
    readonly value: string;
    readonly required: boolean;
    readonly onInput: (event: { currentTarget: { value: string } }) => void;
  };
}

const Select = ({ list, words, shared }: SelectProps) => (
  <select {...shared}>
    <option value="">{list.length === 0 ? words.none : '…'}</option>
    {list.map((choice) => (
      <option key={choice.value} value={choice.value}>
        {choice.label}
      </option>
    ))}
  </select>
);

function hintOf({ kind, name }: Field, { longest, noPass }: Around): string | undefined {
  if (kind === 'span') return name === 'until' ? longest?.words : undefined;
  return name === 'result' ? noPass : undefined;
}

function chipsOf(field: Field, { longest, noPass }: Around, words: Words): Choice[] {
  if (field.kind === 'span') {
    const most = field.name === 'until' ? (longest?.hours ?? Infinity) : Infinity;
    return SPANS_H.filter((hours) => hours <= most).map((hours) => ({
      value: String(hours),
      label: hours < 48 ? words.time.hours(hours) : words.time.days(hours / 24),
    }));
  }
  const tables: Record<string, string> = {
    ...words.team,
    ...words.result,
    ...words.engineer.waiting,
  };
  return (field.choices ?? []).map((value) => ({
    value,
    label: field.name === 'stars' ? '★'.repeat(Number(value)) : (tables[value] ?? value),
    isShut: value === 'pass' && noPass !== undefined,
  }));
}
