// The end of a round, asked for once more: what was not seen is said before it is too late to see it.
import { useRef, useState } from 'preact/hooks';
import type { RoundView } from '../../gateway/api/schemas.ts';
import { useFocusInside } from '../shared/focus-inside.ts';
import { stateOf } from './round-now.ts';
import type { SendStep } from './round-page.tsx';
import type { Sight } from './sight.ts';

interface EndProps {
  readonly round: RoundView;
  readonly send: SendStep;
  readonly sight: Sight;
}
type Ending = 'finish' | 'abandon';

export function EndRound({ round, send, sight }: EndProps) {
  const say = sight.words.patrol;
  const [asking, setAsking] = useState<Ending>();
  const hasCome = round.route.some(({ checkedInBy }) => checkedInBy !== undefined);
  return (
    <div class="end">
      <button
        type="button"
        class="button button--main end__finish"
        disabled={!hasCome}
        onClick={() => setAsking('finish')}
      >
        {say.finish}
      </button>
      <button type="button" class="switch" onClick={() => setAsking('abandon')}>
        {say.abandon}
      </button>
      {asking && (
        <EndDialog
          ending={asking}
          round={round}
          sight={sight}
          onClose={() => setAsking(undefined)}
          onEnd={(note) => {
            setAsking(undefined);
            send(asking, note === '' ? {} : { note }, say.deed[asking]);
          }}
        />
      )}
    </div>
  );
}

interface DialogProps {
  readonly ending: Ending;
  readonly round: RoundView;
  readonly sight: Sight;
  readonly onClose: () => void;
  readonly onEnd: (note: string) => void;
}

function EndDialog({ ending, round, sight: { words }, onClose, onEnd }: DialogProps) {
  const say = words.patrol;
  const box = useRef<HTMLDivElement>(null);
  const [note, setNote] = useState('');
  useFocusInside(box, onClose);
  const missed = round.route.filter((place) => stateOf(place) !== 'seen').map(({ name }) => name);
  const title = ending === 'finish' ? say.finishTitle : say.abandonTitle;
  return (
    <div class="veil">
      <div ref={box} class="dialog" role="dialog" aria-modal="true" aria-label={title}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            onEnd(note.trim());
          }}
        >
          <h2 class="dialog__title">{title}</h2>
          <p>
            {say.seen(round.seen, round.places)} · {say.bad(round.bad)}
          </p>
          {missed.length > 0 && <p>▲ {say.missed(missed.join(words.people.separator))}</p>}
          <label class="field">
            <span class="field__name">{say.note}</span>
            <textarea
              class="field__input"
              rows={2}
              maxLength={2000}
              value={note}
              onInput={(event) => setNote(event.currentTarget.value)}
            />
          </label>
          <div class="dialog__buttons">
            <button type="button" class="button" onClick={onClose}>
              {words.cancel}
            </button>
            <button type="submit" class="button button--main">
              {say[ending]}
            </button>
          </div>
        </form>
      </div>
    </div>
  );
}
