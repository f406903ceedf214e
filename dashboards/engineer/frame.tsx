// What stands round every view of the engineer's desk: where one is, the two tabs, the language and
// the theme, and above all whether what is shown still comes from the gateway.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Cue } from '../shared/cue.tsx';
import { language, pathTo, speak } from '../shared/language.ts';
import type { Link, Live } from '../shared/live.ts';
import { SimulatedBand } from '../shared/simulated-band.tsx';
import { chooseTheme, themeOfOwner } from '../shared/theme.ts';
import { sightOf, type Sight } from './sight.ts';

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
        <Switches sight={sight} />
      </header>
      <LinkBanner link={live.link.value} sight={sight} copy={site?.influx} />
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

function Switches({ sight: { words } }: { sight: Sight }) {
  const [theme, setTheme] = useState(themeOfOwner);
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <div class="head__switches">
      <button
        type="button"
        class="switch"
        onClick={() => {
          chooseTheme(other);
          setTheme(other);
        }}
      >
        {words.engineer.theme[other]}
      </button>
      <button
        type="button"
        class="switch"
        onClick={() => speak(language.value === 'zh' ? 'en' : 'zh')}
      >
        {words.language.switchTo}
      </button>
    </div>
  );
}

interface LinkBannerProps {
  readonly link: Link;
  readonly sight: Sight;
  readonly copy: string | undefined;
}

function LinkBanner({ link, sight: { words, format }, copy }: LinkBannerProps) {
  if (link.state === 'live')
    return copy === 'down' ? (
      <p class="copy-down">
        <span aria-hidden="true">☁ </span>
        {words.link.copyDown}
      </p>
    ) : null;
  const sentence =
    link.state === 'connecting'
      ? words.link.connecting
      : link.heardAt === undefined
        ? words.link.lostEmpty
        : words.link.lost(format.clock(link.heardAt));
  return (
    <div class="cut-off" role="alert">
      <Cue of="offline" look="plain">
        {sentence}
      </Cue>
    </div>
  );
}
