// The actions that a ticket or an alarm allows, under the thumb. A refusal is shown in the gateway's
// own words; when someone else was faster, the newer state is fetched and nothing is overwritten.
import { useState } from 'preact/hooks';
import { newKey, tell, type Outcome } from '../shared/gateway.ts';
import type { Words } from '../shared/words.ts';
import { ActionDialog, type Choice } from './action-dialog.tsx';
import { bodyOf, fieldsOf, offered } from './action-fields.ts';

interface ActionBarProps<T> {
  /** `/api/v1/tickets/<id>` or `/api/v1/alarms/<id>`. */
  readonly path: string;
  readonly actions: readonly string[];
  readonly version?: number | undefined;
  readonly tickets: readonly Choice[];
  readonly now: number;
  readonly reachable: 'yes' | 'no';
  readonly words: Words;
  readonly onDone: (view: T) => void;
  /** Someone was faster: look again. */
  readonly onConflict: () => void;
}

/** One intention of a person: tried again, it keeps its key and so is done once. */
interface Intent {
  readonly action: string;
  readonly key: string;
}

const IN_REACH = 3;

export function ActionBar<T>(props: ActionBarProps<T>) {
  const { path, version, words, now } = props;
  const [intent, setIntent] = useState<Intent>();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState<'sending' | 'idle'>('idle');
  const [notice, setNotice] = useState('');

  async function send({ action, key }: Intent, body: Record<string, unknown>): Promise<void> {
    setBusy('sending');
    const at = version === undefined ? {} : { version };
    const outcome = await tell<T>({ path: `${path}/${action}`, body, key, ...at });
    setBusy('idle');
    setNotice(noticeOf(outcome, words));
    // Only an unanswered attempt may be tried again as the same deed.
    if (outcome.ok || outcome.status !== 0) setIntent({ action, key: newKey() });
    if (outcome.ok || outcome.status === 409) setAsking(false);
    if (outcome.ok) props.onDone(outcome.value);
    else if (outcome.status === 409) props.onConflict();
  }

  function choose(action: string): void {
    const next = intent?.action === action ? intent : { action, key: newKey() };
    setIntent(next);
    setNotice('');
    if (fieldsOf(action)?.length) setAsking(true);
    else void send(next, {});
  }

  const fields = (intent && fieldsOf(intent.action)) ?? [];
  return (
    <div class="act">
      <p class="act__notice" role="alert">
        {asking ? '' : notice}
      </p>
      <Buttons {...props} busy={busy} onChoose={choose} />
      {intent && asking && (
        <ActionDialog
          title={actionWord(words, intent.action)}
          fields={fields}
          tickets={props.tickets}
          busy={busy}
          notice={notice}
          words={words}
          onSend={(filled) => void send(intent, bodyOf(fields, filled, now))}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}

export const actionWord = (words: Words, action: string): string =>
  (words.action as Record<string, string>)[action] ?? action;

function noticeOf(outcome: Outcome<unknown>, words: Words): string {
  if (outcome.ok) return '';
  if (outcome.status === 409) return `${words.engineer.conflict} ${outcome.detail}`.trim();
  if (outcome.status === 0) return words.engineer.offlineNow;
  return [words.engineer.failed, outcome.title, outcome.detail].filter(Boolean).join(' · ');
}

interface ButtonsProps {
  readonly actions: readonly string[];
  readonly reachable: 'yes' | 'no';
  readonly busy: 'sending' | 'idle';
  readonly words: Words;
  readonly onChoose: (action: string) => void;
}

function Buttons({ actions, reachable, busy, words, onChoose }: ButtonsProps) {
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
