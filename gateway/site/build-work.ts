// The site file's `work` and `buildings` → how work is done, as the stages know it.
import { SEVERITIES } from '../domain/alarm.ts';
import { CATEGORIES } from '../domain/ticket.ts';
import { TIMED_STEPS, type Limits, type WorkSettings } from '../domain/work.ts';
import { spanOf } from './hours.ts';
import { durationOf } from './option.ts';
import type { BuildingForm, WorkForm } from './schema-work.ts';

export function workFrom(form: WorkForm, buildings: readonly BuildingForm[]): WorkSettings {
  return {
    routes: Object.fromEntries(
      CATEGORIES.flatMap((category) => {
        const route = form.routes[category];
        return route === undefined ? [] : [[category, route]];
      }),
    ),
    limits: limitsFrom(form.limits),
    hours: form.hours.map(spanOf),
    lookBackAfter: durationOf(form.lookBackAfter),
    rateWithin: durationOf(form.rateWithin),
    standIns: form.standIns,
    inTurn: form.inTurn,
    buildings: new Map(buildings.map((building) => [building.id, building])),
  };
}

const limitsFrom = (limits: WorkForm['limits']): Limits =>
  Object.fromEntries(
    TIMED_STEPS.map((step) => [
      step,
      Object.fromEntries(SEVERITIES.map((word) => [word, durationOf(limits[step][word])])),
    ]),
  ) as unknown as Limits;
