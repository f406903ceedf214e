import { describe, expect, it } from 'vitest';
import { createRuleBook, lampsOf, type Pair } from '../../gateway/rules/rule-book.ts';
import {
  BIN_FULL,
  CIRCUIT_DOWN,
  COMPOUND,
  device,
  LAMP_OUT,
  LINE_LOST,
  RULES,
  SILENT,
  SMALL_SITE,
} from '../fakes/small-site.ts';

const book = createRuleBook(SMALL_SITE, RULES);
const keys = (pairs: readonly Pair[]): string[] => pairs.map((pair) => pair.key);

describe('every rule on every subject', () => {
  it('is a pair: bins, lamps, the circuit, devices, lines', () => {
    expect(keys([...book.pairs.values()])).toEqual([
      'bin-full:k1-wet',
      ...['leak', 'lamp-out', 'lamp-by-day'].flatMap((rule) =>
        [1, 2, 3, 4].map((n) => `${rule}:lamp-${n}`),
      ),
      'circuit-down:c1',
      ...['k1', 'lamp-1', 'lamp-2', 'lamp-3', 'lamp-4', 'meter-1'].map((id) => `silent:${id}`),
      'line-lost:bins-line',
      'line-lost:lights-line',
      'stuck:k1-wet',
    ]);
  });

  it.each([
    [
      'named assets',
      { ...LAMP_OUT, only: ['lamp-2', 'lamp-4'] },
      ['lamp-out:lamp-2', 'lamp-out:lamp-4'],
    ],
    ['named devices', { ...SILENT, only: ['k1'] }, ['silent:k1']],
    ['named lines', { ...LINE_LOST, only: ['bins-line'] }, ['line-lost:bins-line']],
    ['things of its own kind', { ...BIN_FULL, only: ['k1-wet', 'lamp-1'] }, ['bin-full:k1-wet']],
    ['nothing', { ...BIN_FULL, only: [] }, []],
  ])('is narrowed to %s', (_, rule, expected) => {
    expect(keys([...createRuleBook(SMALL_SITE, [rule]).pairs.values()])).toEqual(expected);
  });
});

describe('who is touched', () => {
  it.each([
    ['a fill', book.touchedByReading('k1-wet', 'fill'), ['bin-full:k1-wet']],
    ['a distance', book.touchedByReading('k1-wet', 'distance'), ['stuck:k1-wet']],
    ['a draw', book.touchedByReading('lamp-1', 'power'), ['lamp-out:lamp-1', 'lamp-by-day:lamp-1']],
    ['a switch', book.touchedByReading('lamp-1', 'on'), ['lamp-out:lamp-1', 'lamp-by-day:lamp-1']],
    ['a voltage that no rule is about', book.touchedByReading('lamp-1', 'voltage'), []],
    ['a fill of a meter', book.touchedByReading('water-main', 'fill'), []],
    ['an asset that nobody knows', book.touchedByReading('nowhere', 'fill'), []],
    ['a device', book.touchedByDevice('lamp-1'), ['silent:lamp-1']],
    ['a line', book.touchedBySource('bins-line'), ['line-lost:bins-line']],
  ])('by %s', (_, pairs, expected) => {
    expect(keys(pairs)).toEqual(expected);
  });
});

describe('which explains which', () => {
  it('a circuit explains its dark lamps and their silence', () => {
    expect(keys(book.children('circuit-down:c1'))).toEqual([
      ...[1, 2, 3, 4].map((n) => `lamp-out:lamp-${n}`),
      ...[1, 2, 3, 4].map((n) => `silent:lamp-${n}`),
    ]);
  });

  it('a line explains the silence behind it, and no more', () => {
    expect(keys(book.children('line-lost:lights-line'))).toEqual(
      ['lamp-1', 'lamp-2', 'lamp-3', 'lamp-4', 'meter-1'].map((id) => `silent:${id}`),
    );
    expect(keys(book.children('line-lost:bins-line'))).toEqual(['silent:k1']);
  });

  it('the line comes before the circuit', () => {
    expect(keys(book.parents('silent:lamp-1'))).toEqual([
      'line-lost:lights-line',
      'circuit-down:c1',
    ]);
    expect(keys(book.parents('lamp-out:lamp-1'))).toEqual(['circuit-down:c1']);
    expect(book.parents('bin-full:k1-wet')).toEqual([]);
  });

  it('a device that speaks of more than one circuit’s lamps is not silent because of it', () => {
    const shared = device('cabinet', 'lights-line', { a: 'lamp-1', b: 'water-main' });
    const compound = { ...COMPOUND, devices: new Map([...COMPOUND.devices, ['cabinet', shared]]) };
    const wider = createRuleBook({ ...SMALL_SITE, compound }, [SILENT, LAMP_OUT, CIRCUIT_DOWN]);
    expect(keys(wider.parents('silent:cabinet'))).toEqual([]);
  });
});

it('only a circuit has lamps', () => {
  expect(lampsOf(COMPOUND.assets.get('c1'))).toHaveLength(4);
  expect([lampsOf(COMPOUND.assets.get('k1-wet')), lampsOf(undefined)]).toEqual([[], []]);
});
