// The living problem list: the oldest first, and under it, struck, what ended of late.
import { useEffect, useState } from 'preact/hooks';
import type { ProblemListView } from '../../gateway/api/schemas.ts';
import type { Live } from '../shared/live.ts';
import { Answered } from '../shared/answered.tsx';
import { Quiet } from '../shared/quiet.tsx';
import { signedIn } from '../shared/session.ts';
import { useKept } from '../shared/use-kept.ts';
import { ListFoot, ListFrame, ListHead } from './list-frame.tsx';
import { ProblemTable } from './problem-table.tsx';
import { sightOf, type Sight } from './sight.ts';

const PROBLEMS = '/api/v1/problems';
const ASK_AGAIN_MS = 60_000;

export function ProblemsPage({ live }: { live: Live }) {
  const sight = sightOf(live);
  const { words, now } = sight;
  const site = live.site.value;
  const [retries, setRetries] = useState(0);
  const standing = signedIn.value.state;
  const isKnown = standing === 'in' || standing === 'ended';
  const round = Math.floor(now / ASK_AGAIN_MS) + retries;
  const asked = useKept<ProblemListView>(isKnown ? PROBLEMS : undefined, round);
  useEffect(() => {
    document.title = `${words.problems.title}${site ? ` · ${site.name}` : ''}`;
  }, [words, site]);
  return (
    <ListFrame live={live} tab="title">
      <Answered asked={asked} words={words} retry={() => setRetries(retries + 1)}>
        {(list) => <ProblemSheet list={list} sight={sight} />}
      </Answered>
    </ListFrame>
  );
}

function ProblemSheet({ list, sight }: { list: ProblemListView; sight: Sight }) {
  const { problems: say } = sight.words;
  const open = list.rows.filter(({ endedAt }) => endedAt === undefined);
  const ended = list.rows.filter(({ endedAt }) => endedAt !== undefined);
  const late = open.filter(({ overdueS }) => overdueS !== undefined).length;
  return (
    <>
      <ListHead {...list} title={say.title} sight={sight} />
      <p class="lists__sums">{say.sums(open.length, late)}</p>
      {open.length === 0 ? (
        <Quiet what={say.empty} next={say.emptyNext} />
      ) : (
        <ProblemTable rows={open} caption={say.title} sight={sight} />
      )}
      {ended.length > 0 && (
        <>
          <h2 class="section">{say.closed}</h2>
          <ProblemTable rows={ended} caption={say.closed} sight={sight} />
        </>
      )}
      <p class="sheets">
        <a class="button sheets__link" href="/api/v1/problems.csv" download>
          {say.csv}
        </a>
        <button type="button" class="button" onClick={() => print()}>
          {say.print}
        </button>
      </p>
      <ListFoot sight={sight} />
    </>
  );
}
