// The actions that a ticket or an alarm allows, under the thumb. When someone else was faster, the
// newer state is fetched and said, nothing is overwritten, and what was typed stays.
import { useState } from 'preact/hooks';
import { tell, type Outcome } from '../shared/gateway.ts';
import { wordFor, type Words } from '../shared/words.ts';
import { ActionDialog, type Around } from './action-dialog.tsx';
import { bodyOf, fieldsOf, offered } from './action-fields.ts';
import { Changes } from './changes.tsx';
import { PhotoDialog, type AskWithPhotos } from './photo-dialog.tsx';
import type { Sight } from './sight.ts';
import { useIntent, type Intent, type Intention } from './use-intent.ts';

interface ActionBarProps<T> {
  /** `/api/v1/tickets/<id>` or `/api/v1/alarms/<id>`. */
  readonly path: string;
  readonly actions: readonly string[];
  readonly version?: number | undefined;
  /** What has happened so far, one line each, so that what comes in meanwhile can be told. */
  readonly story: readonly string[];
  readonly around: Around;
  readonly sight: Sight;
  readonly onDone: (view: T) => void;
  /** Refused: something may have changed, look again. */
  readonly onConflict: () => void;
}

const IN_REACH = 3;

export function ActionBar<T>(props: ActionBarProps<T>) {
  const { path, version, sight } = props;
  const { words } = sight;
  const intent = useIntent(sight, props.story);
  const [asking, setAsking] = useState(false);
  const at = version === undefined ? {} : { version };

  /** What is asked of the gateway is one thing; what follows from its answer is always the same. */
  function send(of: Intention, ask: (key: string) => Promise<Outcome<T>>): void {
    const onDone = (view: T): void => {
      setAsking(false);
      intent.forget();
      props.onDone(view);
    };
    const onRefused = (status: number): void => {
      if (status !== 0) props.onConflict();
    };
    void intent.send<T>({ of, ask, onDone, onRefused });
  }

  function choose(action: string): void {
    const of = intent.form(action);
    if (action === 'photo' || fieldsOf(action)?.length) setAsking(true);
    else send(of, (key) => tell<T>({ path: `${path}/${action}`, body: {}, key, ...at }));
  }

  const { now } = intent;
  return (
    <div class="act">
      {!asking && intent.notice !== '' && <Changes lines={intent.changes} words={words} />}
      <p class="act__notice" role="alert">
        {asking ? '' : intent.notice}
      </p>
      <Buttons {...props} busy={intent.busy} onChoose={choose} />
      {now && asking && (
        <Asking
          {...props}
          action={now.action}
          intent={intent}
          onClose={() => setAsking(false)}
          onBody={(body) =>
            send(now, (key) => tell<T>({ path: `${path}/${now.action}`, body, key, ...at }))
          }
          onPhotos={(ask) => send(now, (key) => ask<T>({ path: `${path}/photos`, key, ...at }))}
        />
      )}
    </div>
  );
}

interface AskingProps {
  readonly action: string;
  readonly actions: readonly string[];
  readonly around: Around;
  readonly intent: Intent;
  readonly sight: Sight;
  readonly onClose: () => void;
  readonly onBody: (body: Record<string, unknown>) => void;
  readonly onPhotos: (ask: AskWithPhotos) => void;
}

/** The sheet for the action that was chosen. */
function Asking(props: AskingProps) {
  const { action, actions, around, intent, sight, onClose, onBody, onPhotos } = props;
  const { words, now } = sight;
  const { busy, notice, changes } = intent;
  const standing = actions.includes(action) ? ('offered' as const) : ('gone' as const);
  const sheet = { busy, notice, changes, standing, words, onClose };
  if (action === 'photo') return <PhotoDialog {...sheet} onSend={onPhotos} />;
  const fields = fieldsOf(action) ?? [];
  return (
    <ActionDialog
      {...sheet}
      title={actionWord(words, action)}
      fields={fields}
      around={around}
      onSend={(filled) => onBody(bodyOf(fields, filled, now))}
    />
  );
}

export const actionWord = (words: Words, action: string): string => wordFor(words.action, action);

interface ButtonsProps {
  readonly actions: readonly string[];
  readonly sight: Sight;
  readonly busy: 'sending' | 'idle';
  readonly onChoose: (action: string) => void;
}

function Buttons({ actions, sight: { words, reachable }, busy, onChoose }: ButtonsProps) {
  const [more, setMore] = useState(false);
  const all = offered(actions);
  const shown = more ? all : all.slice(0, IN_REACH);
  const disabled = reachable === 'no' || busy === 'sending';
  return (
    <div class="act__buttons">
      {reachable === 'no' && <p class="act__cut">{words.engineer.offlineNow}</p>}
      {shown.map((action, place) => (
        <button
          key={action}
          type="button"
          class={place === 0 ? 'button button--main' : 'button'}
          disabled={disabled}
          onClick={() => onChoose(action)}
        >
          {actionWord(words, action)}
        </button>
      ))}
      {all.length > IN_REACH && (
        <button type="button" class="button" aria-expanded={more} onClick={() => setMore(!more)}>
          {more ? words.close : words.engineer.more}
        </button>
      )}
    </div>
  );
}
