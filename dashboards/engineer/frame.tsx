// What stands round every view of the engineer's desk: where one is, the tabs that
// whoever is here may open, the language and
// the theme, and above all whether what is shown still comes from the gateway.
import type { ComponentChildren } from 'preact';
import { pathTo } from '../shared/language.ts';
import type { Live } from '../shared/live.ts';
import { isClosedTo, NotForYou } from '../shared/not-for-you.tsx';
import { PageHead } from '../shared/page-head.tsx';
import { signedIn } from '../shared/session.ts';
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
      <PageHead live={live} words={words}>
        <p class="head__site">{site?.name ?? words.engineer.title}</p>
        <Tabs tab={tab} sight={sight} />
      </PageHead>
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
