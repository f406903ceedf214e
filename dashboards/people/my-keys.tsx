// Keys for programs. A key is in one answer and on one screen, once: nobody can show it again.
import { useState } from 'preact/hooks';
import type { NewKeyView, TokenView } from '../../gateway/api/schemas.ts';
import { drop } from '../shared/gateway.ts';
import { Quiet } from '../shared/quiet.tsx';
import { KeyDialog } from './key-dialog.tsx';
import { NewKeyShown } from './new-key-shown.tsx';
import { tokenPath } from './paths.ts';
import { sinceText, type Sight } from './sight.ts';
import { useDeed } from './use-deed.ts';

interface MyKeysProps {
  readonly tokens: readonly TokenView[];
  readonly sight: Sight;
  readonly onChange: () => void;
}

export function MyKeys({ tokens, sight, onChange }: MyKeysProps) {
  const { words } = sight;
  const say = words.people.me;
  const deed = useDeed(sight);
  const [isAsking, setAsking] = useState(false);
  const [made, setMade] = useState<NewKeyView>();
  const keys = tokens.filter(({ kind }) => kind === 'key');
  return (
    <section aria-labelledby="my-keys">
      <h2 id="my-keys" class="section">
        {say.keys}
      </h2>
      <p class="people__hint">{say.keysNote}</p>
      {made && <NewKeyShown made={made} words={words} onKept={() => setMade(undefined)} />}
      {keys.length === 0 && <Quiet what={say.noKeys} />}
      <p class="notice" role="alert">
        {deed.notice}
      </p>
      <ul class="tokens">
        {keys.map((key) => (
          <KeyRow
            key={key.id}
            token={key}
            sight={sight}
            busy={deed.busy}
            onDrop={() => void deed.run(() => drop(tokenPath(key.id)), onChange)}
          />
        ))}
      </ul>
      <button type="button" class="button" onClick={() => setAsking(true)}>
        {say.makeKey}
      </button>
      {isAsking && (
        <KeyDialog
          sight={sight}
          onMade={(key) => {
            setAsking(false);
            setMade(key);
            onChange();
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}

interface KeyRowProps {
  readonly token: TokenView;
  readonly sight: Sight;
  readonly busy: 'sending' | 'idle';
  readonly onDrop: () => void;
}

function KeyRow({ token, sight, busy, onDrop }: KeyRowProps) {
  const { words } = sight;
  const say = words.people.me;
  return (
    <li class="token" data-key={token.id}>
      <p class="token__what">
        <b>{token.name}</b> {token.role && words.role[token.role]}
      </p>
      <p class="token__when">{whenText(token, sight)}</p>
      <button
        type="button"
        class="switch"
        aria-label={`${say.dropKey}: ${token.name}`}
        disabled={busy === 'sending'}
        onClick={onDrop}
      >
        {say.dropKey}
      </button>
    </li>
  );
}

function whenText({ usedAt, endsAt }: TokenView, sight: Sight): string {
  const say = sight.words.people.me;
  const used = usedAt === undefined ? say.unused : say.used(sinceText(sight, usedAt));
  if (endsAt === undefined) return used;
  return `${used} · ${say.ends(sight.format.moment(Date.parse(endsAt), sight.now))}`;
}
