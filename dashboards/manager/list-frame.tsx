// What stands round the lists that meetings are held over: on the screen the way between them, on paper
// the site, the period, when it was made, and a line to sign on.
import type { ComponentChildren } from 'preact';
import { pathTo } from '../shared/language.ts';
import type { Live } from '../shared/live.ts';
import { isClosedTo, NotForYou } from '../shared/not-for-you.tsx';
import { PageHead } from '../shared/page-head.tsx';
import { signedIn } from '../shared/session.ts';
import { siteTimeIn } from '../shared/site-time.ts';
import { FOR_REVIEW } from '../shared/staff.ts';
import type { Words } from '../shared/words.ts';
import { sightOf, type Sight } from './sight.ts';

const TABS = [
  { tab: 'review', to: '/manager' },
  { tab: 'windows', to: '/manager/windows' },
  { tab: 'corrections', to: '/manager/corrections' },
  { tab: 'title', to: '/manager/problems' },
  { tab: 'meeting', to: '/manager/meeting' },
] as const;
type Tab = (typeof TABS)[number]['tab'];

const tabName = (tab: Tab, { problems, ledger }: Words): string =>
  tab === 'windows' || tab === 'corrections' ? ledger.tabs[tab] : problems[tab];

interface FrameProps {
  readonly live: Live;
  readonly tab: Tab;
  /** Of a page that a tab leads to by way of another. */
  readonly title?: string;
  readonly children: ComponentChildren;
}

export function ListFrame({ live, tab, title, children }: FrameProps) {
  const { words } = sightOf(live);
  const site = live.site.value;
  const standing = signedIn.value;
  return (
    <>
      <PageHead live={live} words={words}>
        <h1 class="head__site">
          {title ?? tabName(tab, words)}
          {site && <span class="head__place"> · {site.name}</span>}
        </h1>
        <ListTabs tab={tab} words={words} />
      </PageHead>
      {isClosedTo(standing, FOR_REVIEW) ? (
        <NotForYou standing={standing} roles={FOR_REVIEW} words={words} />
      ) : (
        <main class="review lists">
          {live.link.value.state === 'lost' && <p class="review__stale">{words.problems.stale}</p>}
          {children}
        </main>
      )}
    </>
  );
}

interface TabsProps {
  readonly tab: Tab;
  readonly words: Words;
}

export const ListTabs = ({ tab, words }: TabsProps) => (
  <nav class="head__tabs" aria-label={words.review.title}>
    {TABS.map((one) => (
      <a
        key={one.tab}
        class="tab"
        href={pathTo(one.to)}
        aria-current={one.tab === tab ? 'page' : undefined}
      >
        {tabName(one.tab, words)}
      </a>
    ))}
  </nav>
);

interface PaperProps {
  readonly site: string;
  readonly title: string;
  readonly period?: string;
  readonly generatedAt: string;
  readonly sight: Sight;
}

export function ListHead({ site, title, period, generatedAt, sight: { words, zone } }: PaperProps) {
  const { date, clock } = siteTimeIn(zone).at(Date.parse(generatedAt));
  return (
    <div class="paper paper__head">
      <b>
        {site} · {title}
      </b>
      {period && <span>{period}</span>}
      <span>{words.problems.made(`${date} ${clock}`)}</span>
    </div>
  );
}

export const ListFoot = ({ sight: { words } }: { sight: Sight }) => (
  <div class="paper paper__foot">
    <p class="paper__sign">
      {words.problems.sign.map((who) => (
        <span key={who}>{who}</span>
      ))}
    </p>
  </div>
);
