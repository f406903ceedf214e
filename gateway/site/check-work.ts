// Work: hours that have a length, and buildings that exist.
import type { Check } from './check.ts';
import { lengthless } from './check-hours.ts';
import { show } from './mistake.ts';
import { didYouMean } from './nearest.ts';
import { buildingsIn, circuitsIn, idsOf, listed, metersIn, stationsIn } from './roster.ts';

export const workingHoursHaveLength: Check = (file) =>
  lengthless(file.work?.hours ?? [], ['work', 'hours']);

export const buildingExists: Check = function* (file) {
  const known = idsOf(listed(buildingsIn(file)));
  for (const { form, at } of [...stationsIn(file), ...circuitsIn(file), ...metersIn(file)]) {
    const { building } = form;
    if (typeof building !== 'string' || known.has(building)) continue;
    yield {
      at: [...at, 'building'],
      what: `unknown building ${show(building)}${didYouMean(building, known)}`,
      means: 'id of one under buildings',
    };
  }
};
