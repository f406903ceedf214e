// Bins: the distances of one bin must agree with each other.
import type { Check } from './check.ts';
import { binsIn } from './roster.ts';

export const fullIsNearerThanEmpty: Check = function* (file) {
  for (const { form, at } of binsIn(file)) {
    const { emptyMm, fullMm } = form;
    if (emptyMm === undefined || fullMm === undefined || fullMm < emptyMm) continue;
    yield {
      at: [...at, 'fullMm'],
      what: `${fullMm} must be less than emptyMm, which is ${emptyMm}`,
      also: { words: 'see', at: [...at, 'emptyMm'] },
      means: 'the sensor looks down: a full bin is nearer to it than an empty one',
    };
  }
};

export const geometryIsWhole: Check = function* (file) {
  for (const { form, at } of binsIn(file)) {
    if ('emptyMm' in form === 'fullMm' in form) continue;
    const [given, other] = 'emptyMm' in form ? ['emptyMm', 'fullMm'] : ['fullMm', 'emptyMm'];
    yield {
      at: [...at, given],
      what: `${given} without ${other}; write both`,
      means: 'fill is counted between the two',
    };
  }
};

export const fullIsOutsideBlindZone: Check = function* (file) {
  for (const { form, at } of binsIn(file)) {
    const { blindMm, fullMm } = form;
    if (blindMm === undefined || fullMm === undefined || fullMm > blindMm) continue;
    yield {
      at: [...at, 'fullMm'],
      what: `${fullMm} must be more than the blind zone, blindMm, which is ${blindMm}`,
      means: 'nearer echoes are bad ones, so this bin could never be full',
    };
  }
};
