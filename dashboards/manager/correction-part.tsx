// The corrections of an opened figure, and the way to ask for one.
import { useState } from 'preact/hooks';
import type { LedgerDayView } from '../../gateway/api/schemas.ts';
import { signedIn } from '../shared/session.ts';
import { CorrectionDialog } from './correction-dialog.tsx';
import { CorrectionList } from './correction-list.tsx';
import type { Sight } from './sight.ts';

interface CorrectionPartProps {
  readonly day: LedgerDayView;
  readonly sight: Sight;
  readonly onChange: () => void;
}

export function CorrectionPart({ day, sight, onChange }: CorrectionPartProps) {
  const { words, today } = sight;
  const say = words.ledger.correction;
  const standing = signedIn.value;
  const [isAsking, setAsking] = useState(false);
  const [done, setDone] = useState('');
  const mayAsk = standing.state === 'in' && standing.who.may.includes('askCorrection');
  const again = (told: string): void => {
    setAsking(false);
    setDone(told);
    onChange();
  };
  return (
    <>
      <h3 id="corrections" class="section section--part" tabIndex={-1}>
        {words.ledger.day.corrections}
      </h3>
      <p class="note">{say.intro}</p>
      <p class="done" role="status">
        {done && `✓ ${done}`}
      </p>
      {day.corrections.length === 0 ? (
        <p class="none">{say.noneHere}</p>
      ) : (
        <CorrectionList
          corrections={[...day.corrections].reverse()}
          place="here"
          sight={sight}
          onDone={again}
        />
      )}
      {mayAsk && day.day <= today && (
        <p class="sheets">
          <button type="button" class="button button--main" onClick={() => setAsking(true)}>
            {say.ask}
          </button>
        </p>
      )}
      {isAsking && (
        <CorrectionDialog
          day={day}
          sight={sight}
          onDone={() => again(say.asked)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
