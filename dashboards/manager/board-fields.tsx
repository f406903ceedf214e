// The fields of an entry of the notice board, each with what it is for and how much room is left.
import type { Words } from '../shared/words.ts';
import { isBackwards, KINDS, TITLE_LENGTH, WORDS_LENGTH, type Draft } from './board-draft.ts';

interface FieldProps {
  readonly draft: Draft;
  readonly words: Words;
  readonly onDraft: (draft: Draft) => void;
}

export function KindField({ draft, words: { board: say }, onDraft }: FieldProps) {
  return (
    <fieldset class="kinds">
      <legend class="field__name">{say.kindField}</legend>
      {KINDS.map((kind) => (
        <label key={kind} class="kinds__one">
          <input
            type="radio"
            name="kind"
            value={kind}
            checked={draft.kind === kind}
            onChange={() => onDraft({ ...draft, kind })}
          />
          {say.kind[kind]}
        </label>
      ))}
    </fieldset>
  );
}

export function TitleField({ draft, words: { board: say }, onDraft }: FieldProps) {
  return (
    <label class="field">
      <span class="field__name">
        {say.titleField}{' '}
        <span class="field__need">· {say.titleHint(TITLE_LENGTH - draft.title.length)}</span>
      </span>
      <input
        class="field__input"
        name="title"
        required
        maxLength={TITLE_LENGTH}
        dir="auto"
        value={draft.title}
        onInput={(event) => onDraft({ ...draft, title: event.currentTarget.value })}
      />
    </label>
  );
}

export function WordsField({ draft, words: { board: say }, onDraft }: FieldProps) {
  return (
    <label class="field">
      <span class="field__name">
        {say.wordsField}{' '}
        <span class="field__need">· {say.wordsHint(WORDS_LENGTH - draft.words.length)}</span>
      </span>
      <textarea
        class="field__input"
        name="words"
        rows={4}
        maxLength={WORDS_LENGTH}
        dir="auto"
        value={draft.words}
        onInput={(event) => onDraft({ ...draft, words: event.currentTarget.value })}
      />
    </label>
  );
}

interface PlaceFieldProps extends FieldProps {
  readonly places: readonly { readonly id: string; readonly name: string }[];
}

export function PlaceField({ draft, words: { board: say }, onDraft, places }: PlaceFieldProps) {
  return (
    <label class="field">
      <span class="field__name">{say.place}</span>
      <select
        class="field__input"
        name="place"
        value={draft.place}
        onChange={(event) => onDraft({ ...draft, place: event.currentTarget.value })}
      >
        <option value="">{say.everywhere}</option>
        {places.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

export function DayFields({ draft, words: { board: say }, onDraft }: FieldProps) {
  const isWrong = isBackwards(draft);
  return (
    <div class="days">
      <label class="field">
        <span class="field__name">{say.from}</span>
        <input
          class="field__input"
          type="date"
          name="from"
          value={draft.from}
          onInput={(event) => onDraft({ ...draft, from: event.currentTarget.value })}
        />
      </label>
      <label class="field">
        <span class="field__name">{say.to}</span>
        <input
          class="field__input"
          type="date"
          name="to"
          aria-invalid={isWrong}
          value={draft.to}
          onInput={(event) => onDraft({ ...draft, to: event.currentTarget.value })}
        />
        <span class="field__hint" role="status">
          {isWrong ? say.wrongWayRound : say.toHint}
        </span>
      </label>
    </div>
  );
}
