// Whether what is shown still comes from the gateway, and since when it does not.
import { Cue } from './cue.tsx';
import type { Format } from './format.ts';
import type { Link } from './live.ts';
import type { Words } from './words.ts';

interface LinkBannerProps {
  readonly link: Link;
  readonly words: Words;
  readonly format: Format;
  readonly copy: string | undefined;
}

export function LinkBanner({ link, words, format, copy }: LinkBannerProps) {
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
