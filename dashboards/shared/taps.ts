// “I emptied it”, said with one press and taken back within seconds: how each such word stands, bin by
// bin. The gateway decides; a word that it did not hear is shown as not noted and never as done.
import { signal, type ReadonlySignal } from '@preact/signals';
import { newKey, tell, type Outcome } from './gateway.ts';

export type Tap =
  | { readonly state: 'telling' }
  | { readonly state: 'told'; readonly at: number; readonly until: number }
  | { readonly state: 'taking-back'; readonly at: number }
  | { readonly state: 'taken-back'; readonly until: number }
  | {
      readonly state: 'refused';
      readonly what: 'tap' | 'take-back';
      readonly why: Failed;
      readonly until: number;
    };

export type Failed = Extract<Outcome<unknown>, { ok: false }>;

export interface Taps {
  readonly all: ReadonlySignal<ReadonlyMap<string, Tap>>;
  /** @param at the gateway's moment, as the page knows it */
  tap(bin: string, at: number): Promise<void>;
  takeBack(bin: string): Promise<void>;
}

const UNDO_MS = 10_000;
const SAID_MS = 4000;
const REFUSED_MS = 8000;

/** By the page's own monotonic clock: no clock that is set can cut a promise of ten seconds short. */
export const steady = (): number => performance.now();

export function openTaps(): Taps {
  const all = signal<ReadonlyMap<string, Tap>>(new Map());
  /** Tried again after an answer was lost, it is still the same word. */
  const keys = new Map<string, string>();
  const put = (bin: string, tap: Tap): void => {
    all.value = new Map(all.value).set(bin, tap);
  };
  const say = async (bin: string, action: 'collected' | 'not-collected') => {
    const name = `${bin} ${action}`;
    const key = keys.get(name) ?? newKey();
    keys.set(name, key);
    const path = `/api/v1/assets/${encodeURIComponent(bin)}/${action}`;
    const outcome = await tell({ path, body: {}, key });
    if (outcome.ok || outcome.status !== 0) keys.delete(name);
    return outcome;
  };
  const isBusy = (bin: string): boolean => {
    const state = all.value.get(bin)?.state;
    return state === 'telling' || state === 'taking-back';
  };
  return {
    all,
    async tap(bin, at) {
      if (isBusy(bin)) return;
      put(bin, { state: 'telling' });
      const outcome = await say(bin, 'collected');
      if (outcome.ok) put(bin, { state: 'told', at, until: steady() + UNDO_MS });
      else put(bin, refused('tap', outcome));
    },
    async takeBack(bin) {
      const before = all.value.get(bin);
      if (before?.state !== 'told') return;
      put(bin, { state: 'taking-back', at: before.at });
      const outcome = await say(bin, 'not-collected');
      if (outcome.ok) put(bin, { state: 'taken-back', until: steady() + SAID_MS });
      else put(bin, refused('take-back', outcome));
    },
  };
}

const refused = (what: 'tap' | 'take-back', why: Failed): Tap => ({
  state: 'refused',
  what,
  why,
  until: steady() + REFUSED_MS,
});

/** What of it is still to be shown; undefined where the button stands free again. */
export function tapShown(tap: Tap | undefined, now: number): Tap | undefined {
  if (!tap || !('until' in tap)) return tap;
  return tap.until > now ? tap : undefined;
}

export const secondsLeft = (until: number, now: number): number =>
  Math.max(1, Math.ceil((until - now) / 1000));
