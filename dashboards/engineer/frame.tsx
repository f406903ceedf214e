// What stands round every view of the engineer's desk: where one is, the two tabs, the language and
// the theme, and above all whether what is shown still comes from the gateway.
import type { ComponentChildren } from 'preact';
import { pathTo } from '../shared/language.ts';
import { LinkBanner } from '../shared/link-banner.tsx';
import type { Live } from '../shared/live.ts';
import { SimulatedBand } from '../shared/simulated-band.tsx';
import { Switches } from '../shared/switches.tsx';
import { sightOf } from './sight.ts';

interface FrameProps {
  readonly live: Live;
  readonly tab: 'desk' | 'intake';
  readonly children: ComponentChildren;
}

export function Frame({ live, tab, children }: FrameProps) {
  const sight = sightOf(live);
  const { words } = sight;
  const site = live.site.value;
  return (
    <>
      <SimulatedBand shown={site?.simulated ?? false} words={words} />
      <header class="head">
        <p class="head__site">{site?.name ?? words.engineer.title}</p>
        <nav class="head__tabs" aria-label={words.engineer.title}>
          <Tab to="/engineer" shown={tab === 'desk'} name={words.engineer.tabs.desk} />
          <Tab to="/engineer/intake" shown={tab === 'intake'} name={words.engineer.tabs.intake} />
        </nav>
        <Switches words={words} />
      </header>
      <LinkBanner link={live.link.value} words={words} format={sight.format} copy={site?.influx} />
      {children}
    </>
  );
}

function Tab({ to, shown, name }: { to: string; shown: boolean; name: string }) {
  return (
    <a class="tab" href={pathTo(to)} aria-current={shown ? 'page' : undefined}>
      {name}
    </a>
  );
}
