// One intention of a person at a time. Tried again after an answer was lost it keeps its key, and so is
// done once; after an answer, whichever, the next press is a new deed.
import { useRef, useState } from 'preact/hooks';
import { newKey, type Outcome } from '../shared/gateway.ts';
import { refusalText } from '../shared/refusal.ts';
import { wordFor } from '../shared/words.ts';
import type { Sight } from './sight.ts';

export interface Intention {
  readonly action: string;
  readonly key: string;
  /** What had happened when it was formed, one line each. */
  readonly story: readonly string[];
}

export interface Intent {
  readonly now: Intention | undefined;
  readonly busy: 'sending' | 'idle';
  /** Why it was not done. */
  readonly notice: string;
  /** What has happened since it was formed. */
  readonly changes: readonly string[];
  form(action: string): Intention;
  forget(): void;
  send<T>(attempt: Attempt<T>): Promise<void>;
}

interface Attempt<T> {
  readonly of: Intention;
  readonly ask: (key: string) => Promise<Outcome<T>>;
  readonly onDone: (value: T) => void;
  readonly onRefused: (status: number) => void;
}

export function useIntent(sight: Sight, story: readonly string[]): Intent {
  const [now, setNow] = useState<Intention>();
  const [busy, setBusy] = useState<Intent['busy']>('idle');
  const [notice, setNotice] = useState('');
  const inWork = useRef(false);
  return {
    now,
    busy,
    notice,
    changes: now ? story.filter((line, place) => now.story[place] !== line) : [],
    form(action) {
      const isSame = now?.action === action && notice !== '';
      const next = isSame ? { ...now, story } : { action, key: newKey(), story };
      setNow(next);
      setNotice('');
      return next;
    },
    forget() {
      setNow(undefined);
      setNotice('');
    },
    async send({ of, ask, onDone, onRefused }) {
      // A thumb that presses twice before the button is seen to be shut.
      if (inWork.current) return;
      inWork.current = true;
      setBusy('sending');
      const outcome = await ask(of.key);
      inWork.current = false;
      setBusy('idle');
      setNotice(outcome.ok ? '' : whyNot(outcome, sight));
      if (outcome.ok) onDone(outcome.value);
      else {
        if (outcome.status !== 0) setNow({ ...of, key: newKey() });
        onRefused(outcome.status);
      }
    },
  };
}

type Failed = Extract<Outcome<unknown>, { ok: false }>;

/** A refusal in the page's own tongue where it is one that we know, in the gateway's where not. */
function whyNot(failed: Failed, { words, standing }: Sight): string {
  const { work, engineer } = words;
  if (failed.status === 0) return `${engineer.offlineNow} ${work.unsure}`;
  if (failed.status === 413) return work.photo.tooBig;
  const onSite = wordFor(words.onSite.refused, failed.title);
  if (onSite !== failed.title) return onSite;
  const known = wordFor(work.refused, failed.title);
  const ours = known === failed.title ? undefined : known;
  if (failed.status === 409) return [engineer.conflict, ours ?? failed.detail].join(' ').trim();
  return ours ? [engineer.failed, ours].join(' · ') : refusalText(failed, standing, words);
}
