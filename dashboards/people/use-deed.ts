import { useState } from 'preact/hooks';
import type { Outcome } from '../shared/gateway.ts';
import { refusalText } from '../shared/refusal.ts';
import type { Sight } from './sight.ts';

export interface Deed {
  readonly busy: 'sending' | 'idle';
  /** Why the last attempt was refused. */
  readonly notice: string;
  /** Resolves when it was answered; `onDone` only where it was done. */
  readonly run: <T>(
    attempt: () => Promise<Outcome<T>>,
    onDone: (value: T) => void,
  ) => Promise<void>;
}

/** One thing that a person asks for: once at a time, and a refusal is kept to be shown. */
export function useDeed({ standing, words }: Pick<Sight, 'standing' | 'words'>): Deed {
  const [busy, setBusy] = useState<Deed['busy']>('idle');
  const [notice, setNotice] = useState('');
  return {
    busy,
    notice,
    async run(attempt, onDone) {
      if (busy === 'sending') return;
      setBusy('sending');
      const outcome = await attempt();
      setBusy('idle');
      setNotice(outcome.ok ? '' : refusalText(outcome, standing, words));
      if (outcome.ok) onDone(outcome.value);
    },
  };
}
