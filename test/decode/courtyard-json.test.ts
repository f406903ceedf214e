import { describe, expect, it } from 'vitest';
import { courtyardJson } from '../../gateway/decode/courtyard-json.ts';
import type { Decoded } from '../../gateway/decode/decoder.ts';
import { digestOfText } from '../../gateway/domain/digest.ts';
import { MOST_REFUSED } from '../../gateway/decode/refusal-limit.ts';
import { textMessage } from './sample-message.ts';

const decodeBytes = (bytes: Uint8Array): Decoded => courtyardJson.decode({ bytes });
const decode = (payload: string): Decoded => courtyardJson.decode(textMessage(payload));
const said = (payload: unknown): Decoded => decode(JSON.stringify(payload));
const reasons = (decoded: Decoded) => decoded.refused.map((refused) => refused.reason);
const values = (decoded: Decoded) =>
  decoded.frames.flatMap((frame) => frame.measured.map((measured) => measured.value));

describe('the moment of a reading', () => {
  it.each([
    ['2026-11-02T18:00:00+08:00', '2026-11-02T10:00:00.000Z'],
    ['2026-11-02T18:00:00+0800', '2026-11-02T10:00:00.000Z'],
    ['2026-11-02T10:00Z', '2026-11-02T10:00:00.000Z'],
    ['2026-11-02T10:00:00.25Z', '2026-11-02T10:00:00.250Z'],
    ['2026-11-02T10:00:00,9999Z', '2026-11-02T10:00:00.999Z'],
    ['2026-11-01T23:30:00-03:30', '2026-11-02T03:00:00.000Z'],
    ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
    [1_793_613_600_000, '2026-11-02T10:00:00.000Z'],
    [1_793_613_600_000.75, '2026-11-02T10:00:00.000Z'],
    [0, '1970-01-01T00:00:00.000Z'],
    [1_793_613_600, '1970-01-21T18:13:33.600Z'],
  ])('%j is %s', (at, moment) => {
    const { frames, refused } = said({ at, lid: 1 });
    expect(refused).toEqual([]);
    expect(new Date(frames[0]?.observedAt ?? Number.NaN).toISOString()).toBe(moment);
  });

  it.each([
    '2026-11-02T18:00:00',
    '2026-11-02',
    '2026-11-02 18:00:00Z',
    '2026-02-30T00:00:00Z',
    '2027-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-10T00:00:00Z',
    '2026-11-02T24:00:00Z',
    '2026-11-02T10:60:00Z',
    '2026-11-02T10:00:00+24:00',
    '0000-01-01T00:00:00Z',
    '1793613600000',
    'now',
    '',
    true,
    null,
    {},
    9e15,
  ])('%j is no moment: it is said, and the reading stays without', (at) => {
    const { frames, refused } = said({ at, lid: 1 });
    expect(refused).toMatchObject([{ reason: 'bad-time' }]);
    expect(frames).toHaveLength(1);
    expect(frames[0]?.observedAt).toBeUndefined();
    expect(frames[0]?.measured).toEqual([{ quantity: 'lid', value: 1 }]);
  });
});

describe('seq', () => {
  it.each([0, 1, 65_535])('%j is taken', (seq) => {
    expect(said({ seq, lid: 1 }).frames[0]?.seq).toBe(seq);
  });

  it.each([-1, 65_536, 1.5, '7', null, true, 1e300])(
    '%j is none: it is said, and the reading stays without',
    (seq) => {
      const { frames, refused } = said({ seq, lid: 1 });
      expect(refused).toMatchObject([{ reason: 'malformed' }]);
      expect(frames[0]).not.toHaveProperty('seq');
      expect(values({ frames, refused })).toEqual([1]);
    },
  );

  it('goes with every refusal of its element', () => {
    expect(said({ seq: 7, smell: 1 }).refused).toMatchObject([{ seq: 7 }]);
  });
});

describe('the value of a field', () => {
  it.each(['on', 'lid', 'tilt', 'wet.lid'])('%s may be true or false', (name) => {
    expect(values(said([{ [name]: true }, { [name]: false }]))).toEqual([1, 0]);
  });

  it.each(['28.4', '', true, null, [1], { v: 1 }])(
    '%j is no power; what stands beside stays',
    (v) => {
      const decoded = said({ power: v, voltage: 230 });
      expect(values(decoded)).toEqual([230]);
      expect(reasons(decoded)).toEqual(['not-a-number']);
    },
  );

  it('a number too big for any number is not one', () => {
    expect(reasons(decode('{"power":1e309}'))).toEqual(['not-a-number']);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'device', 'wet.smell', ''])(
    'the name %j is just unknown',
    (name) => {
      const decoded = decode(`{${JSON.stringify(name)}:{"polluted":1},"lid":1}`);
      expect(values(decoded)).toEqual([1]);
      expect(reasons(decoded)).toEqual(['unknown-quantity']);
      expect(Object.prototype).not.toHaveProperty('polluted');
    },
  );

  it('a name given twice counts once', () => {
    expect(values(decode('{"lid":0,"lid":1}'))).toEqual([1]);
  });
});

describe('a backlog', () => {
  it('keeps its order, each element with its own seq and imprint', () => {
    const { frames } = said([
      { seq: 1, lid: 0 },
      { seq: 2, lid: 1 },
    ]);
    expect(frames.map((frame) => frame.seq)).toEqual([1, 2]);
    expect(frames.map((frame) => frame.imprint)).toEqual([
      digestOfText('{"seq":1,"lid":0}'),
      digestOfText('{"seq":2,"lid":1}'),
    ]);
  });

  it('an element is the same frame alone and sent again in a backlog', () => {
    const alone = decode('{"seq":1,"lid":0}').frames[0];
    expect(decode('[ {"seq":1, "lid":0}, {"seq":2,"lid":1} ]').frames[0]).toEqual(alone);
  });

  it.each([17, 'x', null, true, [], [{ lid: 1 }]])('the element %j costs only itself', (bad) => {
    const decoded = said([{ lid: 0 }, bad, { lid: 1 }]);
    expect(values(decoded)).toEqual([0, 1]);
    expect(reasons(decoded)).toEqual(['malformed']);
  });

  it('500 elements are taken; past that the oldest 500 are, and the rest is said', () => {
    const backlog = (length: number) => said(Array.from({ length }, () => ({ lid: 1 })));
    expect(backlog(500)).toMatchObject({ refused: [] });
    expect(backlog(501).frames).toHaveLength(500);
    expect(backlog(501).refused).toMatchObject([{ reason: 'too-large' }]);
  });

  it('an object of 64 fields is taken; past that the first 64 are, and the rest is said', () => {
    const wide = (length: number) =>
      said(Object.fromEntries(Array.from({ length }, (_, n) => [`c${n}.lid`, 1])));
    expect(wide(64).refused).toEqual([]);
    expect(values(wide(65))).toHaveLength(64);
    expect(reasons(wide(65))).toEqual(['too-large']);
  });

  it('ten thousand refusals become a bounded number of them', () => {
    const { frames, refused } = decode(`[${'1,'.repeat(10_000)}{"lid":1}]`);
    expect(frames).toEqual([]);
    expect(refused).toHaveLength(MOST_REFUSED);
    expect(refused[0]).toMatchObject({ reason: 'too-large' });
    expect(refused.at(-1)?.detail).toBe('438 more fields or elements were refused');
  });
});

describe('what is no message of ours', () => {
  it.each([
    ['', 'empty'],
    ['[]', 'empty'],
    ['{}', 'empty'],
    ['{"seq":1,"at":0}', 'empty'],
    ['   ', 'not-json'],
    ['{"lid":1', 'not-json'],
    ['{"lid":NaN}', 'not-json'],
    ["{'lid':1}", 'not-json'],
    ['{"lid":1}{"lid":1}', 'not-json'],
    [']]]]', 'not-json'],
    ['null', 'malformed'],
    ['"lid"', 'malformed'],
    ['1', 'malformed'],
  ])('%j is %s', (payload, reason) => {
    expect(decode(payload).frames).toEqual([]);
    expect(reasons(decode(payload))).toEqual([reason]);
  });

  it('bytes that are no UTF-8 are no JSON', () => {
    expect(reasons(decodeBytes(Uint8Array.of(0x22, 0xff, 0xfe, 0x22)))).toEqual(['not-json']);
    expect(reasons(decodeBytes(Uint8Array.of(0xff, 0xfe, 0x7b, 0, 0x7d, 0)))).toEqual(['not-json']);
  });

  it('65 536 bytes are read, one more is too large', () => {
    expect(values(decode('{"lid":1}'.padEnd(65_536)))).toEqual([1]);
    expect(reasons(decode('{"lid":1}'.padEnd(65_537)))).toEqual(['too-large']);
    expect(reasons(decodeBytes(new Uint8Array(1_000_000)))).toEqual(['too-large']);
  });

  it('four levels are read, five are too deep', () => {
    expect(reasons(decode('[{"lid":[[]]}]'))).toEqual(['not-a-number']);
    expect(reasons(decode('[{"lid":[[[]]]}]'))).toEqual(['too-deep']);
  });

  it('brackets within a string do not nest', () => {
    expect(reasons(decode(`{"[[[[[[\\"[[[[":1,"lid":1}`))).toEqual(['unknown-quantity']);
    expect(reasons(decode(`["\\\\",[[[[1]]]]]`))).toEqual(['too-deep']);
  });

  it('10,000 levels neither throw nor take long', () => {
    const before = performance.now();
    for (const bracket of ['[', '{"a":', '[{"a":']) {
      const deep = bracket.repeat(10_000);
      expect(reasons(decode(deep.slice(0, 65_536)))).toEqual(['too-deep']);
    }
    expect(performance.now() - before).toBeLessThan(200);
  });

  it('the fullest payload that passes is decoded quickly', () => {
    const element = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`c${n}.lid`, n]));
    const busiest = JSON.stringify(Array.from({ length: 500 }, () => element));
    expect(busiest.length).toBeGreaterThan(50_000);
    expect(values(decode(busiest))).toHaveLength(5000);
    const before = performance.now();
    decode(busiest);
    expect(performance.now() - before).toBeLessThan(100);
  });
});
