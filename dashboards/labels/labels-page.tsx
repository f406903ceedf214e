// Labels to print and hang up. What speaks against printing stands above the sheets and never on them;
// without a public address there are no codes, and the page says what is missing.
import { useEffect, useState } from 'preact/hooks';
import type { LabelsView } from '../../gateway/api/schemas.ts';
import { pathTo, setQuery, words as spoken } from '../shared/language.ts';
import type { Live } from '../shared/live.ts';
import { isClosedTo, NotForYou } from '../shared/not-for-you.tsx';
import { PageHead } from '../shared/page-head.tsx';
import { Failure, Quiet } from '../shared/quiet.tsx';
import { signedIn } from '../shared/session.ts';
import { FOR_LABELS } from '../shared/staff.ts';
import { useAsked } from '../shared/use-asked.ts';
import type { Words } from '../shared/words.ts';
import { Choices } from './choices.tsx';
import { Label } from './label.tsx';
import { choiceIn, queryOf, sheetsOf, type Choice, type Sheet } from './sheets.ts';

const SITE_FILE = 'stations, circuits, meters, buildings';

export function LabelsPage({ live }: { live: Live }) {
  const words = spoken.value;
  const site = live.site.value;
  const standing = signedIn.value;
  useEffect(() => {
    document.title = `${words.labels.title}${site ? ` · ${site.name}` : ''}`;
  }, [words, site]);
  const isClosed = isClosedTo(standing, FOR_LABELS);
  const isUnknown = standing.state === 'asking' || standing.state === 'out';
  return (
    <>
      <div class="screen-only">
        <PageHead live={live} words={words}>
          <a class="head__site" href={pathTo('/')}>
            {site?.name ?? 'Courtyard'}
          </a>
        </PageHead>
      </div>
      {isClosed && <NotForYou standing={standing} roles={FOR_LABELS} words={words} />}
      {!isClosed && !isUnknown && <Labels words={words} />}
      {isUnknown && <Quiet what={words.loading} />}
    </>
  );
}

function Labels({ words }: { words: Words }) {
  const [round, setRound] = useState(0);
  const asked = useAsked<LabelsView>('/api/v1/labels', round);
  if (!asked) return <Quiet what={words.loading} />;
  if (!asked.ok)
    return (
      <Failure
        words={words}
        title={asked.title}
        detail={asked.detail}
        retry={() => setRound(round + 1)}
      />
    );
  const say = words.labels;
  if (asked.value.labels.length === 0)
    return <Quiet what={say.none} next={say.noneNext(SITE_FILE)} />;
  return <Printable view={asked.value} words={words} />;
}

function Printable({ view, words }: { view: LabelsView; words: Words }) {
  const say = words.labels;
  const [choice, setChoice] = useState(() => choiceIn(location.search));
  const choose = (next: Choice): void => {
    setChoice(next);
    for (const [name, value] of Object.entries(queryOf(next))) setQuery(name, value);
  };
  const hasCodes = view.labels.some(({ link }) => link !== undefined);
  const sheets = hasCodes || choice.bare === 'yes' ? sheetsOf(view.labels, choice) : [];
  const count = sheets.reduce((sum, { labels }) => sum + labels.length, 0);
  return (
    <main class="labels-page">
      <div class="screen-only">
        <h1 class="section">{say.title}</h1>
        <p class="labels__note">{say.note}</p>
        <Doubts view={view} words={words} />
        {!hasCodes && choice.bare === 'no' && (
          <Quiet what={say.noCodes} next={say.codesLater}>
            <button type="button" class="button" onClick={() => choose({ ...choice, bare: 'yes' })}>
              {say.withoutCodes}
            </button>
          </Quiet>
        )}
        {(hasCodes || choice.bare === 'yes') && (
          <>
            <Choices choice={choice} words={words} onChoice={choose} />
            <p class="labels__go">
              <button
                type="button"
                class="button button--main"
                disabled={count === 0}
                onClick={() => print()}
              >
                {say.print}
              </button>
              <span role="status">{say.count(count, sheets.length)}</span>
            </p>
            {count === 0 && <Quiet what={say.noneChosen} next={say.noneChosenNext} />}
          </>
        )}
      </div>
      {sheets.length > 0 && <Paper sheets={sheets} view={view} title={say.title} />}
    </main>
  );
}

/** Said before anything is printed that hangs for years. */
function Doubts({ view, words }: { view: LabelsView; words: Words }) {
  const say = words.labels;
  if (view.warnings.length === 0) return null;
  return (
    <section class="notice doubts" role="alert" aria-label={say.beforePrinting}>
      <h2 class="doubts__title">{say.beforePrinting}</h2>
      <ul class="doubts__list">
        {view.warnings.map(({ reason, host = '', listens = '' }) => (
          <li key={reason} data-reason={reason}>
            {say.doubt[reason](host, listens)}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface PaperProps {
  readonly sheets: readonly Sheet[];
  readonly view: LabelsView;
  readonly title: string;
}

/** Wider than a phone, it is moved by keys too. */
function Paper({ sheets, view, title }: PaperProps) {
  return (
    <div class="paper" role="region" aria-label={title} tabIndex={0}>
      {sheets.map(({ size, labels }) => (
        <section key={`${size} ${labels[0]?.code}`} class={`sheet sheet--${size}`}>
          {labels.map((label) => (
            <Label key={label.code} label={label} site={view.site} contact={view.contact} />
          ))}
        </section>
      ))}
    </div>
  );
}
