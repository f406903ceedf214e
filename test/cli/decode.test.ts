// `courtyard decode`, whose output other people's scripts read: one JSON line, in the published shape.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../tools.ts';
import { courtyard } from './command.ts';

const READINGS = [
  [
    { channel: 'wet', quantity: 'distance', value: 412, unit: 'mm' },
    { channel: 'wet', quantity: 'gross', value: 31.25, unit: 'kg' },
  ],
  [
    { quantity: 'on', value: 1, unit: '0/1' },
    { quantity: 'power', value: 28.4, unit: 'W' },
    { quantity: 'voltage', value: 229.8, unit: 'V' },
    { quantity: 'leak', value: 1.2, unit: 'mA' },
  ],
  [{ quantity: 'volume', value: 104_522, unit: 'L' }],
];
const FRAMES = readFileSync(path.join(ROOT, 'test/golden/frames.txt'), 'utf8')
  .trim()
  .split(/\r?\n/);

const decode = (...words: readonly string[]) => courtyard(['decode', ...words]);

describe('decode', { timeout: 60_000 }, () => {
  it.each(FRAMES.map((frame, place) => ({ frame, readings: READINGS[place] })))(
    'of the golden frame $frame prints one JSON line',
    async ({ frame, readings }) => {
      const { code, out, err } = await decode('courtyard-line', '--line', frame);
      expect(code).toBe(0);
      expect(err).toBe('');
      expect(out).toBe(`${JSON.stringify({ readings })}\n`);
      const hex = Buffer.from(frame, 'latin1').toString('hex');
      expect(await decode('courtyard-line', '--hex', hex)).toEqual({ code, out, err });
    },
  );

  it('of a payload with a time says the moment in UTC', async () => {
    const payload = '{"seq":7,"at":"2026-11-02T18:00:00+08:00","on":true}';
    const topic = 'courtyard/luyuan/lamp-07/telemetry';
    const { code, out } = await decode('courtyard-json', '--topic', topic, '--payload', payload);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      readings: [{ quantity: 'on', value: 1, unit: '0/1', observedAt: '2026-11-02T10:00:00.000Z' }],
    });
  });

  it('of a message that is refused prints the reason, which is no fault of the command', async () => {
    const bent = '$k1,42,wet.distance=413,wet.gross=31.25*6D84';
    expect(await decode('courtyard-line', '--line', bent)).toEqual({
      code: 0,
      out: '{"rejected":"checksum"}\n',
      err: '',
    });
  });

  it.each([
    [
      'a decoder that there is not',
      ['nobody', '--line', 'x'],
      'no decoder nobody; there are: courtyard-line',
    ],
    ['no message', ['courtyard-line'], 'say the message by one of'],
    ['two messages', ['courtyard-line', '--line', 'x', '--hex', '00'], 'say the message by one of'],
    ['half a byte', ['courtyard-line', '--hex', 'abc'], '--hex takes two digits for each byte'],
    [
      'options that are no object',
      ['courtyard-line', '--line', 'x', '--options', '[1]'],
      '--options must be a JSON object',
    ],
    [
      'a port that is none',
      ['courtyard-line', '--line', 'x', '--port', 'x'],
      '--port takes a LoRaWAN port',
    ],
    ['an option that there is not', ['courtyard-line', '--text', 'x'], 'unknown option'],
    ['no decoder at all', [], 'missing required argument'],
  ])('given %s is wrong usage', async (_what, words, says) => {
    const { code, out, err } = await decode(...words);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(says);
    expect(err).not.toMatch(/ {4}at /);
  });
});
