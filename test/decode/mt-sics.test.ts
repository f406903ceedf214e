import { describe, expect, it } from 'vitest';
import { mtSics } from '../../gateway/decode/mt-sics.ts';
import { outcomeOf } from './outcome-of-line.ts';

describe('answers with a weight', () => {
  it.each<[line: string, outcome: string]>([
    ['S S     100.00 g', 'gross 0.1'],
    ['S S      -0.05 kg', 'gross -0.05'],
    ['S S       0.00 kg', 'gross 0'],
    ['S S      -0.00 kg', 'gross 0'],
    ['S S         12 kg', 'gross 12'],
    ['S S  1234.5678 g', 'gross 1.2345678'],
    ['S S     18,420 kg', 'gross 18.42'],
    ['S S 1.234 G', 'gross 0.001234'],
    ['S S   100.00kg', 'gross 100'],
    ['S S      + 1.5 kg', 'gross 1.5'],
    ['S S      2.205 lb', 'gross 1.00017117585'],
    ['S S      3.527 oz', 'gross 0.099988768061875'],
    ['S S       1.25 t', 'gross 1250'],
    ['S A 1.234 g', 'gross 0.001234'],
    ['SI S      12.34 kg', 'gross 12.34'],
    ['S S      12.34 kg \r\n', 'gross 12.34'],
    ['S S 1 kg\r\nS S 2 kg\r\n', 'gross 1, gross 2'],
    ['S D     100.00 g', 'unstable'],
    ['S S         12 PCS', 'unknown-quantity'],
    ['S S       98.7 %', 'unknown-quantity'],
    ['S S     100.00', 'unknown-quantity'],
    ['S S     100.00 k', 'unknown-quantity'],
    ['S S', 'malformed'],
    ['S S     ------ kg', 'malformed'],
    ['S S 1:02.3 lb:oz', 'malformed'],
    ['S S Error 1b', 'sensor-fault'],
    ['S D Error 10b', 'sensor-fault'],
  ])('%j gives %s', (line, outcome) => {
    expect(outcomeOf(mtSics, line)).toBe(outcome);
  });

  it('a line without a unit takes the one from the options', () => {
    expect(outcomeOf(mtSics, 'S S     100.00', { unit: 'lb' })).toBe('gross 45.359237');
  });

  it('a unit on the line goes before the one from the options', () => {
    expect(outcomeOf(mtSics, 'S S     100.00 g', { unit: 'kg' })).toBe('gross 0.1');
  });
});

describe('every status of every command has a name', () => {
  it.each<[line: string, outcome: string]>([
    ['S I', 'unstable'],
    ['S L', 'sensor-fault'],
    ['S +', 'overload'],
    ['S -', 'underload'],
    ['SI +', 'overload'],
    ['Z +', 'overload'],
    ['Z -', 'underload'],
    ['Z I', 'unstable'],
    ['Z A', 'empty'],
    ['ZI D', 'empty'],
    ['ZI S', 'empty'],
    ['T S      2.486 kg', 'empty'],
    ['TI D      2.486 kg', 'empty'],
    ['TA A      2.486 kg', 'empty'],
    ['TA L', 'sensor-fault'],
    ['TAC A', 'empty'],
    ['@ A "1234567"', 'empty'],
    ['I0 B 0 "I0"', 'empty'],
    ['I14 B 4 1 "1.10 18.6.4.1361.772"', 'empty'],
    ['I50 B 0 535.141 g', 'empty'],
    ['M21 A 0 0', 'empty'],
    ['SM0 A', 'empty'],
    ['SIX1 S A A G N N R 12.34 kg', 'empty'],
    ['ES', 'sensor-fault'],
    ['ET', 'sensor-fault'],
    ['EL', 'sensor-fault'],
    ['EX', 'malformed'],
    ['S X', 'malformed'],
    ['s s 12.34 kg', 'malformed'],
    ['12.34 kg', 'malformed'],
    ['ST,+00123.45  g', 'malformed'],
  ])('%s is %s', (line, outcome) => {
    expect(outcomeOf(mtSics, line)).toBe(outcome);
  });
});
