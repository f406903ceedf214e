import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAgenda, type Agenda } from '../../gateway/domain/agenda.ts';
import { instant, type Instant } from '../../gateway/domain/time.ts';

const t = (ms: number): Instant => instant(ms);

function takeAll(agenda: Agenda, until: number): string[] {
  const taken: string[] = [];
  for (let due = agenda.take(t(until)); due; due = agenda.take(t(until)))
    taken.push(`${due.key}@${due.at}`);
  return taken;
}

describe('an agenda', () => {
  it('with nothing on it is never due', () => {
    const agenda = createAgenda();
    expect(agenda.next()).toBeUndefined();
    expect(agenda.take(t(Infinity))).toBeUndefined();
    agenda.set('a', undefined);
    expect(agenda.next()).toBeUndefined();
  });

  it.each([
    [999, []],
    [1000, ['a@1000']],
    [1001, ['a@1000']],
  ])('that is due at 1000 gives at %i: %j', (until, taken) => {
    const agenda = createAgenda();
    agenda.set('a', t(1000));
    expect(takeAll(agenda, until)).toEqual(taken);
  });

  it('gives the earliest first, and of one instant the keys in their own order', () => {
    const agenda = createAgenda();
    for (const [key, at] of [
      ['c', 2],
      ['b', 1],
      ['a', 2],
      ['d', 0],
    ] as const)
      agenda.set(key, t(at));
    expect(takeAll(agenda, 2)).toEqual(['d@0', 'b@1', 'a@2', 'c@2']);
  });

  it('gives a key once, however often it was put off, brought forward or forgotten in between', () => {
    const agenda = createAgenda();
    for (const at of [5, 9, undefined, 7, 3, 7])
      agenda.set('a', at === undefined ? undefined : t(at));
    expect(agenda.at('a')).toBe(7);
    expect(agenda.next()).toBe(7);
    expect(takeAll(agenda, 6)).toEqual([]);
    expect(takeAll(agenda, 99)).toEqual(['a@7']);
    expect(agenda.at('a')).toBeUndefined();
  });

  it('takes a key anew after it was taken, even for the same instant', () => {
    const agenda = createAgenda();
    agenda.set('a', t(1));
    agenda.set('a', undefined);
    agenda.set('a', t(1));
    expect(takeAll(agenda, 1)).toEqual(['a@1']);
    agenda.set('a', t(1));
    expect(takeAll(agenda, 1)).toEqual(['a@1']);
  });
});

/** The same by looking through a list: slow, and plainly right. */
function naiveAgenda(): Agenda {
  const rows = new Map<string, Instant>();
  const first = () =>
    [...rows]
      .map(([key, at]) => ({ key, at }))
      .sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1))[0];
  return {
    set: (key, at) => void (at === undefined ? rows.delete(key) : rows.set(key, at)),
    at: (key) => rows.get(key),
    next: () => first()?.at,
    take(until) {
      const row = first();
      if (!row || row.at > until) return undefined;
      rows.delete(row.key);
      return row;
    },
  };
}

it('an agenda does what a sorted list would, whatever is asked of it', () => {
  const key = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const moment = fc.integer({ min: 0, max: 12 }).map(t);
  const ask = fc.oneof(
    { weight: 4, arbitrary: fc.record({ say: fc.constant('set'), key, at: moment }) },
    { weight: 2, arbitrary: fc.record({ say: fc.constant('forget'), key, at: moment }) },
    { weight: 3, arbitrary: fc.record({ say: fc.constant('take'), key, at: moment }) },
  );
  fc.assert(
    fc.property(fc.array(ask, { maxLength: 60 }), (asks) => {
      const [agenda, naive] = [createAgenda(), naiveAgenda()];
      const ask = (one: Agenda, { say, key, at }: (typeof asks)[number]): unknown => {
        const taken = say === 'take' ? one.take(at) : one.set(key, say === 'set' ? at : undefined);
        return [taken, one.next(), one.at(key)];
      };
      for (const each of asks) expect(ask(agenda, each)).toEqual(ask(naive, each));
      expect(takeAll(agenda, 99)).toEqual(takeAll(naive, 99));
    }),
    { numRuns: 500 },
  );
});
