// Our own encoders against the published golden lines, and against a reader of twelve lines.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc16 } from '../../firmware-sim/crc16.ts';
import type { Report } from '../../firmware-sim/encode.ts';
import { encodeJson, encodeLine, nextSeq } from '../../firmware-sim/encode.ts';
import { ROOT } from '../tools.ts';

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const report = (device: string, seq: number, numbers: Record<string, number>): Report => ({
  device,
  seq,
  at: 0,
  numbers,
});

function goldenLines(file: string): string[] {
  return readFileSync(path.join(ROOT, 'test/golden', file), 'utf8')
    .split('\n')
    .filter(Boolean);
}

function goldenFrames(): [string, Report][] {
  const said = JSON.parse(readFileSync(path.join(ROOT, 'test/golden/frames.json'), 'utf8')) as {
    device: string;
    seq: number;
    values: Record<string, number>;
  }[];
  return said.map(({ device, seq, values }, index) => [
    goldenLines('frames.txt')[index] ?? '',
    report(device, seq, values),
  ]);
}

describe('the checksum', () => {
  it.each(goldenLines('crc16.txt'))('is as in the golden list: %s', (line) => {
    const [check, body] = [line.slice(0, 4), line.slice(5)];
    expect(crc16(Buffer.from(body)).toString(16).toUpperCase().padStart(4, '0')).toBe(check);
  });

  it('has the check value of CRC-16/CCITT-FALSE', () => {
    expect(crc16(Buffer.from('123456789')).toString(16)).toBe('29b1');
  });
});

describe('a line on the serial wire', () => {
  it.each(goldenFrames())('is the golden one, byte for byte: %s', (line, given) => {
    expect(text(encodeLine(given))).toBe(`${line}\r\n`);
  });

  it.each([
    [1e-7, '0'],
    [-0, '0'],
    [-1e-9, '0'],
    [-3.5, '-3.5'],
    [100, '100'],
    [0.1 + 0.2, '0.3'],
  ])('writes %d in plain digits as %s', (value, digits) => {
    expect(text(encodeLine(report('a', 0, { power: value })))).toContain(`power=${digits}*`);
  });

  it('refuses what is no number, and a line longer than the format allows', () => {
    expect(() => encodeLine(report('a', 0, { power: Number.NaN }))).toThrow('cannot be sent');
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`c${i}.gross`, i]));
    expect(() => encodeLine(report('a', 0, many))).toThrow('a line of');
  });

  it('gives back to an independent reader what it was given', () => {
    fc.assert(
      fc.property(reports, (given) => {
        expect(readLine(text(encodeLine(given)))).toEqual({ ...given, at: 0 });
      }),
    );
  });
});

describe('a JSON payload', () => {
  it('names the same numbers, the counter, and the moment with its zone', () => {
    const given = { ...report('k2-wet', 3, { distance: 412, gross: 31.25, battery: 3.58 }) };
    expect(encodeJson({ ...given, at: Date.UTC(2026, 10, 20, 0, 0, 5) })).toBe(
      '{"seq":3,"at":"2026-11-20T00:00:05.000Z","distance":412,"gross":31.25,"battery":3.58}',
    );
  });
});

describe('the counter', () => {
  it('wraps after 65535', () => {
    expect([nextSeq(0), nextSeq(65_534), nextSeq(65_535)]).toEqual([1, 65_535, 0]);
  });
});

const reports: fc.Arbitrary<Report> = fc.record({
  device: fc.stringMatching(/^[a-z0-9-]{1,32}$/),
  seq: fc.integer({ min: 0, max: 65_535 }),
  at: fc.constant(0),
  numbers: fc.dictionary(
    fc.stringMatching(/^[a-z]{1,8}(\.[a-z]{1,8})?$/).filter((name) => name !== '__proto__'),
    fc.integer({ min: -1e9, max: 1e9 }).map((whole) => whole / 1000),
    { minKeys: 1, maxKeys: 6, noNullPrototype: true },
  ),
});

/** Knows the frame from its description alone. */
function readLine(line: string): Report | undefined {
  const match = /^\$([a-z0-9-]{1,32}),(\d{1,5}),([^*]+)\*([0-9A-F]{4})\r\n$/.exec(line);
  if (!match) return undefined;
  const [, device = '', seq = '', fields = '', check = ''] = match;
  if (parseInt(check, 16) !== bitwiseCrc(`${device},${seq},${fields}`)) return undefined;
  const numbers = fields.split(',').map((field) => {
    const [, name = '', value = ''] = /^([a-z.]+)=(-?\d+(?:\.\d+)?)$/.exec(field) ?? [];
    return [name, Number(value)] as const;
  });
  return { device, seq: Number(seq), at: 0, numbers: Object.fromEntries(numbers) };
}

/** The definition itself: the remainder of a division by x¹⁶+x¹²+x⁵+1, one bit at a time. */
function bitwiseCrc(body: string): number {
  const bits = [...Buffer.from(body)].flatMap((byte) =>
    [7, 6, 5, 4, 3, 2, 1, 0].map((place) => (byte >> place) & 1),
  );
  return bits.reduce((register, bit) => {
    const out = (register >> 15) ^ bit;
    return ((register << 1) & 0xffff) ^ (out ? 0x1021 : 0);
  }, 0xffff);
}
