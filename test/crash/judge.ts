// Holds what a crash has left against what was promised before it. Pure.
//
// Promises: every acknowledged append lies where its answer said, whole; no append lies there in
// part or twice; sequences run on, but for gaps that are written down, and none is given again; the
// step's cursor and its effects are of one moment; no cursor that was acknowledged has gone back.
import { isDeepStrictEqual } from 'node:util';
import type { Alarm } from '../../gateway/domain/alarm.ts';
import { savedDay } from '../../gateway/domain/ledger-shelf.ts';
import type { LogRecord, Sequence } from '../../gateway/domain/record.ts';
import type { Found } from './opened.ts';
import { isPoison, lengthOf, type Said } from './said.ts';
import { smallFold } from './small-fold.ts';

export interface Finding {
  /** `lost`: acknowledged, and gone. `doubled`: there twice, or an effect without its cause. */
  readonly kind: 'unopened' | 'corrupt' | 'lost' | 'torn' | 'doubled' | 'reused';
  readonly words: string;
}

export function judge(found: Found, promised: readonly Said[]): Finding[] {
  return [
    ...(found.integrity === 'ok' ? [] : [finding('corrupt', found.integrity)]),
    ...promised.filter(isBrokenBy(found)).map(lost),
    ...tornIn(found),
    ...doubledIn(found.records),
    ...strayEffects(found),
    ...reused(found, promised),
  ];
}

export const lost = (said: Said): Finding => finding('lost', JSON.stringify(said));

export const finding = (kind: Finding['kind'], words: string): Finding => ({ kind, words });

function isBrokenBy({ records, step, position }: Found): (said: Said) => boolean {
  const bySequence = new Map(records.map((record) => [record.sequence, record]));
  const isThere = (value: number, sequence: Sequence): boolean => {
    const record = bySequence.get(sequence);
    return record?.kind === 'reading' && record.value === value;
  };
  return (said) => {
    switch (said.said) {
      case 'appended':
        return !said.values.every((value, part) => isThere(value, said.first + part));
      case 'saved':
        return step.cursor < said.cursor;
      case 'moved':
        return position < said.to;
    }
  };
}

/** Sequences that are left out in silence, and messages of which only a part is there. */
function tornIn({ records, gaps }: Found): Finding[] {
  const leaps = records.filter(({ sequence }, index) => {
    const before = records[index - 1]?.sequence ?? 0;
    const isTold = gaps.some(({ first, last }) => first <= before + 1 && last >= sequence - 1);
    return sequence !== before + 1 && !isTold;
  });
  const parts = records.filter((record, index) => {
    if (record.kind !== 'reading' || record.part !== 0) return false;
    const rest = records.slice(index, index + lengthOf(record.value / 10));
    return (
      !rest.every((one, part) => one.kind === 'reading' && one.value === record.value + part) ||
      rest.length < lengthOf(record.value / 10)
    );
  });
  return [
    ...leaps.map(({ sequence }) => finding('torn', `a gap before ${sequence}, and no word of it`)),
    ...parts.map(({ sequence }) => finding('torn', `a part of the message at ${sequence}`)),
  ];
}

function doubledIn(records: readonly LogRecord[]): Finding[] {
  const seen = new Set<number>();
  return records
    .filter((record) => record.kind === 'reading' && seen.size === seen.add(record.value).size)
    .map(({ sequence }) => finding('doubled', `the reading at ${sequence} is there before`));
}

/** Whatever of the folds is not exactly the fold of the log up to its cursor. */
function strayEffects(found: Found): Finding[] {
  const { records, step, alarms, position, letters, charted } = found;
  const folded = smallFold();
  for (const record of records) if (record.sequence <= step.cursor) folded.take(record);
  const { derived, ...should } = folded.whole();
  const computed = records.filter(({ kind }) => kind === 'derived');
  const poison = records.map(({ sequence }) => sequence).filter(isPoison);
  const pairs: readonly (readonly [what: string, is: unknown, should: unknown])[] = [
    ['cursor', step.cursor, should.cursor],
    ['slices', sorted(step.slices), sorted(should.slices)],
    ['alarms', sorted(alarms), sorted(should.alarms)],
    ['open alarms', sorted(step.alarms), sorted(should.alarms.filter(isOpen))],
    ['tickets', sorted(step.tickets), sorted(should.tickets)],
    ['days', sorted(step.ledger), sorted(should.ledger.map(savedDay))],
    ['derived', unnumbered(computed), unnumbered(derived)],
    ['audit entries', found.audited, should.audited],
    ['breaks of the audit chain', found.breaks, []],
    ['readings in charts', charted, records.filter(({ kind }) => kind === 'reading').length],
    [
      'dead letters',
      letters.map(({ sequence }) => sequence).toSorted((a, b) => a - b),
      poison.filter((sequence) => sequence <= position),
    ],
  ];
  return pairs
    .filter(([, is, should]) => !isDeepStrictEqual(is, should))
    .map(([what, is, should]) =>
      finding('doubled', `${what} are ${JSON.stringify(is)}, not ${JSON.stringify(should)}`),
    );
}

const unnumbered = (entries: readonly object[]): object[] =>
  entries.map((entry) => ({ ...entry, sequence: 0 }));

const isOpen = ({ state }: Alarm): boolean => state !== 'normal';

const sorted = (things: readonly unknown[]): string[] =>
  things.map((thing) => JSON.stringify(thing)).sort();

function reused({ records, step, position, next }: Found, promised: readonly Said[]): Finding[] {
  const given = promised.flatMap((said) =>
    said.said === 'appended' ? [said.first + said.values.length - 1] : [],
  );
  const head = records.at(-1)?.sequence ?? 0;
  const most = Math.max(head, step.cursor, position, ...given);
  return next === undefined || next > most
    ? []
    : [finding('reused', `${next} is given again; ${most} was given before`)];
}
