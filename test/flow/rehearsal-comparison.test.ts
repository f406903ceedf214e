import { describe, expect, it } from 'vitest';
import { instant, minutes } from '../../gateway/domain/time.ts';
import { compared } from '../../gateway/flow/rehearsal/rehearsal-comparison.ts';
import type { Occurrence } from '../../gateway/flow/rehearsal/rehearsal-stage.ts';

/** `2-5 k1`: raised in the second minute, cleared in the fifth; `2- k1` still stands. */
const alarm = (words: string): Occurrence => {
  const [, raised = '', cleared = '', asset = ''] = /^(\d+)-(\d*) (\S+)$/.exec(words) ?? [];
  const at = (minute: string) => instant(minutes(Number(minute)));
  return {
    rule: 'bin-full',
    asset,
    raisedAt: at(raised),
    ...(cleared !== '' && { clearedAt: at(cleared) }),
    isQuiet: false,
  };
};

const fates = (before: readonly string[], after: readonly string[]): string[] =>
  compared(before.map(alarm), after.map(alarm)).map(({ fate, raisedAt, wasRaisedAt, asset }) =>
    [
      fate,
      asset,
      raisedAt / 60_000,
      ...(wasRaisedAt === undefined ? [] : [wasRaisedAt / 60_000]),
    ].join(' '),
  );

describe('two casts of alarms', () => {
  it.each<[string, string[], string[], string[]]>([
    ['the same one is both', ['2-5 a'], ['2-9 a'], ['both a 2']],
    ['one that overlaps is the same, later', ['2-9 a'], ['5-9 a'], ['later a 5 2']],
    ['or earlier', ['5-9 a'], ['2-9 a'], ['earlier a 2 5']],
    ['touching is enough', ['2-5 a'], ['5-9 a'], ['later a 5 2']],
    ['apart is not the same', ['2-4 a'], ['5-9 a'], ['only-before a 2', 'only-after a 5']],
    ['nor is another asset', ['2-5 a'], ['2-5 b'], ['only-after b 2', 'only-before a 2']],
    ['one that stands for ever touches all later ones', ['2- a'], ['50- a'], ['later a 50 2']],
    [
      'of a wobble one is the same as the long one',
      ['2-3 a', '4-5 a', '6-7 a'],
      ['2-7 a'],
      ['both a 2', 'only-before a 4', 'only-before a 6'],
    ],
    [
      'of a long one the first of a wobble is',
      ['2-7 a'],
      ['3-4 a', '5-6 a'],
      ['later a 3 2', 'only-after a 5'],
    ],
    [
      'who has a partner of the very same moment keeps it',
      ['4-9 a'],
      ['2-4 a', '4-9 a'],
      ['only-after a 2', 'both a 4'],
    ],
    [
      'twice in one moment is twice',
      ['2-2 a', '2-5 a'],
      ['2-2 a', '2-5 a'],
      ['both a 2', 'both a 2'],
    ],
    ['none against none is nothing', [], [], []],
  ])('%s', (_, before, after, expected) => {
    expect(fates(before, after).toSorted()).toEqual(expected.toSorted());
  });

  it('are told in order of time', () => {
    const rows = compared(['9- b', '3-4 a'].map(alarm), ['6-7 c'].map(alarm));
    expect(rows.map(({ raisedAt }) => raisedAt / 60_000)).toEqual([3, 6, 9]);
  });
});
