// Where one is signed in. The device one looks at is marked, and left by signing out of it.
import type { TokenView } from '../../gateway/api/schemas.ts';
import { drop } from '../shared/gateway.ts';
import { Quiet } from '../shared/quiet.tsx';
import { deviceText } from './device-words.ts';
import { tokenPath } from './paths.ts';
import type { Sight } from './sight.ts';
import { useDeed } from './use-deed.ts';

interface MySessionsProps {
  readonly tokens: readonly TokenView[];
  readonly sight: Sight;
  readonly onGone: () => void;
}

export function MySessions({ tokens, sight, onGone }: MySessionsProps) {
  const { words } = sight;
  const say = words.people.me;
  const deed = useDeed(sight);
  const sessions = tokens
    .filter(({ kind }) => kind === 'session')
    .sort((one, other) => Number(other.isThis) - Number(one.isThis));
  return (
    <section aria-labelledby="my-sessions">
      <h2 id="my-sessions" class="section">
        {say.sessions}
      </h2>
      {sessions.length === 0 && <Quiet what={say.noSessions} />}
      <p class="notice" role="alert">
        {deed.notice}
      </p>
      <ul class="tokens">
        {sessions.map((session) => (
          <li key={session.id} class="token" data-session={session.id}>
            <p class="token__what">
              <b>{deviceText(session.name, words)}</b>{' '}
              {session.isThis && <span class="person__you">{say.here}</span>}
            </p>
            <p class="token__when">{whenText(session, sight)}</p>
            {!session.isThis && (
              <button
                type="button"
                class="switch"
                aria-label={say.revokeOf(deviceText(session.name, words))}
                disabled={deed.busy === 'sending'}
                onClick={() => void deed.run(() => drop(tokenPath(session.id)), onGone)}
              >
                {say.revoke}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function whenText({ madeAt, usedAt = madeAt }: TokenView, { words, format, now }: Sight): string {
  const made = format.moment(Date.parse(madeAt), now);
  return words.people.me.when(made, format.age((now - Date.parse(usedAt)) / 1000));
}
