// The head of every page that somebody works on: that it is simulated, where one is, who one is, and
// what is wrong with the way to the gateway. What stands between the name and the account is the page's.
import type { ComponentChildren } from 'preact';
import { Account, SessionBanner } from './account.tsx';
import { formatIn } from './format.ts';
import { LinkBanner } from './link-banner.tsx';
import type { Live } from './live.ts';
import { signedIn } from './session.ts';
import { SimulatedBand } from './simulated-band.tsx';
import { Switches } from './switches.tsx';
import type { Words } from './words.ts';

/** Until the gateway has said where it stands. */
const USUAL_ZONE = 'Asia/Shanghai';

interface PageHeadProps {
  readonly live: Pick<Live, 'site' | 'link'>;
  readonly words: Words;
  /** What the page is, often with a way out of it; and its tabs. */
  readonly children: ComponentChildren;
}

export function PageHead({ live, words, children }: PageHeadProps) {
  const site = live.site.value;
  const standing = signedIn.value;
  const format = formatIn(site?.zone ?? USUAL_ZONE, words);
  return (
    <>
      <SimulatedBand shown={site?.simulated ?? false} words={words} />
      <header class="head">
        {children}
        <Account standing={standing} words={words} />
        <Switches words={words} />
      </header>
      {standing.state === 'ended' ? (
        <SessionBanner standing={standing} words={words} />
      ) : (
        <LinkBanner link={live.link.value} words={words} format={format} copy={site?.influx} />
      )}
    </>
  );
}
