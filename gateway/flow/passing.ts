// What changes though nothing is heard: states that age, a lamp's duty, a source's health, a deed on
// site. Looked at a few assets at a time, so that thousands of them hold nobody up.
import type { AssetView, LiveEvent, SiteView, SourceView } from '../api/schemas.ts';
import { milliseconds, seconds, type Clock, type Duration } from '../domain/time.ts';
import { assetView, isShown, type ViewScene } from './views.ts';

interface PassingParts {
  readonly scene: ViewScene;
  readonly clock: Pick<Clock, 'now'>;
  readonly site: () => SiteView;
  readonly sources: () => SourceView[];
}

export interface Passing {
  /** Looks at the next few: what of them is otherwise than when they were last looked at. */
  look(): LiveEvent[];
  /** How often it wants to look, so that it comes round in a second. */
  readonly every: Duration;
}

const ROUND = seconds(1);
const PORTION = 50;

export function createPassing({ scene, clock, site, sources }: PassingParts): Passing {
  const assets = [...scene.compound.assets.values()].filter(isShown);
  const known = new Map<string, string>();
  let next = 0;
  const isNews = (key: string, words: string): boolean => {
    const isChanged = known.has(key) && known.get(key) !== words;
    known.set(key, words);
    return isChanged;
  };
  const ofPlace = (): LiveEvent[] => {
    const place = site();
    const events: LiveEvent[] = [];
    if (isNews('site', `${place.influx} ${place.sunset} ${boardSign(place)}`))
      events.push({ kind: 'site', data: place });
    for (const data of sources()) {
      if (isNews(`source ${data.id}`, `${data.state} ${data.why}`))
        events.push({ kind: 'source', data });
    }
    return events;
  };
  return {
    every: milliseconds(ROUND / Math.max(1, Math.ceil(assets.length / PORTION))),
    look() {
      const events = next === 0 ? ofPlace() : [];
      for (const asset of assets.slice(next, next + PORTION)) {
        const data = assetView(scene, asset, clock.now());
        if (isNews(`asset ${asset.id}`, signOf(data))) events.push({ kind: 'asset', data });
      }
      next = next + PORTION < assets.length ? next + PORTION : 0;
      return events;
    },
  };
}

const signOf = ({ state, shouldBeOn, ...place }: AssetView): string =>
  [
    state,
    shouldBeOn,
    place.collectedAt,
    place.missedCollection?.expectedBy,
    place.outOfService?.since,
  ].join(' ');

const boardSign = ({ stations }: SiteView): string =>
  stations
    .flatMap(({ board = [] }) => board.map(({ id, version }) => `${id}.${version}`))
    .join(' ');
