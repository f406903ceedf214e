import type { Outcome } from '../shared/gateway.ts';
import { Dialog } from './dialog.tsx';
import type { Sight } from './sight.ts';
import { useDeed } from './use-deed.ts';

interface ConfirmDialogProps {
  readonly title: string;
  readonly note: string;
  readonly send: string;
  readonly sight: Pick<Sight, 'standing' | 'words'>;
  readonly attempt: () => Promise<Outcome<unknown>>;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** What cannot be taken back is asked once more, with what it means. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, note, send, sight, attempt, onDone, onClose } = props;
  const deed = useDeed(sight);
  return (
    <Dialog
      title={title}
      send={send}
      ready="yes"
      deed={deed}
      words={sight.words}
      onSend={() => void deed.run(attempt, onDone)}
      onClose={onClose}
    >
      <p class="dialog__note">{note}</p>
    </Dialog>
  );
}
