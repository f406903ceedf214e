// Bags found dumped at this place: a number between two buttons, and a note.
import { useState } from 'preact/hooks';
import type { BagCountView } from '../../gateway/api/schemas.ts';
import type { Outbox } from './outbox.ts';
import { BAG_COUNTS } from './paths.ts';
import type { Sight } from './sight.ts';

const MOST = 999;

interface BagProps {
  readonly place: string;
  readonly name: string;
  readonly outbox: Outbox;
  readonly sight: Sight;
}

export function BagCounter({ place, name, outbox, sight }: BagProps) {
  const { words } = sight;
  const say = words.patrol.bags;
  const [bags, setBags] = useState(0);
  const [note, setNote] = useState('');
  const [saved, setSaved] = useState<number>();
  const written = note.trim();
  const save = (): void =>
    outbox.send(
      {
        path: BAG_COUNTS,
        body: { place, bags, ...(written !== '' && { note: written }) },
        what: words.patrol.deed.bags(name, bags),
      },
      (answer) => setSaved((answer as BagCountView).bags),
    );
  return (
    <fieldset class="bags">
      <legend class="bags__title">{say.title}</legend>
      <Count bags={bags} onCount={setBags} sight={sight} />
      <label class="field">
        <span class="field__name">{say.note}</span>
        <input
          class="field__input"
          maxLength={2000}
          value={note}
          onInput={(event) => setNote(event.currentTarget.value)}
        />
      </label>
      <button type="button" class="button bags__save" onClick={save}>
        {say.save}
      </button>
      <p class="bags__saved" role="status">
        {saved === undefined ? say.hint : `✓ ${say.saved(saved)}`}
      </p>
    </fieldset>
  );
}

interface CountProps {
  readonly bags: number;
  readonly onCount: (bags: number) => void;
  readonly sight: Sight;
}

function Count({ bags, onCount, sight }: CountProps) {
  const say = sight.words.patrol.bags;
  const set = (count: number): void => onCount(Math.min(MOST, Math.max(0, Math.round(count) || 0)));
  return (
    <div class="bags__count">
      <button type="button" class="bags__step" aria-label={say.less} onClick={() => set(bags - 1)}>
        −
      </button>
      <input
        class="bags__number"
        inputMode="numeric"
        aria-label={say.count}
        value={String(bags)}
        onInput={(event) => set(Number(event.currentTarget.value))}
      />
      <button type="button" class="bags__step" aria-label={say.more} onClick={() => set(bags + 1)}>
        +
      </button>
    </div>
  );
}
