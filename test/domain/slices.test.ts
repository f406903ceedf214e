import { expect, it } from 'vitest';
import { trackedSlices } from '../../gateway/domain/slices.ts';

const told = (id: string, value: number | undefined): string => `${id} ${value}`;

it('what was dropped and put again is told once, where it was first', () => {
  const slices = trackedSlices<number>([['a', 1]], 'shown');
  slices.drop('a');
  slices.put('b', 2);
  slices.put('a', 3);
  expect(slices.takeUnsaved(told)).toEqual(['a 3', 'b 2']);
  expect([...slices.all()]).toEqual([
    ['b', 2],
    ['a', 3],
  ]);
  slices.drop('b');
  slices.drop('nobody');
  expect(slices.takeUnsaved(told)).toEqual(['b undefined']);
  expect(slices.takeUntold((id) => id)).toEqual(['a', 'b']);
});

it('what is saved is still untold, and the other way round', () => {
  const slices = trackedSlices<number>([], 'shown');
  slices.put('a', 1);
  expect(slices.takeUnsaved(told)).toEqual(['a 1']);
  slices.put('a', 2);
  expect(slices.takeUntold((id) => id)).toEqual(['a']);
  expect(slices.takeUnsaved(told)).toEqual(['a 2']);
  expect(slices.takeUntold((id) => id)).toEqual([]);
});

it('whoever keeps hold of a slot sees what others put there', () => {
  const slices = trackedSlices<number>([['a', 1]], 'unshown');
  const slot = slices.slot('a');
  slices.put('a', 2);
  expect(slot?.value).toBe(2);
  if (slot) slices.fill(slot, 3);
  expect(slices.get('a')).toBe(3);
  expect(slices.takeUnsaved(told)).toEqual(['a 3']);
  expect(slices.slot('b')).toBeUndefined();
  expect(slices.takeUntold((id) => id)).toEqual([]);
});
