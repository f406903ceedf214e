// One notice: what it says, to whom, how often it was tried and what the other side said.
import { useState } from 'preact/hooks';
import type { NoticeView } from '../../gateway/api/schemas.ts';
import { Cue } from '../shared/cue.tsx';
import { newKey, tell } from '../shared/gateway.ts';
import { refusalText } from '../shared/refusal.ts';
import { Sheet } from './sheet.tsx';
import { mayDo, type Sight } from './sight.ts';

interface NoticeRowProps {
  readonly notice: NoticeView;
  readonly sight: Sight;
  readonly onDone: () => void;
}

export function NoticeRow({ notice, sight, onDone }: NoticeRowProps) {
  const { words, format, now } = sight;
  const isStuck = notice.state === 'waiting' || notice.state === 'given-up';
  return (
    <li class="notice-row" data-notice={notice.state}>
      <p class="notice-row__title" dir="auto">
        {notice.severity && (
          <Cue of={notice.severity} look="plain">
            {words.severity[notice.severity]}
          </Cue>
        )}{' '}
        {notice.title}
      </p>
      {notice.lines.map((line) => (
        <p class="notice-row__line" dir="auto" key={line}>
          {line}
        </p>
      ))}
      <p class="rejection__detail">
        {[
          notice.reader === undefined
            ? words.notices.over(notice.channel)
            : words.notices.to(notice.reader, notice.channel),
          format.since(Date.parse(notice.settledAt ?? notice.since), now),
          notice.tries > 0 && words.notices.tries(format.count(notice.tries)),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <Why notice={notice} sight={sight} />
      {isStuck && mayDo(sight, 'retryNotice') && (
        <Deeds notice={notice} sight={sight} onDone={onDone} />
      )}
    </li>
  );
}

function Why({ notice: { state, words: said }, sight }: Pick<NoticeRowProps, 'notice' | 'sight'>) {
  const say = sight.words.notices;
  if (state === 'superseded') return <p class="notice-row__why">{say.spokenFor}</p>;
  if (said === undefined || state === 'told') return null;
  return (
    <p class="notice-row__why" dir="auto">
      {state === 'dropped' ? said : say.said(said)}
    </p>
  );
}

function Deeds({ notice, sight, onDone }: NoticeRowProps) {
  const { words } = sight;
  const [open, setOpen] = useState<'drop' | 'nothing'>('nothing');
  const { busy, refusal, send } = useSending(sight, onDone);
  const path = `/api/v1/notices/${notice.id}`;
  return (
    <p class="notice-row__deeds">
      <button
        type="button"
        class="button"
        disabled={busy === 'sending'}
        onClick={() => void send(`${path}/retry`, {})}
      >
        {words.notices.retry}
      </button>
      <button type="button" class="button" onClick={() => setOpen('drop')}>
        {words.notices.drop}
      </button>
      <span role="alert">{open === 'nothing' && refusal}</span>
      {open === 'drop' && (
        <DropSheet
          sight={sight}
          busy={busy}
          refusal={refusal}
          onClose={() => setOpen('nothing')}
          onSend={(reason) => void send(`${path}/drop`, { reason })}
        />
      )}
    </p>
  );
}

interface DropSheetProps {
  readonly sight: Sight;
  readonly busy: 'sending' | 'idle';
  readonly refusal: string;
  readonly onClose: () => void;
  readonly onSend: (reason: string) => void;
}

function DropSheet({ sight: { words }, busy, refusal, onClose, onSend }: DropSheetProps) {
  const say = words.notices;
  const [reason, setReason] = useState('');
  return (
    <Sheet
      title={say.dropTitle}
      verb={say.drop}
      ready={reason.trim() === '' ? 'no' : 'yes'}
      busy={busy}
      notice={refusal}
      changes={[]}
      standing="offered"
      words={words}
      onClose={onClose}
      onSend={() => onSend(reason.trim())}
    >
      <p class="dialog__about">{say.dropNote}</p>
      <label class="field">
        <span class="field__name">{say.dropWhy}</span>
        <textarea
          rows={3}
          maxLength={500}
          value={reason}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
      </label>
    </Sheet>
  );
}

function useSending(sight: Sight, onDone: () => void) {
  const [busy, setBusy] = useState<'sending' | 'idle'>('idle');
  const [refusal, setRefusal] = useState('');
  async function send(path: string, body: Readonly<Record<string, unknown>>): Promise<void> {
    setBusy('sending');
    const outcome = await tell({ path, body, key: newKey() });
    setBusy('idle');
    setRefusal(outcome.ok ? '' : refusalText(outcome, sight.standing, sight.words));
    if (outcome.ok) onDone();
  }
  return { busy, refusal, send };
}
