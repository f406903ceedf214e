// Everybody who works here: found, added, changed, disabled. What a person did keeps their name, so
// nobody is ever deleted.
import { useEffect, useState } from 'preact/hooks';
import type { PersonView } from '../../gateway/api/schemas.ts';
import type { Live } from '../shared/live.ts';
import { Failure, Quiet } from '../shared/quiet.tsx';
import { useAsked } from '../shared/use-asked.ts';
import { Frame } from './frame.tsx';
import { PEOPLE } from './paths.ts';
import { PeopleDialogs, type Asking } from './people-dialogs.tsx';
import { PeopleSieve } from './people-sieve.tsx';
import { PersonRow, RowHead } from './person-row.tsx';
import { OPEN_SIEVE, sifted } from './sift.ts';
import { mayDo, sightOf, type Sight } from './sight.ts';

export function PeoplePage({ live }: { live: Live }) {
  const sight = sightOf(live);
  const { words, standing } = sight;
  useEffect(() => {
    document.title = words.people.list.title;
  }, [words]);
  return (
    <Frame live={live} tab="people">
      {standing.state !== 'asking' && standing.state !== 'out' && <People sight={sight} />}
    </Frame>
  );
}

function People({ sight }: { sight: Sight }) {
  const { words } = sight;
  const say = words.people.list;
  const [round, setRound] = useState(0);
  const [asking, setAsking] = useState<Asking>();
  const asked = useAsked<PersonView[]>(PEOPLE, round);
  const again = (): void => setRound(round + 1);
  return (
    <>
      <div class="people__head">
        <h1 class="section">{say.title}</h1>
        {mayDo(sight, 'addPerson') && (
          <button
            type="button"
            class="button button--main"
            onClick={() => setAsking({ what: 'add' })}
          >
            {say.add}
          </button>
        )}
      </div>
      <OpensLater sight={sight} />
      {!asked && <Quiet what={words.loading} />}
      {asked && !asked.ok && (
        <Failure words={words} title={asked.title} detail={asked.detail} retry={again} />
      )}
      {asked?.ok && <PeopleList people={asked.value} sight={sight} onAsk={setAsking} />}
      {asked?.ok && asking && (
        <PeopleDialogs
          asking={asking}
          people={asked.value}
          sight={sight}
          onDone={() => {
            setAsking(undefined);
            again();
          }}
          onClose={() => setAsking(undefined)}
        />
      )}
    </>
  );
}

/** Until its next start the gateway listens on its own machine only: no phone would reach it. */
function OpensLater({ sight: { standing, words } }: { sight: Sight }) {
  if (standing.state !== 'in' || standing.who.opensAfterRestart === undefined) return null;
  return (
    <p class="notice" role="status">
      {words.people.list.opensLater(standing.who.opensAfterRestart)}
    </p>
  );
}

interface PeopleListProps {
  readonly people: readonly PersonView[];
  readonly sight: Sight;
  readonly onAsk: (asking: Asking) => void;
}

function PeopleList({ people, sight, onAsk }: PeopleListProps) {
  const say = sight.words.people.list;
  const [sieve, setSieve] = useState(OPEN_SIEVE);
  const shown = sifted(people, sieve);
  if (people.length === 0) return <Quiet what={say.empty} next={say.emptyNext} />;
  return (
    <>
      <PeopleSieve sieve={sieve} words={sight.words} onSieve={setSieve} />
      <p class="people__count" role="status">
        {say.count(shown.length, people.length)}
      </p>
      {shown.length > 0 && <RowHead words={sight.words} />}
      <ul class="people">
        {shown.map((person) => (
          <PersonRow key={person.id} person={person} sight={sight} onAsk={onAsk} />
        ))}
      </ul>
      {shown.length === 0 && (
        <Quiet what={say.noMatch}>
          <button type="button" class="button" onClick={() => setSieve(OPEN_SIEVE)}>
            {say.clearFilter}
          </button>
        </Quiet>
      )}
      {people.length === 1 && <p class="people__hint">{say.emptyNext}</p>}
    </>
  );
}
