// How one wants to be reached with what is one's own. Nothing chosen: by the groups that one is in.
import { useState } from 'preact/hooks';
import type { ReachesView, ReachView } from '../../gateway/api/schemas.ts';
import { newKey, tell } from '../shared/gateway.ts';
import { Answered } from '../shared/answered.tsx';
import { Quiet } from '../shared/quiet.tsx';
import { useKept } from '../shared/use-kept.ts';
import { reachPath } from './paths.ts';
import { ReachFields } from './reach-fields.tsx';
import type { Sight } from './sight.ts';
import { useDeed } from './use-deed.ts';

export function MyReach({ id, sight }: { id: string; sight: Sight }) {
  const { words } = sight;
  const say = words.notices.reach;
  const [round, setRound] = useState(0);
  const asked = useKept<ReachesView>(reachPath(id), round);
  return (
    <section class="panel" aria-labelledby="my-reach">
      <h2 id="my-reach" class="panel__title">
        {say.title}
      </h2>
      <p class="dialog__note">{say.note}</p>
      <Answered asked={asked} words={words} retry={() => setRound(round + 1)}>
        {(known) =>
          known.channels.length === 0 ? (
            <Quiet what={say.none} />
          ) : (
            <ReachForm id={id} sight={sight} known={known} />
          )
        }
      </Answered>
    </section>
  );
}

function ReachForm({ id, sight, known }: { id: string; sight: Sight; known: ReachesView }) {
  const { words } = sight;
  const say = words.notices.reach;
  const [reach, setReach] = useState<readonly ReachView[]>(known.reach);
  const [saved, setSaved] = useState<'yes' | 'no'>('no');
  const deed = useDeed(sight);
  const send = (): Promise<void> =>
    deed.run(
      () => tell({ method: 'PUT', path: reachPath(id), body: { reach }, key: newKey() }),
      () => setSaved('yes'),
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <ReachFields
        channels={known.channels}
        reach={reach}
        words={words}
        onReach={(next) => {
          setSaved('no');
          setReach(next);
        }}
      />
      <p class="notice" role="alert">
        {deed.notice}
      </p>
      <button type="submit" class="button button--main" disabled={deed.busy === 'sending'}>
        {say.save}
      </button>
      <p role="status">{saved === 'yes' && `✓ ${say.done}`}</p>
    </form>
  );
}
