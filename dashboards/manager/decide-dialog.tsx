// Approves a correction or refuses it, after what it is of and why was said once more. The gateway keeps
// whoever asked from deciding, whatever this page shows.
import { useState } from 'preact/hooks';
import type { CorrectionView } from '../../gateway/api/schemas.ts';
import { Dialog } from '../people/dialog.tsx';
import { useDeed } from '../people/use-deed.ts';
import { newKey, tell } from '../shared/gateway.ts';
import { signedIn } from '../shared/session.ts';
import { REASON_LENGTH } from './correction-draft.ts';
import type { Sight } from './sight.ts';

export type Decision = 'approve' | 'refuse';

interface DecideDialogProps {
  readonly correction: CorrectionView;
  readonly decision: Decision;
  /** Day, place and weight, once more: nothing is approved blindly. */
  readonly what: string;
  readonly sight: Sight;
  readonly onDone: (told: string) => void;
  readonly onClose: () => void;
}

export function DecideDialog(props: DecideDialogProps) {
  const { correction, decision, what, sight, onDone, onClose } = props;
  const { words } = sight;
  const say = words.ledger.correction;
  const deed = useDeed({ standing: signedIn.value, words });
  const [note, setNote] = useState('');
  const [key] = useState(newKey);
  const path = `/api/v1/ledger/corrections/${encodeURIComponent(correction.id)}/${decision}`;
  const body = note.trim() === '' ? {} : { note: note.trim() };
  const told = decision === 'approve' ? say.approved : say.refused;
  return (
    <Dialog
      title={decision === 'approve' ? say.approveOf(what) : say.refuseOf(what)}
      send={say[decision]}
      ready="yes"
      deed={deed}
      words={words}
      onSend={() =>
        void deed.run(
          () => tell<CorrectionView>({ path, body, key }),
          () => onDone(told),
        )
      }
      onClose={onClose}
    >
      <p class="dialog__note">{decision === 'approve' ? say.approveNote : say.refuseNote}</p>
      <blockquote class="correction__quoted">
        <bdi>{correction.reason}</bdi>
      </blockquote>
      <label class="field">
        <span class="field__name">{say.note}</span>
        <textarea
          class="field__input"
          name="note"
          rows={2}
          maxLength={REASON_LENGTH}
          dir="auto"
          value={note}
          onInput={(event) => setNote(event.currentTarget.value)}
        />
      </label>
    </Dialog>
  );
}
