// Patrols: places that are there, each once on a route, and a route that leads somewhere.
import type { Check } from './check.ts';
import { show } from './mistake.ts';
import { didYouMean } from './nearest.ts';
import {
  assetsOf,
  buildingsIn,
  idsOf,
  listed,
  patrolPlacesIn,
  patrolsIn,
  stationsIn,
} from './roster.ts';

export const patrolPlaceExists: Check = function* (file) {
  const known = idsOf([
    ...listed(stationsIn(file)),
    ...(['lamp', 'meter', 'circuit'] as const).flatMap((kind) => assetsOf(kind, file)),
    ...listed(buildingsIn(file)),
  ]);
  for (const { form, at } of patrolPlacesIn(file)) {
    if (typeof form.at !== 'string' || known.has(form.at)) continue;
    yield {
      at: [...at, 'at'],
      what: `unknown place ${show(form.at)}${didYouMean(form.at, known)}`,
      means: 'id of a station, lamp, meter, circuit or building',
    };
  }
};

export const patrolPlaceOnce: Check = function* (file) {
  for (const { form, at } of patrolsIn(file)) {
    const first = new Map<string, number>();
    for (const [index, place] of (form.places ?? []).entries()) {
      if (typeof place.at !== 'string') continue;
      const taken = first.get(place.at);
      if (taken === undefined) first.set(place.at, index);
      else
        yield {
          at: [...at, 'places', index, 'at'],
          what: `${show(place.at)} is on this route twice`,
          also: { words: 'it is already in', at: [...at, 'places', taken, 'at'] },
          means: 'one place is checked in at once; put both lists of questions together',
        };
    }
  }
};

export const patrolLeadsSomewhere: Check = function* (file) {
  for (const { form, at } of patrolsIn(file))
    if (form.places?.length === 0)
      yield { at: [...at, 'places'], what: 'has no place', means: 'a route of one place at least' };
};
