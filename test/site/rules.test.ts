// Every form of a rule in the site file, and what becomes of it.
import { describe, expect, it } from 'vitest';
import { hours, milliseconds, minutes } from '../../gateway/domain/time.ts';
import { LEAST, load } from './tools.ts';

const STATION = `stations:
  - id: k1
    name: 1号投放点
    windows: [{ from: "07:00", to: "09:00" }]
    bins: [{ id: k1-wet, stream: wet, position: 1, emptyMm: 1000, fullMm: 200 }]
`;

function ruleOf(line: string) {
  const lamp = '  - { id: dark, on: lamp, should: on, severity: low }';
  const { site, mistakes } = load(
    `${LEAST}${STATION}rules:\n${lamp}\n  - { id: x, severity: low, ${line} }\n`,
  );
  expect(mistakes).toBeUndefined();
  return site?.rules[1];
}

describe('a rule of the site file', () => {
  it.each([
    [
      'on: lamp, quantity: voltage, outside: { least: 200, most: 250 }',
      { kind: 'outside', least: 200, most: 250, clearLeast: 200, clearMost: 250 },
    ],
    [
      'on: lamp, quantity: voltage, outside: { least: 200, most: 250 }, clearWithin: { least: 205, most: 245 }',
      { kind: 'outside', clearLeast: 205, clearMost: 245 },
    ],
    [
      'on: bin, quantity: temperature, rises: { by: 10, within: 10m }',
      { kind: 'rate', side: 'rises', by: 10, within: minutes(10) },
    ],
    [
      'on: meter, quantity: flow, falls: { by: 100, within: 1h }, holdFor: 1m',
      { kind: 'rate', side: 'falls', by: 100, within: hours(1), holdFor: minutes(1) },
    ],
    [
      'on: bin, quantity: distance, noisy: { moreThan: 40, within: 30m }',
      { kind: 'noise', moreThan: 40, within: minutes(30) },
    ],
    ['on: bin, outsideWindow: {}', { kind: 'off-hours', quantity: 'net', moreThanKg: 0.3 }],
    ['on: bin, meaning: contaminated', { kind: 'meaning', meaning: 'contaminated' }],
    ['on: scale, outsideWindow: { moreThanKg: 2 }', { kind: 'off-hours', moreThanKg: 2 }],
    [
      'on: lamp, quantity: on, disagrees: { with: power, moreThan: 0.7 }',
      { kind: 'disagree', other: { quantity: 'power' }, moreThan: 0.7, within: minutes(10) },
    ],
    [
      'on: bin, quantity: net, disagrees: { with: k1-wet.gross, moreThan: 50, within: 1m }',
      { kind: 'disagree', other: { asset: 'k1-wet', quantity: 'gross' }, within: minutes(1) },
    ],
    [
      'on: lamp, repeats: { of: dark, moreThan: 3, within: 1h }',
      { kind: 'repeat', of: 'dark', moreThan: 3, within: hours(1) },
    ],
    ['on: device, silentFor: learned', { kind: 'silence', silentFor: 'learned' }],
  ])('%s', (line, rule) => {
    expect(ruleOf(line)).toMatchObject(rule);
  });

  it('says how it begins and ends, when it is asked, and from where it is graver', () => {
    const rule = ruleOf(
      'on: bin, quantity: fill, above: 0.9, clearFor: 5m, ends: when-seen, reAlarmAfter: 4h, ' +
        'graver: [{ from: 0.98, severity: high }], ' +
        'during: { windows: [{ days: sat, from: "22:00", to: "06:00" }], holidays: never, season: { from: 06-01, to: 09-30 } }',
    );
    expect(rule).toMatchObject({
      clearFor: minutes(5),
      ends: 'when-seen',
      reAlarmAfter: hours(4),
      graver: [{ from: 0.98, severity: 'high' }],
      during: {
        spans: [{ days: ['sat'], fromMinute: 1320, toMinute: 360 }],
        holidays: 'never',
        season: { from: '06-01', to: '09-30' },
      },
    });
  });

  it('that says nothing of these has none of them', () => {
    const rule = ruleOf('on: bin, quantity: fill, above: 0.9');
    expect(rule).toEqual({
      id: 'x',
      kind: 'threshold',
      on: 'bin',
      quantity: 'fill',
      side: 'above',
      limit: 0.9,
      clearAt: 0.9,
      holdFor: milliseconds(0),
      severity: 'low',
    });
  });
});

it('a site adds holidays and takes some away', () => {
  const given = LEAST.replace(' }', ', holidays: { add: ["2027-02-05"] } }');
  expect(load(given).site?.compound.place.holidays).toEqual({ add: ['2027-02-05'], remove: [] });
});
