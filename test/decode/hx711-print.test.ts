import { describe, expect, it } from 'vitest';
import { hx711Print } from '../../gateway/decode/hx711-print.ts';
import { outcomeOf } from './outcome-of-line.ts';

describe('what sketches print', () => {
  it.each<[line: string, outcome: string]>([
    ['get units: \t\t64.8', 'gross 64.8'],
    ['one reading:\t12.3\t| average:\t12.1', 'gross 12.3'],
    ['one reading:\t-0.0\t| average:\t0.1', 'gross 0'],
    ['one reading:\tnan\t| average:\t12.1', 'not-a-number'],
    ['Load_cell output val: 12.34', 'gross 12.34'],
    ['Load_cell output val:12.34 ', 'gross 12.34'],
    ['Reading: 12.3 lbs', 'gross 5.579186151'],
    ['Reading: 12.3 kg calibration_factor: -7050.00', 'gross 12.3'],
    ['Reading: 12.3 calibration_factor: -7050.00', 'gross 12.3'],
    ['Reading: 12300 grams', 'gross 12.3'],
    ['Weight = 12.34 kg', 'gross 12.34'],
    ['WEIGHT: 12 g', 'gross 0.012'],
    ['Reading: 12.3 stones', 'unknown-quantity'],
    ['get value: \t\t-147723', 'unknown-quantity'],
    ['read average: \t\t-147723', 'unknown-quantity'],
    ['read: \t\t8388607', 'sensor-fault'],
    ['read: \t\t-8388608', 'sensor-fault'],
    ['get units: \t\tinf', 'not-a-number'],
    ['get units: \t\t-inf', 'not-a-number'],
    ['get units: \t\tovf', 'not-a-number'],
    ['get units: \t\tNAN', 'not-a-number'],
    ['get units:', 'empty'],
    ['HX711 Demo', 'empty'],
    ['HX711 scale demo', 'empty'],
    ['Readings:', 'empty'],
    ['Starting...', 'empty'],
    ['Tare complete', 'empty'],
    ['HX711 not found.', 'sensor-fault'],
    ['Timeout, check MCU>HX711 wiring and pin designations', 'sensor-fault'],
    ['its: \t\t64.8', 'malformed'],
    ['Temperature: 23.1', 'malformed'],
    ['Zero factor: 8421804', 'malformed'],
    ['64.8', 'malformed'],
    ['Reading: 12.3.4', 'malformed'],
    ['Reading: 12,3', 'malformed'],
    ['Reading: 12.', 'gross 12'],
    ['\x00\xffReading: 12.3', 'not-ascii'],
  ])('%j gives %s', (line, outcome) => {
    expect(outcomeOf(hx711Print, line)).toBe(outcome);
  });

  const cell = { countsPerKg: -21_730, zeroCounts: 420 };
  it.each<[line: string, options: object, outcome: string]>([
    ['HX711 reading: 420', cell, 'gross 0'],
    ['HX711 reading: -21310', cell, 'gross 1'],
    ['get value: -21730', cell, 'gross 1'],
    ['HX711 reading: 8388607', cell, 'sensor-fault'],
    ['-21310', { ...cell, bare: 'counts' }, 'gross 1'],
    ['HX711 reading: 420', { countsPerKg: 0 }, 'unknown-quantity'],
    ['12.34', { bare: 'weight', unit: 'g' }, 'gross 0.01234'],
    ['12.34 lb', { bare: 'weight', unit: 'g' }, 'gross 5.5973298458'],
    ['one reading:\t12.3\t| average:\t12.1', { take: 'average', quantity: 'net' }, 'net 12.1'],
    ['Reading: 12.3', { take: 'average' }, 'gross 12.3'],
  ])('%j with %j gives %s', (line, options, outcome) => {
    expect(outcomeOf(hx711Print, line, { ...options })).toBe(outcome);
  });
});
