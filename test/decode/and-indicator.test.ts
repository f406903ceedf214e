import { describe, expect, it } from 'vitest';
import { andIndicator } from '../../gateway/decode/and-indicator.ts';
import { outcomeOf } from './outcome-of-line.ts';

describe('18 bytes of an indicator', () => {
  it.each<[line: string, outcome: string]>([
    ['ST,GS,+0012345kg', 'gross 12345'],
    ['ST,GS,+0012.34kg\r', 'gross 12.34'],
    ['ST,NT,+0012.34kg\r\n', 'net 12.34'],
    ['ST,GS,-0000.05kg', 'gross -0.05'],
    ['ST,GS,-0000.00kg', 'gross 0'],
    ['ST,GS,  +12.34kg', 'gross 12.34'],
    ['ST,GS,+  12.34 kg', 'gross 12.34'],
    ['ST,GS,   12.34 Kg', 'gross 12.34'],
    ['ST,GS,+0012,34kg', 'gross 12.34'],
    ['ST;GS;+0012,34kg', 'gross 12.34'],
    ['ST,G ,+0012.34kg', 'gross 12.34'],
    ['ST,N ,+0012.34kg', 'net 12.34'],
    ['ST,GS,+001.234 t', 'gross 1234'],
    ['ST,GS,+0012.34 g', 'gross 0.01234'],
    ['ST,GS,+0001.00lb', 'gross 0.45359237'],
    ['ST,GS,+0001.00 oz', 'gross 0.028349523125'],
    ['HD,NT,+0012.34kg', 'net 12.34'],
    ['US,GS,+0012.34kg', 'unstable'],
    ['US,NT,-0000.05kg', 'unstable'],
    ['OL,GS,    .   kg', 'overload'],
    ['OL,NT,+9999.99kg', 'overload'],
    ['OL,GS,-9999.99kg', 'underload'],
    ['OL,GS,        kg', 'overload'],
    ['LO,GS,        kg', 'overload'],
    ['ST,TR,+0001.20kg', 'empty'],
    ['ST,T ,+0001.20kg', 'empty'],
    ['ST,PT,+0001.20kg', 'empty'],
    ['OL,TR,        kg', 'overload'],
    ['ST,GS,    .   kg', 'not-a-number'],
    ['ST,GS,+      kg', 'not-a-number'],
    ['ST,GS,+0000120PC', 'unknown-quantity'],
    ['ST,GS,+0012.34  ', 'unknown-quantity'],
    ['ST,GS,+0012.34k', 'unknown-quantity'],
    ['ST,GS,+00 2.34kg', 'malformed'],
    ['ST,XX,+0012.34kg', 'malformed'],
    ['T,GS,+0012.34kg', 'malformed'],
    ['ST,+00012.34 kg', 'malformed'],
    ['RW', 'empty'],
    ['Z', 'empty'],
    ['I', 'unstable'],
    ['?', 'sensor-fault'],
    ['\xd3T,GS,+0012.34kg', 'not-ascii'],
  ])('%j gives %s', (line, outcome) => {
    expect(outcomeOf(andIndicator, line)).toBe(outcome);
  });
});
