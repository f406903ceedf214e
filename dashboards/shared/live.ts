// One event stream from the gateway feeds every screen of a page. It knows whether the gateway is
// heard, since when not, and what time it is there. Promise: nothing on a screen waits for the
// link; the last picture stays, its ages keep growing, and the stream comes back by itself.
import { signal, type ReadonlySignal } from '@preact/signals';
import type { LiveEvent } from '../../gateway/api/schemas.ts';
import { reloadWhenBuildChanged } from './build.ts';
import { gatewayClock } from './gateway-clock.ts';
import { keep, readKept } from './kept-snapshot.ts';
import { liveStore, type LiveStore } from './live-store.ts';

/** `since` and `heardAt` are by the gateway's clock. */
export type Link =
  | { readonly state: 'connecting'; readonly heardAt?: number }
  | { readonly state: 'live'; readonly heardAt: number }
  | { readonly state: 'lost'; readonly since: number; readonly heardAt?: number };

export interface Live extends Omit<LiveStore, 'begin' | 'take'> {
  readonly link: ReadonlySignal<Link>;
  /** Epoch milliseconds by the gateway's clock; moves once a second. */
  readonly now: ReadonlySignal<number>;
}

const KINDS = ['site', 'asset', 'alarm', 'ticket', 'source', 'beat'] as const;
/** A half-open connection says nothing: this long without a beat counts as lost. */
const SILENT_AFTER_MS = 6000;
const TRY_AGAIN_AFTER_MS = 1500;
/** Screens are read by people: a burst of readings is drawn once. */
const DRAW_EVERY_MS = 200;
const KEEP_EVERY_MS = 15_000;

export function openLive(): Live {
  const kept = readKept();
  const store = liveStore(kept?.snapshot);
  const clock = gatewayClock();
  const link = signal<Link>({ state: 'connecting', ...heard(kept?.heardAt) });
  const lastWord = (): number | undefined => link.value.heardAt;

  const listen = (): void =>
    follow({
      opened: () => store.begin(),
      took: (events) => {
        const { state } = link.value;
        const beat = lastOf(events, 'beat');
        // A new connection begins with the site, whose moment serves until the first beat.
        const told = beat ?? (state === 'live' ? undefined : lastOf(events, 'site'));
        if (told) clock.set(Date.parse(told.data.now));
        store.take(events);
        const heardAt = clock.now.value;
        // Live begins with the first beat: only then is the picture whole.
        if (beat || state === 'live') link.value = { state: 'live', heardAt };
        else if (told) link.value = { ...link.value, heardAt };
        if (beat && state === 'lost') void reloadWhenBuildChanged();
      },
      lost: () => {
        if (link.value.state !== 'lost')
          link.value = { state: 'lost', since: clock.now.value, ...heard(lastWord()) };
        setTimeout(listen, TRY_AGAIN_AFTER_MS);
      },
    });
  listen();

  const remember = (): void => {
    const heardAt = lastWord();
    if (heardAt !== undefined) keep({ heardAt, snapshot: store.snapshot() });
  };
  setInterval(remember, KEEP_EVERY_MS);
  addEventListener('pagehide', remember);
  return { ...store, link, now: clock.now };
}

function lastOf<K extends LiveEvent['kind']>(events: readonly LiveEvent[], kind: K) {
  type Of = Extract<LiveEvent, { kind: K }>;
  return events.filter((event): event is Of => event.kind === kind).pop();
}

const heard = (at: number | undefined): { heardAt?: number } =>
  at === undefined ? {} : { heardAt: at };

interface Ears {
  opened(): void;
  took(events: readonly LiveEvent[]): void;
  /** Called once, when this stream is over. */
  lost(): void;
}

/** Follows one stream until it is lost, handing on what came in drawn-together bursts. */
function follow(ears: Ears): void {
  const stream = new EventSource('/api/v1/live');
  let waiting: LiveEvent[] = [];
  let draw: ReturnType<typeof setTimeout> | undefined;
  let alive = setTimeout(end, SILENT_AFTER_MS);

  function flush(): void {
    draw = undefined;
    const events = waiting;
    waiting = [];
    ears.took(events);
  }

  function end(): void {
    stream.close();
    clearTimeout(alive);
    clearTimeout(draw);
    ears.lost();
  }

  stream.addEventListener('open', () => ears.opened());
  stream.addEventListener('error', end);
  for (const kind of KINDS) {
    stream.addEventListener(kind, (message: MessageEvent<string>) => {
      clearTimeout(alive);
      alive = setTimeout(end, SILENT_AFTER_MS);
      waiting.push({ kind, data: JSON.parse(message.data) });
      draw ??= setTimeout(flush, DRAW_EVERY_MS);
    });
  }
}
