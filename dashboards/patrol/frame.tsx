// What stands round a round: where one is, who one is, whether that still holds, what waits to be sent
// and what was refused.
import type { ComponentChildren } from 'preact';
import { pathTo } from '../shared/language.ts';
import type { Live } from '../shared/live.ts';
import { isClosedTo, NotForYou } from '../shared/not-for-you.tsx';
import { PageHead } from '../shared/page-head.tsx';
import { refusalText } from '../shared/refusal.ts';
import { FOR_STAFF } from '../shared/staff.ts';
import type { Outbox } from './outbox.ts';
import { ROUTES_PAGE } from './paths.ts';
import { sightOf, type Sight } from './sight.ts';

interface FrameProps {
  readonly live: Live;
  readonly outbox: Outbox;
  readonly title: string;
  readonly children: ComponentChildren;
}

export function Frame({ live, outbox, title, children }: FrameProps) {
  const sight = sightOf(live);
  const { words, standing } = sight;
  const site = live.site.value;
  return (
    <>
      <PageHead live={live} words={words}>
        <a class="head__site" href={pathTo(ROUTES_PAGE)}>
          {words.patrol.title}
          {site && <span class="head__place"> · {site.name}</span>}
        </a>
      </PageHead>
      {isClosedTo(standing, FOR_STAFF) ? (
        <NotForYou standing={standing} roles={FOR_STAFF} words={words} />
      ) : (
        <main class="patrol" aria-label={title}>
          <Post outbox={outbox} sight={sight} />
          {children}
        </main>
      )}
    </>
  );
}

/** What is on its way, and what came back. */
function Post({ outbox, sight }: { outbox: Outbox; sight: Sight }) {
  const { words, standing } = sight;
  const say = words.patrol;
  const waiting = outbox.waiting.value.length;
  return (
    <div class="post" aria-live="polite">
      {waiting > 0 && (
        <p class="post__waiting">
          <b>{say.waiting(waiting)}</b> {outbox.isCutOff.value ? say.waitingNote : say.sending}
        </p>
      )}
      {outbox.refused.value.map(({ key, what, outcome }) => (
        <div key={key} class="notice post__refused" role="alert">
          ▲ {say.refused(what)}
          <span class="notice__next">{refusalText(outcome, standing, words)}</span>
          <button type="button" class="button" onClick={() => outbox.dismiss(key)}>
            {say.dismiss}
          </button>
        </div>
      ))}
    </div>
  );
}
