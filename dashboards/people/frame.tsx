// What stands round the pages about people: the tabs that this role may open, who is here, and above
// all whether that still holds.
import type { ComponentChildren } from 'preact';
import { pathTo } from '../shared/language.ts';
import type { Live } from '../shared/live.ts';
import { isClosedTo, NotForYou } from '../shared/not-for-you.tsx';
import { PageHead } from '../shared/page-head.tsx';
import { FOR_KEEPERS } from '../shared/staff.ts';
import { sightOf } from './sight.ts';

const TABS = [
  { tab: 'people', to: '/people' },
  { tab: 'displays', to: '/people/displays' },
  { tab: 'me', to: '/me' },
] as const;

interface FrameProps {
  readonly live: Live;
  readonly tab: (typeof TABS)[number]['tab'];
  readonly children: ComponentChildren;
}

export function Frame({ live, tab, children }: FrameProps) {
  const { words, standing } = sightOf(live);
  const site = live.site.value;
  const isKeeper = !isClosedTo(standing, FOR_KEEPERS);
  const tabs = TABS.filter((one) => isKeeper || one.tab === 'me');
  return (
    <>
      <PageHead live={live} words={words}>
        <a class="head__site" href={pathTo('/')}>
          {site?.name ?? 'Courtyard'}
        </a>
        <nav class="head__tabs" aria-label={words.people.list.title}>
          {tabs.map((one) => (
            <a
              key={one.tab}
              class="tab"
              href={pathTo(one.to)}
              aria-current={one.tab === tab ? 'page' : undefined}
            >
              {words.people.list.tabs[one.tab]}
            </a>
          ))}
        </nav>
      </PageHead>
      {isKeeper || tab === 'me' ? (
        <main class="people-page">{children}</main>
      ) : (
        <NotForYou standing={standing} roles={FOR_KEEPERS} words={words} />
      )}
    </>
  );
}
