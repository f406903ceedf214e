// What stands round every view of the engineer's desk: where one is, the tabs that
// whoever is here may open, the language and
// the theme, and above all whether what is shown still comes from the gateway.
import type { ComponentChildren } from 'preact';
import { Account, SessionBanner } from '../shared/account.tsx';
import { pathTo } from '../shared/language.ts';
import { LinkBanner } from '../shared/link-banner.tsx';
import type { Live } from '../shared/live.ts';
import { isClosedTo, NotForYou } from '../shared/not-for-you.tsx';
import { signedIn } from '../shared/session.ts';
import { SimulatedBand } from '../shared/simulated-band.tsx';
import { Switches } from '../shared/switches.tsx';
import { mayDo, sightOf, type Sight } from './sight.ts';
import { FOR_STAFF } from '../shared/staff.ts';

interface FrameProps {
  readonly live: Live;
  readonly tab: 'desk' | 'round' | 'alarms' | 'intake' | 'notices' | 'rehearsal';
  readonly children: ComponentChildren;
}

export function Frame({ live, tab, children }: FrameProps) {
  const sight = sightOf(live);
  const { words } = sight;
  const site = live.site.value;
  const standing = signedIn.value;
  return (
    <>
      <SimulatedBand shown={site?.simulated ?? false} words={words} />
      <header class="head">
        <p class="head__site">{site?.name ?? words.engineer.title}</p>
        <Tabs tab={tab} sight={sight} />
        <Account standing={standing} words={words} />
        <Switches words={words} />
      </header>
      {standing.state === 'ended' ? (
        <SessionBanner standing={standing} words={words} />
      ) : (
        <LinkBanner
          link={live.link.value}
          words={words}
          format={sight.format}
          copy={site?.influx}
        />
      )}
      {isClosedTo(standing, FOR_STAFF) ? (
        <NotForYou standing={standing} roles={FOR_STAFF} words={words} />
      ) : (
        children
      )}
    </>
  );
}

function Tabs({ tab, sight }: { tab: FrameProps['tab']; sight: Sight }) {
  const { words } = sight;
  return (
    <nav class="head__tabs" aria-label={words.engineer.title}>
      <Tab to="/engineer" shown={tab === 'desk'} name={words.engineer.tabs.desk} />
      {mayDo(sight, 'listNextBins') && (
        <Tab to="/engineer/round" shown={tab === 'round'} name={words.onSite.round.tab} />
      )}
      <Tab to="/engineer/alarms" shown={tab === 'alarms'} name={words.work.alarms.tab} />
      {mayDo(sight, 'readIntake') && (
        <Tab to="/engineer/intake" shown={tab === 'intake'} name={words.engineer.tabs.intake} />
      )}
      {mayDo(sight, 'listNotices') && (
        <Tab to="/engineer/notices" shown={tab === 'notices'} name={words.notices.tab} />
      )}
      {mayDo(sight, 'rehearseRules') && (
        <Tab to="/engineer/rehearsal" shown={tab === 'rehearsal'} name={words.work.rehearsal.tab} />
      )}
    </nav>
  );
}

function Tab({ to, shown, name }: { to: string; shown: boolean; name: string }) {
  return (
    <a class="tab" href={pathTo(to)} aria-current={shown ? 'page' : undefined}>
      {name}
    </a>
  );
}
