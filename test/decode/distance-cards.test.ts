import { describe, expect, it } from 'vitest';
import { a02yyuw } from '../../gateway/decode/a02yyuw.ts';
import type { Decoded } from '../../gateway/decode/decoder.ts';
import { maxbotix } from '../../gateway/decode/maxbotix.ts';
import { outcomeOf } from './outcome-of-line.ts';

describe('MaxSonar', () => {
  it.each<[line: string, outcome: string]>([
    ['R1234\r', 'distance 1234'],
    ['R0480 \r', 'distance 480'],
    ['\nR0480', 'distance 480'],
    ['R0300', 'distance 300'],
    ['R0500', 'distance 500'],
    ['R4999', 'distance 4999'],
    ['R5000', 'no-echo'],
    ['R5001', 'distance 5001'],
    ['R9998', 'distance 9998'],
    ['R9999', 'no-echo'],
    ['R0000', 'no-echo'],
    ['R020', 'distance 200'],
    ['R764', 'distance 7640'],
    ['R765', 'no-echo'],
    ['R000', 'no-echo'],
    ['R12', 'malformed'],
    ['R12345', 'malformed'],
    ['R12a4', 'malformed'],
    ['1234', 'malformed'],
    ['r1234', 'malformed'],
    ['R1234R1234', 'malformed'],
    ['R 1234', 'malformed'],
    ['HRXL-MaxSonar-WRL', 'empty'],
    ['PN:MB7386', 'empty'],
    ['Copyright 2011-2013', 'empty'],
    ['MaxBotix Inc.', 'empty'],
    ['RoHS 1.8b090  0713', 'empty'],
    ['TempI', 'empty'],
  ])('%j gives %s', (line, outcome) => {
    expect(outcomeOf(maxbotix, line)).toBe(outcome);
  });

  it.each<[line: string, options: object, outcome: string]>([
    ['R001', { unit: 'inch' }, 'distance 25.4'],
    ['R253', { unit: 'inch' }, 'distance 6426.2'],
    ['R254', { unit: 'inch' }, 'no-echo'],
    ['R0765', { unit: 'cm' }, 'no-echo'],
    ['R0999', { unit: 'cm' }, 'distance 9990'],
    ['R1068', { unit: 'cm' }, 'no-echo'],
    ['R5000', { farthest: 9999 }, 'distance 5000'],
    ['R9999', { farthest: 9999 }, 'no-echo'],
    ['R3000', { farthest: 3000 }, 'no-echo'],
    ['R3001', { farthest: 3000 }, 'no-echo'],
  ])('%s with %j gives %s', (line, options, outcome) => {
    expect(outcomeOf(maxbotix, line, { ...options })).toBe(outcome);
  });
});

describe('A02YYUW', () => {
  const decode = (hex: string, options = {}): Decoded =>
    a02yyuw.decode({ bytes: new Uint8Array(Buffer.from(hex, 'hex')) }, options);
  const outcome = ({ frames, refused }: Decoded): string =>
    [
      ...frames.flatMap(({ measured }) => measured.map(({ value }) => String(value))),
      ...refused.map(({ reason }) => reason),
    ].join(', ');
  const framed = (mm: number): string => {
    const [high, low] = [mm >> 8, mm & 0xff];
    return Buffer.from([0xff, high, low, (0xff + high + low) & 0xff]).toString('hex');
  };

  it.each<[mm: number, outcome: string]>([
    [0, 'no-echo'],
    [29, 'no-echo'],
    [30, '30'],
    [255, '255'],
    [511, '511'],
    [4500, '4500'],
    [4501, 'out-of-range'],
    [0xfffc, 'out-of-range'],
    [0xfffd, 'no-echo'],
    [0xfffe, 'sensor-fault'],
    [0xffff, 'out-of-range'],
  ])('%d mm gives %s', (mm, wanted) => {
    expect(outcome(decode(framed(mm)))).toBe(wanted);
  });

  it('its reach is the options’', () => {
    expect(outcome(decode(framed(7500), { farthestMm: 7500 }))).toBe('7500');
    expect(outcome(decode(framed(279), { nearestMm: 280 }))).toBe('no-echo');
    expect(outcome(decode(framed(417), { unit: 'cm' }))).toBe('4170');
  });

  it.each<[fact: string, hex: string, outcome: string]>([
    ['two frames', framed(100) + framed(200), '100, 200'],
    ['noise between two frames', `${framed(100)}1234${framed(200)}`, '100, 200, malformed'],
    ['a damaged frame between two', `${framed(100)}ff07a1a8${framed(200)}`, '100, 200, checksum'],
    ['FF before a frame', `ff${framed(1953)}`, '1953, malformed'],
    [
      'frames of nought, joined at their last byte',
      'ffff0000ffff0000ff',
      'no-echo, no-echo, malformed',
    ],
    ['nothing', '', 'empty'],
    ['only noise', '010203040506', 'malformed'],
  ])('%s', (_, hex, wanted) => {
    const sorted = (text: string) => text.split(', ').toSorted();
    expect(sorted(outcome(decode(hex)))).toEqual(sorted(wanted));
  });
});
