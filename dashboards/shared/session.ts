// Who is signed in on this page. Asked when the page opens, whenever an answer says 401, and while
// the gateway's stream is not live (a stream that was ended for want of a session cannot say so).
// Promise: a session that ends while the page stands open is said on the page and moves nobody
// elsewhere, so that nothing half-written is lost; signed in again anywhere, the page goes on.
import { effect, signal, type ReadonlySignal } from '@preact/signals';
import type { SessionView } from '../../gateway/api/schemas.ts';
import { ask, drop, SESSION, strangers } from './gateway.ts';
import { forget } from './kept-snapshot.ts';
import type { Link } from './live.ts';
import { signInPath } from './return-path.ts';
import { standingAfter, type Standing } from './standing.ts';

const ASK_AGAIN_MS = 4000;

const standing = signal<Standing>({ state: 'asking' });
export const signedIn: ReadonlySignal<Standing> = standing;

export async function askWho(): Promise<void> {
  const outcome = await ask<SessionView>(SESSION);
  standing.value = standingAfter(standing.value, outcome.ok ? outcome.value : undefined);
}

interface Leaving {
  /** Nobody was signed in when the page opened. */
  readonly whenOut: () => void;
  /** Without it the page stays and says so. */
  readonly whenEnded?: () => void;
}

export function openSession(link: ReadonlySignal<Link>, leaving: Leaving): void {
  const isSure = (): boolean => link.value.state === 'live' && standing.peek().state === 'in';
  effect(() => {
    if (link.value.state !== 'live' || standing.peek().state !== 'in') void askWho();
  });
  let counted = strangers.peek();
  effect(() => {
    if (strangers.value === counted) return;
    counted = strangers.value;
    if (standing.peek().state === 'in') void askWho();
  });
  setInterval(() => {
    if (!isSure() && standing.peek().state !== 'out') void askWho();
  }, ASK_AGAIN_MS);
  effect(() => {
    const { state } = standing.value;
    const leave = {
      out: leaving.whenOut,
      ended: leaving.whenEnded,
      asking: undefined,
      in: undefined,
    };
    if (!leave[state]) return;
    forget();
    leave[state]?.();
  });
}

/** For pages that people work at. */
export const BY_SIGN_IN: Leaving = { whenOut: () => location.replace(signInPath(location)) };

/** Ends this session. What this browser kept of the compound goes with it. */
export async function signOut(): Promise<void> {
  const outcome = await drop(SESSION);
  // A gateway that is away has not heard it: to say "signed out" now would be a lie.
  if (!outcome.ok && outcome.status !== 401) return;
  forget();
  location.assign('/signin');
}
