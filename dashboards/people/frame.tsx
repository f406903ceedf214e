// What stands round the pages about people: the tabs that this role may open, who is here, and above
// all whether that still holds.
import type { ComponentChildren } from 'preact';
import { Account, SessionBanner } from '../shared/account.tsx';
import { pathTo } from '../shared/language.ts';
import { LinkBanner } from '../shared/link-banner.tsx';
import type { Live } from '../shared/live.ts';
import { isClosedTo, NotForYou } from '../shared/not-for-you.tsx';
import { SimulatedBand } from '../shared/simulated-band.tsx';
import { FOR_KEEPERS } from '../shared/staff.ts';
import { Switches } from '../shared/switches.tsx';
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
  const { words, format, standing } = sightOf(live);
  const site = live.site.value;
  const isKeeper = !isClosedTo(standing, FOR_KEEPERS);
  const tabs = TABS.filter((one) => isKeeper || one.tab === 'me');
  return (
    <>
      <SimulatedBand shown={site?.simulated ?? false} words={words} />
      <header class="head">
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
        <Account standing={standing} words={words} />
        <Switches words={words} />
      </header>
      {standing.state === 'ended' ? (
        <SessionBanner standing={standing} words={words} />
      ) : (
        <LinkBanner link={live.link.value} words={words} format={format} copy={site?.influx} />
      )}
      {isKeeper || tab === 'me' ? (
        <main class="people-page">{children}</main>
      ) : (
        <NotForYou standing={standing} roles={FOR_KEEPERS} words={words} />
      )}
    </>
  );
}
