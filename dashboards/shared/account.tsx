// Who is signed in, in the page's head, with the ways to one's own page and out; and the banner that
// says that this is over.
import { pathTo } from './language.ts';
import { signInPath } from './return-path.ts';
import { signOut } from './session.ts';
import type { Standing } from './standing.ts';
import { wordFor, type Words } from './words.ts';

interface AccountProps {
  readonly standing: Standing;
  readonly words: Words;
}

export function Account({ standing, words }: AccountProps) {
  if (standing.state !== 'in' || standing.who.state !== 'person') return null;
  const { who } = standing;
  const name = who.name ?? who.id ?? '';
  const say = words.people.account;
  return (
    <div class="account">
      <a class="account__who" href={pathTo('/me')}>
        <span class="unseen">{say.me}: </span>
        <b class="account__name">{name}</b>
        <span class="account__role">{wordFor(words.role, who.role)}</span>
      </a>
      <button type="button" class="switch" onClick={() => void signOut()}>
        {say.signOut}
      </button>
    </div>
  );
}

export function SessionBanner({ standing, words }: AccountProps) {
  if (standing.state !== 'ended') return null;
  const say = words.people.account;
  return (
    <div class="cut-off session-over" role="alert">
      <b>{say.ended}</b>{' '}
      <a class="link" href={signInPath(location)}>
        {say.signInAgain}
      </a>
    </div>
  );
}
