import { describe, expect, it } from 'vitest';
import { inRun } from '../parts/part.ts';
import { CANDIDATE_KEYS, chosen } from './chosen.ts';

const keysOf = (choice: Parameters<typeof chosen>[0]): string[] =>
  chosen(choice).map(({ key }) => key);

describe('who is measured', () => {
  it('in a short run is who a target compares with', () => {
    expect(keysOf({ wanted: undefined, isQuick: true })).toEqual(['courtyard', 'batched', 'drawn']);
  });

  it('in a long run is everybody', () => {
    expect(keysOf({ wanted: undefined, isQuick: false })).toEqual(CANDIDATE_KEYS);
  });

  it('is who was asked for, in the order of the columns', () => {
    expect(keysOf({ wanted: ['by-hand', 'courtyard'], isQuick: true })).toEqual([
      'courtyard',
      'by-hand',
    ]);
  });

  it('is in the later runs only who has a target', () => {
    const all = chosen({ wanted: undefined, isQuick: false });
    expect(inRun(all, 0)).toEqual(all);
    expect(inRun(all, 1).map(({ key }) => key)).toEqual(['courtyard', 'batched', 'drawn']);
  });
});
