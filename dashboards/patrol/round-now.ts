// The round as it will be once what still waits has arrived, so that a tap is answered at once, however
// bad the network is. Pure: the gateway's round and the letters in, the round to show out.
import type { RoundView } from '../../gateway/api/schemas.ts';
import type { Letter } from './outbox.ts';
import { roundPath } from './paths.ts';

export type PlaceView = RoundView['route'][number];
export type LookView = PlaceView['look'][number];
export type PlaceState = 'seen' | 'part' | 'open';

export const stateOf = ({ checkedInBy, look }: PlaceView): PlaceState => {
  if (checkedInBy === undefined) return 'open';
  return look.every(({ verdict }) => verdict !== undefined) ? 'seen' : 'part';
};

export function roundNow(round: RoundView, letters: readonly Letter[], now: number): RoundView {
  const base = roundPath(round.id);
  const route = letters
    .filter(({ path }) => path.startsWith(`${base}/`))
    .reduce(
      (route, letter) => after(route, { letter, base, at: new Date(now).toISOString() }),
      [...round.route],
    );
  return {
    ...round,
    route,
    seen: route.filter((place) => stateOf(place) === 'seen').length,
    bad: route.flatMap(({ look }) => look).filter(({ verdict }) => verdict === 'bad').length,
  };
}

interface Step {
  readonly letter: Letter;
  readonly base: string;
  readonly at: string;
}

function after(route: PlaceView[], { letter: { path, body }, base, at }: Step): PlaceView[] {
  const action = path.slice(base.length + 1);
  return route.map((place) => {
    if (place.at !== body['place']) return place;
    if (action === 'check-in') return arrived(place, body['by'] === 'qr' ? 'qr' : 'hand', at);
    if (action !== 'look') return place;
    const verdict: LookView['verdict'] & string = body['verdict'] === 'bad' ? 'bad' : 'ok';
    const look = place.look.map((item, index) =>
      index === body['item'] ? { ...item, verdict, at } : item,
    );
    return { ...place, look };
  });
}

const arrived = (place: PlaceView, by: 'qr' | 'hand', at: string): PlaceView =>
  place.checkedInBy === undefined || by === 'qr'
    ? { ...place, checkedInBy: by, checkedInAt: place.checkedInAt ?? at }
    : place;

/** Where the walk goes on: the place somebody stands at until it is seen, then the next on the route. */
export function nextPlace(round: RoundView, here?: string): PlaceView | undefined {
  const start = round.route.findIndex(({ at }) => at === here) + 1;
  const onward = [...round.route.slice(start), ...round.route.slice(0, start)];
  return onward.find((place) => place.at !== here && stateOf(place) !== 'seen');
}

/** `https://…/r/k1`, `/patrol/at/k1` or `k1` as somebody types it. */
export function codeIn(text: string): string {
  const [, code] = /\/(?:r|at)\/([^/?#\s]+)/.exec(text) ?? [];
  return decoded(code ?? text.trim());
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
