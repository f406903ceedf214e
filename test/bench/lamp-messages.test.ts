import { describe, expect, it } from 'vitest';
import { courtyardJson } from '../../gateway/decode/courtyard-json.ts';
import { leaksIn } from './alert-sink.ts';
import {
  LEAK_LIMIT,
  lampTopic,
  numberOfEnergy,
  numberOfLeak,
  payloadOf,
  raisesAlarm,
  READINGS_PER_MESSAGE,
} from './lamp-messages.ts';

const AT = '2026-11-02T10:00:00.000Z';
const LAMPS = 7;
const FIRST = 4_499_999; // beyond it the leaks begin anew
const numbers = Array.from({ length: 3_000 }, (_, index) => FIRST + index);

const valuesOf = (number: number): Record<string, number> =>
  JSON.parse(payloadOf(number, LAMPS, AT)) as Record<string, number>;

describe('the messages of the bench', () => {
  it('are understood by the product, whole', () => {
    const bytes = Buffer.from(payloadOf(FIRST, LAMPS, AT));
    const topic = lampTopic('bench', 3);
    const { frames, refused } = courtyardJson.decode({ bytes, topic });
    expect(refused).toEqual([]);
    expect(frames.flatMap((frame) => frame.measured)).toHaveLength(READINGS_PER_MESSAGE);
  });

  it('have 100 to 120 bytes', () => {
    const lengths = numbers.map((number) => payloadOf(number, LAMPS, AT).length);
    expect(Math.min(...lengths)).toBeGreaterThan(100);
    expect(Math.max(...lengths)).toBeLessThan(120);
  });

  it('are known by their energy', () => {
    expect(numbers.map((number) => numberOfEnergy(valuesOf(number)['energy'] ?? 0))).toEqual(
      numbers,
    );
  });

  it('tell in one of a hundred of each lamp a leak above the limit, and in the next one below', () => {
    const turns = Array.from({ length: 1_000 }, (_, turn) => turn);
    expect(turns.filter((turn) => raisesAlarm(3, turn))).toHaveLength(10);
    const leaks = turns.map((turn) => valuesOf(turn * LAMPS + 3)['leak'] ?? 0);
    const raising = turns.filter((turn) => (leaks[turn] ?? 0) > LEAK_LIMIT);
    expect(raising).toEqual(turns.filter((turn) => raisesAlarm(3, turn)));
  });

  it('are known by the leak that made an alarm', () => {
    for (const number of numbers) {
      const leak = valuesOf(number)['leak'] ?? 0;
      const known = numberOfLeak(leak, FIRST);
      expect(known).toBe(leak > LEAK_LIMIT ? number : undefined);
    }
  });
});

describe('an alert', () => {
  it.each([
    ['{"asset":"lamp-00001","value":100.099}', [100.099]],
    ['{"data":{"alarm":{"value" : 4599.999,"limit":30}}}', [4599.999]],
    ['[{"value":100},{"value":101}]', [100, 101]],
    ['{"value":1.2}', []],
    ['{"value":"100"}', []],
    ['nonsense', []],
  ])('%s tells the leaks %j', (body, leaks) => {
    expect(leaksIn(body)).toEqual(leaks);
  });
});
