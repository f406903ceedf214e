// Every correction of the ledger: first those that wait for a second person, then those that were
// decided. The station stands in the address.
import { useEffect, useState } from 'preact/hooks';
import type { CorrectionView } from '../../gateway/api/schemas.ts';
import type { Live } from '../shared/live.ts';
import { Quiet } from '../shared/quiet.tsx';
import { signedIn } from '../shared/session.ts';
import { change, search } from './address.ts';
import { Answered } from '../shared/answered.tsx';
import { CorrectionList } from './correction-list.tsx';
import { LedgerFoot, StationField } from './ledger-parts.tsx';
import { ListFrame } from './list-frame.tsx';
import { sightOf, type Sight } from './sight.ts';
import { useKept } from '../shared/use-kept.ts';

const ASK_AGAIN_MS = 60_000;
const MOST = 200;

export function CorrectionsPage({ live }: { live: Live }) {
  const sight = sightOf(live);
  const { words, now } = sight;
  const say = words.ledger.correction;
  const site = live.site.value;
  const [turns, setTurns] = useState(0);
  const [done, setDone] = useState('');
  useEffect(() => {
    document.title = `${say.title}${site ? ` · ${site.name}` : ''}`;
  }, [say, site]);
  const station = new URLSearchParams(search.value).get('station') ?? undefined;
  const round = Math.floor(now / ASK_AGAIN_MS) + turns;
  const again = (told: string): void => {
    setDone(told);
    setTurns(turns + 1);
  };
  return (
    <ListFrame live={live} tab="corrections">
      <p class="note">{say.intro}</p>
      <StationField
        stations={site?.stations ?? []}
        station={station}
        words={words}
        onStation={(id) => change({ station: id })}
      />
      <p class="done" role="status">
        {done && `✓ ${done}`}
      </p>
      <Part state="pending" station={station} round={round} sight={sight} onDone={again} />
      <Part state="decided" station={station} round={round} sight={sight} onDone={again} />
      <LedgerFoot sight={sight} />
    </ListFrame>
  );
}

interface PartProps {
  readonly state: 'pending' | 'decided';
  readonly station: string | undefined;
  readonly round: number;
  readonly sight: Sight;
  readonly onDone: (told: string) => void;
}

function Part({ state, station, round, sight, onDone }: PartProps) {
  const { words } = sight;
  const say = words.ledger.correction;
  const standing = signedIn.value.state;
  const isKnown = standing === 'in' || standing === 'ended';
  const query = new URLSearchParams({
    limit: String(MOST),
    ...(state === 'pending' && { state }),
    ...(station !== undefined && { station }),
  });
  const path = `/api/v1/ledger/corrections?${query.toString()}`;
  const asked = useKept<CorrectionView[]>(isKnown ? path : undefined, round);
  const wanted = (one: CorrectionView): boolean =>
    (one.state === 'pending') === (state === 'pending');
  return (
    <section>
      <h2 class="section">{state === 'pending' ? say.waiting : say.decided}</h2>
      <Answered asked={asked} words={words} retry={() => onDone('')}>
        {(all) => {
          const corrections = all.filter(wanted);
          if (corrections.length === 0)
            return state === 'pending' ? (
              <Quiet what={say.noWaiting} next={say.noWaitingNext} />
            ) : (
              <p class="none">{words.ledger.none}</p>
            );
          return (
            <>
              {all.length === MOST && <p class="note">{say.cut(MOST)}</p>}
              <CorrectionList
                corrections={corrections}
                place="said"
                sight={sight}
                onDone={onDone}
              />
            </>
          );
        }}
      </Answered>
    </section>
  );
}
