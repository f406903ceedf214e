import { describe, expect, it } from 'vitest';
import { courtyardLine } from '../../gateway/decode/courtyard-line.ts';
import { crc16Hex } from '../../gateway/decode/crc16.ts';
import type { Decoded } from '../../gateway/decode/decoder.ts';
import { MOST_REFUSED } from '../../gateway/decode/refusal-limit.ts';
import { goldenFrames } from '../golden/frames.ts';
import { textMessage } from './sample-message.ts';

const decode = (line: string): Decoded => courtyardLine.decode(textMessage(line));
const framed = (body: string): string => `$${body}*${crc16Hex(body)}`;
const reasons = (decoded: Decoded) => decoded.refused.map((refused) => refused.reason);
const bodies = (decoded: Decoded) => decoded.frames.map((frame) => frame.imprint);

describe('a whole frame', () => {
  it.each(goldenFrames())('golden: $line', ({ line, device, seq, values }) => {
    const { frames, refused } = decode(line);
    expect(refused).toEqual([]);
    expect(frames).toHaveLength(1);
    expect(frames[0]).toMatchObject({ device, seq, imprint: line.slice(1, -5) });
    const named = frames[0]?.measured.map(({ channel, quantity, value }) => [
      channel === undefined ? quantity : `${channel}.${quantity}`,
      value,
    ]);
    expect(Object.fromEntries(named ?? [])).toEqual(values);
  });

  it.each(['', '\r', '\n', '\r\n'])('reads the same with %j behind it', (end) => {
    expect(decode(framed('k1,1,lid=1') + end)).toEqual(decode(framed('k1,1,lid=1')));
  });

  it.each([
    ['0', 0],
    ['-0.5', -0.5],
    ['007', 7],
    ['104522', 104_522],
    ['0.1', 0.1],
  ])('the number %s is %d', (text, value) => {
    expect(decode(framed(`k1,1,power=${text}`)).frames[0]?.measured[0]?.value).toBe(value);
  });

  it.each([0, 1, 65_535])('seq %d is taken', (seq) => {
    expect(decode(framed(`k1,${seq},lid=1`)).frames[0]?.seq).toBe(seq);
  });
});

describe('a frame that passes its checksum and is none', () => {
  it.each([
    'k1,65536,lid=1',
    'k1,-1,lid=1',
    'k1,+1,lid=1',
    'k1,,lid=1',
    'k1,1.0,lid=1',
    ',1,lid=1',
    'K1,1,lid=1',
    'k 1,1,lid=1',
    'k_1,1,lid=1',
    `${'k'.repeat(33)},1,lid=1`,
    'k1,1',
    'k1,1,',
    'k1,1,lid',
    'k1,1,lid=',
    'k1,1,=1',
    'k1,1,lid=1,',
    'k1,1,,lid=1',
    'k1,1,lid==1',
    'k1,1,lid=+1',
    'k1,1,power=1.',
    'k1,1,power=.5',
    'k1,1,power=1e3',
    'k1,1,power=0x1F',
    'k1,1,power=--',
    'k1,1,power=28 4',
    'k1,1,power=28,4',
    'k1, 1,power=28',
    '',
  ])('%s', (body) => {
    expect(decode(framed(body))).toMatchObject({ frames: [], refused: [{ reason: 'malformed' }] });
  });
});

describe('a checksum', () => {
  it.each([
    ['of other bytes', '$k1,1,lid=1*0000', 'checksum'],
    ['in small letters', '$k1,42,wet.distance=412,wet.gross=31.25*6d84', 'malformed'],
    ['of three digits', '$k1,1,lid=1*123', 'malformed'],
    ['of five digits', `${framed('k1,1,lid=1')}0`, 'malformed'],
    ['that is missing', '$k1,1,lid=1', 'malformed'],
    ['before its time', '$k1,1*29B1,lid=1', 'malformed'],
  ])('%s is refused', (_, line, reason) => {
    expect(decode(line).frames).toEqual([]);
    expect(reasons(decode(line))).toEqual([reason]);
  });

  it('is named with the one that the bytes give', () => {
    expect(decode('$k1,1,lid=1*0000').refused[0]?.detail).toBe(
      `says 0000, its bytes give ${crc16Hex('k1,1,lid=1')}`,
    );
  });
});

describe('length', () => {
  const ofBytes = (bytes: number): string => {
    const room = bytes - '$k1,1,lid=*0000\r\n'.length;
    return framed(`k1,1,lid=${'0'.repeat(room - 1)}1`);
  };

  it('256 bytes with CR LF are taken, 257 are too long', () => {
    expect(ofBytes(256)).toHaveLength(254);
    expect(decode(ofBytes(256)).frames[0]?.measured).toEqual([{ quantity: 'lid', value: 1 }]);
    expect(reasons(decode(ofBytes(257)))).toEqual(['too-long']);
  });

  it('two long frames glued are each within their own limit', () => {
    expect(decode(ofBytes(256) + ofBytes(256)).frames).toHaveLength(2);
  });

  it('noise without a frame in it is too long past 256 bytes', () => {
    expect(reasons(decode('A'.repeat(300)))).toEqual(['too-long']);
    expect(reasons(decode('A'.repeat(1_000_000)))).toEqual(['too-long']);
  });
});

describe('damage stays where it is', () => {
  const [one, two] = [framed('k1,1,lid=0'), framed('k1,2,lid=1')];

  it('two frames whose line end was lost are both taken, in order', () => {
    expect(bodies(decode(one + two))).toEqual(['k1,1,lid=0', 'k1,2,lid=1']);
    expect(decode(`${one}\r${two}`).refused).toEqual([]);
  });

  it.each([
    ['a cut frame', one.slice(0, 7), 'malformed'],
    ['a frame with a wrong checksum', '$k1,1,lid=0*0000', 'checksum'],
    ['noise', 'xyz', 'malformed'],
    ['a line break’s garbage', '\u00ff\u0000', 'not-ascii'],
    ['a lone $', '$', 'malformed'],
    ['a frame without end', `$k1,${'1'.repeat(300)}`, 'too-long'],
  ])('%s before a whole frame costs only itself', (_, damage, reason) => {
    const decoded = decode(damage + two);
    expect(bodies(decoded)).toEqual(['k1,2,lid=1']);
    expect(reasons(decoded)).toEqual([reason]);
  });

  it('a cut frame after a whole one costs only itself', () => {
    const decoded = decode(one + two.slice(0, -1));
    expect(bodies(decoded)).toEqual(['k1,1,lid=0']);
    expect(reasons(decoded)).toEqual(['malformed']);
  });

  it('one byte outside printable ASCII refuses its frame, checksum or not', () => {
    expect(reasons(decode(framed('k1,1,lid=1\t')))).toEqual(['not-ascii']);
    expect(reasons(decode(framed('k1,1,lid=1\u007f')))).toEqual(['not-ascii']);
  });

  it('a line of nothing but beginnings is one refusal', () => {
    expect(reasons(decode('$'.repeat(4000)))).toEqual(['malformed']);
    expect(decode(one.repeat(16)).frames).toHaveLength(16);
    expect(reasons(decode(one.repeat(17)))).toEqual(['malformed']);
  });

  it.each(['', '\r', '\n', '\r\n'])('%j alone is an empty line', (line) => {
    expect(reasons(decode(line))).toEqual(['empty']);
  });
});

describe('one field of several', () => {
  it.each(['smell', 'wet.smell', 'Power', 'wet.', '.power', 'a.b.power', '__proto__', 'toString'])(
    'the name %s is refused alone, with device and seq',
    (name) => {
      const { frames, refused } = decode(framed(`k1,9,${name}=4,lid=1`));
      expect(frames[0]?.measured).toEqual([{ quantity: 'lid', value: 1 }]);
      expect(refused).toMatchObject([{ reason: 'unknown-quantity', device: 'k1', seq: 9 }]);
    },
  );

  it.each(['nan', '-nan', 'NaN', 'inf', '-INF', 'Infinity'])('%s is refused alone', (word) => {
    const { frames, refused } = decode(framed(`k1,9,power=${word},lid=1`));
    expect(frames[0]?.measured).toEqual([{ quantity: 'lid', value: 1 }]);
    expect(refused).toMatchObject([{ reason: 'not-a-number', device: 'k1', seq: 9 }]);
  });

  it('a frame of which nothing is left is no frame', () => {
    expect(decode(framed('k1,9,smell=4'))).toMatchObject({
      frames: [],
      refused: [{ reason: 'unknown-quantity' }],
    });
  });

  it('a line full of foreign names is refused in a bounded number of words', () => {
    const foreign = framed(`k1,9,${Array.from({ length: 50 }, () => 'a=1').join(',')}`);
    const { refused } = decode(foreign.repeat(10));
    expect(refused).toHaveLength(MOST_REFUSED);
    expect(refused.at(-1)?.detail).toBe('437 more fields or elements were refused');
  });
});
