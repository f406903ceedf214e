// A page that the role of whoever is signed in may not read: it says so, and which roles may.
import { pathTo } from './language.ts';
import { Quiet } from './quiet.tsx';
import { rolesText } from './refusal.ts';
import { signInPath } from './return-path.ts';
import type { Standing } from './standing.ts';
import { wordFor, type Words } from './words.ts';

/** Whether a page for these roles is closed to who is here; not before that is known. */
export function isClosedTo(standing: Standing, roles: readonly string[]): boolean {
  return standing.state === 'in' && !roles.includes(standing.who.role);
}

interface NotForYouProps {
  readonly standing: Standing;
  readonly roles: readonly string[];
  readonly words: Words;
}

export function NotForYou({ standing, roles, words }: NotForYouProps) {
  const say = words.people.account;
  const own = standing.state === 'in' ? wordFor(words.role, standing.who.role) : words.unknown;
  return (
    <main>
      <Quiet what={say.notForYou} next={say.needed(rolesText(roles, words), own)}>
        <a class="link" href={pathTo('/')}>
          {say.home}
        </a>{' '}
        <a class="link" href={signInPath(location)}>
          {say.asAnother}
        </a>
      </Quiet>
    </main>
  );
}
