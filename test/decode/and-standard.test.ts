import { describe, expect, it } from 'vitest';
import { andStandard } from '../../gateway/decode/and-standard.ts';
import { outcomeOf } from './outcome-of-line.ts';

describe('the standard format and its kin', () => {
  it.each<[line: string, outcome: string]>([
    ['ST,+00123.45  g', 'gross 0.12345'],
    ['ST,+0012345.  g', 'gross 12.345'],
    ['ST,+00012345 kg', 'gross 12345'],
    ['ST,-00000.05 kg', 'gross -0.05'],
    ['ST,-00000.00 kg', 'gross 0'],
    ['ST,+00012,34 kg', 'gross 12.34'],
    ['ST;+00012,34; kg', 'gross 12.34'],
    ['ST,+00012.34KG', 'gross 12.34'],
    ['ST, +00012.34 kg', 'gross 12.34'],
    ['ST,+ 12.34 kg', 'gross 12.34'],
    ['ST ,+002.40kg', 'gross 2.4'],
    ['ST,+00001.00 lb', 'gross 0.45359237'],
    ['ST,+00001.00 oz', 'gross 0.028349523125'],
    ['ST,+00001.00ozt', 'gross 0.0311034768'],
    ['ST,+0001.278, ct', 'gross 0.0002556'],
    ['HD,+00012.34 kg', 'gross 12.34'],
    ['US,+00012.31 kg', 'unstable'],
    ['ST,+00012.34  t', 'unknown-quantity'],
    ['ST,+00012.34 tl', 'unknown-quantity'],
    ['ST,+00012.34   ', 'unknown-quantity'],
    ['ST,+00098.70  %', 'unknown-quantity'],
    ['ST ,+0300.0c %', 'malformed'],
    ['QT,+00012345 PC', 'unknown-quantity'],
    ['QT ,+003000PC', 'unknown-quantity'],
    ['OL,+999999.9  g', 'overload'],
    ['OL,-99999999 PC', 'underload'],
    ['OL,+9999999E+19,  g', 'overload'],
    ['OL ,+999.99kg', 'overload'],
    ['OL', 'overload'],
    ['ST,', 'malformed'],
    ['ST,+', 'malformed'],
    ['T,+00012.34 kg', 'malformed'],
    ['ST,GS,+0012.34kg', 'malformed'],
    ['00012.34 kg', 'malformed'],
    // DP
    ['WT   +123.45  g', 'gross 0.12345'],
    ['WT      0.00  g', 'gross 0'],
    ['US   +123.45  g', 'unstable'],
    ['QT       +12 PC', 'unknown-quantity'],
    ['WT        E', 'overload'],
    ['WT       -E', 'underload'],
    // KF
    ['+   123.45 g  ', 'gross 0.12345'],
    ['-   123.45 g  ', 'gross -0.12345'],
    ['      0.00 g  ', 'gross 0'],
    ['+   123.45    ', 'unstable'],
    ['    E', 'overload'],
    // MT
    ['S      183.96 g', 'gross 0.18396'],
    ['S     -183.96 g', 'gross -0.18396'],
    ['SD     183.96 g', 'unstable'],
    ['SI+', 'overload'],
    ['SI-', 'underload'],
    // CSV with what stands before it
    ['LAB-0123, No,012, 2004/07/01, 12:34:56, ST,+0000.1278,   g', 'gross 0.0001278'],
    ['LAB-0123;2004/07/01;12:34:56;US;+0000,1278;  g', 'unstable'],
    ['LAB-0123, 2004/07/01, 12:34:56, OL,+9999999E+19,   g', 'overload'],
    // answers to commands
    ['EC,E00', 'sensor-fault'],
    ['EC,E11', 'unstable'],
    ['?', 'sensor-fault'],
    ['T', 'empty'],
    ['\x06', 'empty'],
    ['\x06\r\nST,+00012.34 kg\r\n', 'gross 12.34, empty'],
    ['', 'empty'],
    ['   ', 'empty'],
  ])('%j gives %s', (line, outcome) => {
    expect(outcomeOf(andStandard, line)).toBe(outcome);
  });

  it.each<[line: string, options: object, outcome: string]>([
    ['+00012.34', { unit: 'kg' }, 'gross 12.34'],
    ['-00012.34', { unit: 'lb' }, 'gross -5.5973298458'],
    ['+00000.00', { unit: 'kg', quantity: 'net' }, 'net 0'],
    ['+   123.45    ', { unit: 'g' }, 'unstable'],
    ['+   123.45    ', { unit: 'g', unstable: 'take' }, 'gross 0.12345'],
    ['US,+00012.31 kg', { unstable: 'take' }, 'gross 12.31'],
    ['OL,+9999999E+19', { unit: 'kg', unstable: 'take' }, 'overload'],
    ['OL,+999999.9  g', { unit: 'kg', unstable: 'take' }, 'overload'],
  ])('%j with %j gives %s', (line, options, outcome) => {
    expect(outcomeOf(andStandard, line, { ...options })).toBe(outcome);
  });
});
