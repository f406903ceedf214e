// A year of days in mind, of which few are looked at.
import { expect, it } from 'vitest';
import { addDays } from '../../gateway/domain/day.ts';
import { ledgerShelf, savedDay } from '../../gateway/domain/ledger-shelf.ts';
import { instant, later, days, type Instant } from '../../gateway/domain/time.ts';
import { ledgerDay } from '../store/entries.ts';

const DAY = '2026-11-20';
const NOW: Instant = instant(Date.parse(`${DAY}T12:00:00Z`));
const on = (back: number) =>
  ledgerDay({ day: addDays(DAY, -back), id: `${addDays(DAY, -back)} wet k1` });

it('a day that was saved is read when it is asked for, and is told only once it changes', () => {
  const shelf = ledgerShelf([savedDay(on(200)), savedDay(on(0))]);
  expect(shelf.slices.get(on(200).id)).toEqual(on(200));
  expect(shelf.take(NOW)).toEqual([]);
  const changed = { ...on(200), depositedKg: 1 };
  shelf.slices.put(changed.id, changed);
  expect(shelf.take(NOW)).toEqual([changed]);
  expect(shelf.take(NOW)).toEqual([]);
});

it('a day that was laid away is what it was put as, whoever asks', () => {
  const shelf = ledgerShelf([]);
  const old = { ...on(30), depositedKg: 7 };
  for (const day of [old, on(0)]) shelf.slices.put(day.id, day);
  shelf.take(NOW);
  const all = Object.fromEntries(shelf.slices.all());
  expect(all).toEqual({ [old.id]: old, [on(0).id]: on(0) });
  expect(shelf.slices.get(old.id)).toEqual(old);
});

it.each([
  [370, true],
  [371, false],
])('a day of %i days ago is in mind: %s', (back, isKnown) => {
  const shelf = ledgerShelf([savedDay(on(back))]);
  shelf.slices.put(on(0).id, on(0));
  shelf.take(NOW);
  expect(shelf.slices.get(on(back).id) !== undefined).toBe(isKnown);
});

it('what somebody asked to have corrected is found among all, read or not', () => {
  const asked = { ...on(90), corrections: [] };
  const shelf = ledgerShelf([savedDay(asked), savedDay(on(91))]);
  const today = { ...on(0), corrections: [] };
  shelf.slices.put(today.id, today);
  expect([...shelf.slices.corrected()].map(({ id }) => id)).toEqual([asked.id, today.id]);
  shelf.take(later(NOW, days(9)));
  expect([...shelf.slices.corrected()].map(({ id }) => id).sort()).toEqual([asked.id, today.id]);
});

it('a day that is dropped is gone, and is told no more', () => {
  const shelf = ledgerShelf([savedDay(on(5))]);
  shelf.slices.drop(on(5).id);
  expect([...shelf.slices.all()]).toEqual([]);
  expect(shelf.take(NOW)).toEqual([]);
});
