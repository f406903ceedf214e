// What the gateway answers to a question, kept while it cannot be asked again: a gateway that is away or
// a session that ended must not take the figures, nor a half-written form, off the page.
// Promise: an answer never stands under another question.
import { useEffect, useState } from 'preact/hooks';
import { ask, type Outcome } from './gateway.ts';

type Failed = Extract<Outcome<never>, { ok: false }>;

export interface Kept<T> {
  readonly value: T | undefined;
  /** Why there is no newer answer; only where the gateway said no, or where nothing is kept. */
  readonly failure: Failed | undefined;
}

const NOBODY_ANSWERED = 0;
const SIGNED_OUT = 401;

export function useKept<T>(path: string | undefined, round: number): Kept<T> {
  const [answer, setAnswer] = useState<{ path: string; value: T }>();
  const [refused, setRefused] = useState<{ path: string; outcome: Failed }>();
  useEffect(() => {
    if (path === undefined) return undefined;
    let wanted = true;
    const fetchIt = async (): Promise<void> => {
      const outcome = await ask<T>(path);
      if (!wanted) return;
      setRefused(outcome.ok ? undefined : { path, outcome });
      if (outcome.ok) setAnswer({ path, value: outcome.value });
    };
    void fetchIt();
    return () => {
      wanted = false;
    };
  }, [path, round]);
  const value = answer && answer.path === path ? answer.value : undefined;
  const failure = refused && refused.path === path ? refused.outcome : undefined;
  const isKept =
    value !== undefined && (failure?.status === NOBODY_ANSWERED || failure?.status === SIGNED_OUT);
  return { value, failure: isKept ? undefined : failure };
}
