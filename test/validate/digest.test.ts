import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { digestOf } from '../../gateway/validate/digest.ts';

// The published vectors of FNV-1a, 32 bits.
it.each([
  ['', 0x811c9dc5],
  ['a', 0xe40c292c],
  ['b', 0xe70c2de5],
  ['foobar', 0xbf9cf968],
])('the digest of %j is %d', (text, digest) => {
  expect(digestOf(text)).toBe(digest);
});

it('a digest is a whole number of 32 bits, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const digest = digestOf(text);
      expect(Number.isInteger(digest) && digest >= 0 && digest < 2 ** 32).toBe(true);
    }),
  );
});

it('one digit turned is another digest', () => {
  expect(digestOf('k1,1,lid=0')).not.toBe(digestOf('k1,1,lid=1'));
});
