// The picture tiles: what a resident may have met, and of that first what fits the place.
import type { Spot, SpotKind } from '../../domain/spot.ts';
import { html, type Html } from './html.ts';
import { pictogram } from './pictograms.ts';
import type { Words } from './words.ts';
import { MET, type Met } from './words-zh.ts';

const FITS: Readonly<Record<SpotKind, readonly Met[]>> = {
  station: ['bin-full', 'bin-room-dirty', 'dumping', 'bin-broken', 'lamp', 'drain'],
  lamp: ['lamp', 'electricity', 'flying-wire-charging', 'ads', 'greenery', 'noise'],
  meter: ['water-leak', 'drain', 'manhole', 'electricity', 'noise', 'greenery'],
  building: ['lift', 'lamp', 'fire-lane-blocked', 'flying-wire-charging', 'ads', 'water-leak'],
};

const sortedFor = (spot: Spot): readonly Met[] => [
  ...FITS[spot.kind],
  ...MET.filter((one) => !FITS[spot.kind].includes(one)),
];

export const tiles = (spot: Spot, words: Words, chosen: string): Html =>
  html`<div class="tiles">
    ${sortedFor(spot).map(
      (one) =>
        html`<label class="tile"
          ><input type="radio" name="category" value="${one}" ${one === chosen && 'checked'} />
          <span class="tile__face">${pictogram(one)}<span>${words.met[one]}</span></span></label
        >`,
    )}
  </div>`;
