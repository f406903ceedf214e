// When someone is on duty, in a few words: “周一至周五 08:00–18:00”.
import type { Words } from '../shared/words.ts';
import { WEEKDAYS, type Duty, type Weekday } from './person-form.ts';

export function dutyText(duty: readonly Duty[], words: Words): string {
  if (duty.length === 0) return words.people.list.always;
  return duty
    .map(
      ({ days, from, to }) => `${daysText(days, words)} ${from}–${to === '00:00' ? '24:00' : to}`,
    )
    .join('; ');
}

function daysText(days: readonly string[], words: Words): string {
  const on = WEEKDAYS.map((day) => days.includes(day));
  if (on.every(Boolean)) return words.people.daily;
  return runsOf(on)
    .map(([first, last]) => runText(first, last, words))
    .join(words.people.separator);
}

/** Days in a row, as places in the week: first and last. */
function runsOf(on: readonly boolean[]): [number, number][] {
  const runs: [number, number][] = [];
  on.forEach((isOn, place) => {
    const run = runs[runs.length - 1];
    if (isOn && run?.[1] === place - 1) run[1] = place;
    else if (isOn) runs.push([place, place]);
  });
  return runs;
}

function runText(first: number, last: number, words: Words): string {
  const name = (place: number): string => words.people.weekdays[WEEKDAYS[place] as Weekday];
  if (first === last) return name(first);
  const between = last === first + 1 ? words.people.separator : '–';
  return `${name(first)}${between}${name(last)}`;
}
