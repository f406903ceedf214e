// Corrections with who asked, who decided and why; whoever may decide does it here, and whoever asked
// reads why they may not. What people wrote is text, whatever it holds.
import { useState } from 'preact/hooks';
import type { CorrectionView } from '../../gateway/api/schemas.ts';
import { language } from '../shared/language.ts';
import { signedIn } from '../shared/session.ts';
import type { Standing } from '../shared/standing.ts';
import { DecideDialog, type Decision } from './decide-dialog.tsx';
import { dayPath } from './opened-day.ts';
import { signedKg } from './remarks.ts';
import { dayName, type Sight } from './sight.ts';

interface ListProps {
  readonly corrections: readonly CorrectionView[];
  /** `here`: they stand under the figure that they are of, which need not be said. */
  readonly place: 'here' | 'said';
  readonly sight: Sight;
  readonly onDone: (told: string) => void;
}

export const CorrectionList = ({ corrections, ...props }: ListProps) => (
  <ul class="posts corrections">
    {corrections.map((one) => (
      <Entry key={one.id} correction={one} {...props} />
    ))}
  </ul>
);

type EntryProps = Omit<ListProps, 'corrections'> & { readonly correction: CorrectionView };

function Entry({ correction, place, sight, onDone }: EntryProps) {
  const { words, format, now, stationOf } = sight;
  const { correction: say, day: dayWords } = words.ledger;
  const { day, station, stream, basis, kg, reason, by, at, state } = correction;
  const [deciding, setDeciding] = useState<Decision>();
  const where = [
    `${day.slice(0, 5)}${dayName(day, words)}`,
    stationOf(station),
    words.stream[stream],
  ];
  const what = `${dayWords.basis[basis]} ${signedKg(kg, format)}`;
  return (
    <li class={`post correction correction--${state}`} data-correction={correction.id}>
      <p class="post__line">
        <b class="correction__kg">{what}</b>{' '}
        <span class="correction__state">{say.state[state]}</span>
        {place === 'said' && (
          <a
            class="link correction__where"
            href={dayPath(day, { station, stream, part: 'corrections', lang: language.value })}
          >
            {where.join(' · ')}
          </a>
        )}
      </p>
      <p class="post__words">
        <bdi>{reason}</bdi>
      </p>
      <p class="post__facts">
        {say.by(by, format.moment(Date.parse(at), now))}
        <Decided correction={correction} sight={sight} />
      </p>
      {state === 'pending' && <Decide by={by} name={what} sight={sight} onDecide={setDeciding} />}
      {deciding && (
        <DecideDialog
          correction={correction}
          decision={deciding}
          what={[...where, what].join(' · ')}
          sight={sight}
          onDone={(told) => {
            setDeciding(undefined);
            onDone(told);
          }}
          onClose={() => setDeciding(undefined)}
        />
      )}
    </li>
  );
}

function Decided({ correction, sight }: Pick<EntryProps, 'correction' | 'sight'>) {
  const { words, format, now } = sight;
  const say = words.ledger.correction;
  const { state, decidedBy, decidedAt, answer } = correction;
  if (state === 'pending' || decidedBy === undefined) return null;
  const who =
    decidedAt === undefined
      ? decidedBy
      : say.decidedBy(decidedBy, format.moment(Date.parse(decidedAt), now));
  return (
    <span class="correction__decided">
      {say.state[state]}: {who}
      {answer !== undefined && (
        <>
          {' · '}
          <bdi>{answer}</bdi>
        </>
      )}
    </span>
  );
}

/** Whether it is theirs to decide, by what the gateway will say. */
export function rightTo(by: string, standing: Standing): 'decides' | 'asked' | 'looks' {
  if (standing.state !== 'in') return 'looks';
  if (standing.who.id === by) return 'asked';
  return standing.who.may.includes('approveCorrection') ? 'decides' : 'looks';
}

interface DecideProps {
  readonly by: string;
  readonly name: string;
  readonly sight: Sight;
  readonly onDecide: (decision: Decision) => void;
}

function Decide({ by, name, sight: { words }, onDecide }: DecideProps) {
  const say = words.ledger.correction;
  const right = rightTo(by, signedIn.value);
  if (right !== 'decides')
    return <p class="correction__why">{right === 'asked' ? say.own : say.deciders}</p>;
  return (
    <p class="post__deeds">
      {(['approve', 'refuse'] as const).map((decision) => (
        <button
          key={decision}
          type="button"
          class={decision === 'approve' ? 'button button--main' : 'button'}
          aria-label={`${say[decision]}: ${name}`}
          onClick={() => onDecide(decision)}
        >
          {say[decision]}
        </button>
      ))}
    </p>
  );
}
