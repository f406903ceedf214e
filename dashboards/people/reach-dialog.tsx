// How somebody else is reached, said for them by who keeps the rosters.
import { useState } from 'preact/hooks';
import type { PersonView, ReachesView, ReachView } from '../../gateway/api/schemas.ts';
import { newKey, tell } from '../shared/gateway.ts';
import { Answered } from '../shared/answered.tsx';
import { Quiet } from '../shared/quiet.tsx';
import { useKept } from '../shared/use-kept.ts';
import { Dialog } from './dialog.tsx';
import { reachPath } from './paths.ts';
import { ReachFields } from './reach-fields.tsx';
import type { Sight } from './sight.ts';
import { useDeed } from './use-deed.ts';

interface ReachDialogProps {
  readonly person: PersonView;
  readonly sight: Sight;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

export function ReachDialog({ person, sight, onDone, onClose }: ReachDialogProps) {
  const { words } = sight;
  const say = words.notices.reach;
  const deed = useDeed(sight);
  const path = reachPath(person.id);
  const [round, setRound] = useState(0);
  const asked = useKept<ReachesView>(path, round);
  const [changed, setChanged] = useState<readonly ReachView[]>();
  const known = asked.value;
  const reach = changed ?? known?.reach ?? [];
  return (
    <Dialog
      title={say.titleOf(person.name)}
      send={say.save}
      ready={known && known.channels.length > 0 ? 'yes' : 'no'}
      deed={deed}
      words={words}
      onSend={() =>
        void deed.run(() => tell({ method: 'PUT', path, body: { reach }, key: newKey() }), onDone)
      }
      onClose={onClose}
    >
      <p class="dialog__note">{say.noteOf}</p>
      <Answered asked={asked} words={words} retry={() => setRound(round + 1)}>
        {({ channels }) => (
          <>
            {channels.length === 0 && <Quiet what={say.none} />}
            <ReachFields channels={channels} reach={reach} words={words} onReach={setChanged} />
          </>
        )}
      </Answered>
    </Dialog>
  );
}
