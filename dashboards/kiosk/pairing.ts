// How a screen that nobody is signed in to comes in: it shows six digits, asks whether somebody entered
// them, and opens its station. Promise: it never gives up, and nobody has to touch it: an old code, a
// gateway that restarted or went away, all end in a fresh code.
import { useEffect, useState } from 'preact/hooks';
import type { DisplayCodeView, PairingView } from '../../gateway/api/schemas.ts';
import { newKey, tell } from '../shared/gateway.ts';

export type PairingState =
  | { readonly state: 'asking' }
  | { readonly state: 'away' | 'too-many'; readonly code?: string }
  | { readonly state: 'shown'; readonly code: string }
  | { readonly state: 'paired' };

const POLL_MS = 2000;
const TRY_AGAIN_S = 5;

export function usePairing(onPaired: (station: string) => void): PairingState {
  const [state, setState] = useState<PairingState>({ state: 'asking' });
  useEffect(() => walk(setState, onPaired), []);
  return state;
}

/** Returns the way to stop. */
function walk(show: (state: PairingState) => void, onPaired: (station: string) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  const later = (ms: number, step: () => Promise<void>): void => {
    if (!isOver) timer = setTimeout(() => void step(), ms);
  };

  async function askCode(): Promise<void> {
    const outcome = await send<DisplayCodeView>('/api/v1/displays/code', {});
    if (outcome.ok) {
      const { code, ticket } = outcome.value;
      show({ state: 'shown', code });
      return later(POLL_MS, () => askPaired(code, ticket));
    }
    show({ state: outcome.status === 0 ? 'away' : 'too-many' });
    later((outcome.waitS ?? TRY_AGAIN_S) * 1000, askCode);
  }

  async function askPaired(code: string, ticket: string): Promise<void> {
    const outcome = await send<PairingView>('/api/v1/displays/pairing', { ticket });
    if (outcome.ok && outcome.value.state === 'paired') {
      show({ state: 'paired' });
      return onPaired(outcome.value.station ?? '');
    }
    // Never asked, too old, or fetched already: only a new code leads on.
    if (!outcome.ok && outcome.status === 404) return askCode();
    show({ state: outcome.ok || outcome.status !== 0 ? 'shown' : 'away', code });
    const waitS = outcome.ok ? undefined : outcome.waitS;
    later(waitS === undefined ? POLL_MS : waitS * 1000, () => askPaired(code, ticket));
  }

  void askCode();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}

const send = <T>(path: string, body: Record<string, unknown>) =>
  tell<T>({ path, body, key: newKey() });
