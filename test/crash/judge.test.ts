// The judge of the crash states finds each thing that can be wrong, and nothing where all is right.
import { describe, expect, it } from 'vitest';
import { savedDay } from '../../gateway/domain/ledger-shelf.ts';
import type { LogRecord } from '../../gateway/domain/record.ts';
import { NOON, reading } from '../store/entries.ts';
import { judge } from './judge.ts';
import type { Found } from './opened.ts';
import { valuesOf, type Said } from './said.ts';
import { smallFold } from './small-fold.ts';

const MESSAGES = [0, 1, 2, 3, 4];
const READINGS: readonly LogRecord[] = MESSAGES.flatMap(valuesOf).map((value, index) => ({
  ...reading({ value, part: value % 10 }),
  sequence: index + 1,
}));
const CURSOR = READINGS.length;
const fold = smallFold();
for (const record of READINGS) fold.take(record);
const { derived, alarms, audited, ledger, ...kept } = fold.whole();
const RECORDS: readonly LogRecord[] = [
  ...READINGS,
  ...derived.map((entry, index) => ({ ...entry, sequence: CURSOR + 1 + index })),
];
const HEAD = RECORDS.length;
const SOUND: Found = {
  records: RECORDS,
  step: {
    ...kept,
    ledger: ledger.map(savedDay),
    alarms: alarms.filter(({ state }) => state !== 'normal'),
  },
  alarms,
  position: 8,
  letters: [{ sequence: 7, words: 'no 7', at: NOON }],
  gaps: [],
  charted: CURSOR,
  next: HEAD + 1,
  integrity: 'ok',
  audited,
  breaks: [],
};
const PROMISED: readonly Said[] = [
  { said: 'appended', first: 1, values: valuesOf(0) },
  { said: 'appended', first: 2, values: valuesOf(1) },
  { said: 'saved', cursor: CURSOR },
  { said: 'moved', to: 8 },
];
const kindsIn = (changed: Partial<Found>, promised = PROMISED) => [
  ...new Set(judge({ ...SOUND, ...changed }, promised).map(({ kind }) => kind)),
];
const without = (index: number): LogRecord[] => RECORDS.filter((_, at) => at !== index);

describe('the judge of crash states', () => {
  it('finds nothing in a store that kept everything, nor where more is there than was promised', () => {
    expect(kindsIn({})).toEqual([]);
    expect(kindsIn({}, [])).toEqual([]);
  });

  it.each<[what: string, changed: Partial<Found>, kind: string]>([
    ['an acknowledged append that is gone', { records: RECORDS.slice(0, 1) }, 'lost'],
    ['a cursor that went back', { position: 7 }, 'lost'],
    ['a step that went back whole', { step: { ...SOUND.step, cursor: 3 } }, 'lost'],
    ['a gap in the sequences', { records: without(CURSOR + 2) }, 'torn'],
    ['a message without its end', { records: READINGS.slice(0, -1) }, 'torn'],
    ['a derived record too few', { records: RECORDS.slice(0, -1) }, 'doubled'],
    ['an effect without the cursor', { step: { ...SOUND.step, cursor: CURSOR - 1 } }, 'doubled'],
    ['a cursor without the effect', { step: { ...SOUND.step, slices: [] } }, 'doubled'],
    ['an alarm too few', { alarms: [] }, 'doubled'],
    ['a rollup that counts twice', { charted: CURSOR + 1 }, 'doubled'],
    ['a dead letter too few', { letters: [] }, 'doubled'],
    ['an audit entry too few', { audited: audited.slice(1) }, 'doubled'],
    ['an audit entry twice', { audited: [...audited, 1] }, 'doubled'],
    [
      'a broken audit chain',
      { breaks: [{ kind: 'changed', number: 1, expected: 'a', found: 'b' }] },
      'doubled',
    ],
    ['a sequence that was given before', { next: HEAD }, 'reused'],
    ['a broken file', { integrity: 'row 3 missing from index' }, 'corrupt'],
  ])('finds %s', (_, changed, kind) => {
    expect(kindsIn(changed)).toContain(kind);
  });

  it('finds nothing in a gap that is written down', () => {
    const gap = { first: CURSOR + 1, last: CURSOR + 100, count: 0, at: NOON };
    const leapt = RECORDS.map((record, index) =>
      index < CURSOR ? record : { ...record, sequence: record.sequence + 100 },
    );
    const further = { records: leapt, next: HEAD + 101 };
    expect(kindsIn({ ...further, gaps: [gap] })).toEqual([]);
    expect(kindsIn(further)).toEqual(['torn']);
  });

  it('finds a message that is there twice', () => {
    const again = { ...reading({ value: 0 }), sequence: HEAD + 1 };
    expect(kindsIn({ records: [...RECORDS, again] })).toContain('doubled');
  });
});
