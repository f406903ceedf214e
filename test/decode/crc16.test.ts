import { expect, it } from 'vitest';
import { crc16, crc16Hex } from '../../gateway/decode/crc16.ts';
import { goldenChecksums } from '../golden/frames.ts';

it('the check value of CRC-16/CCITT-FALSE is 29B1', () => {
  expect(crc16('123456789')).toBe(0x29b1);
});

it.each(goldenChecksums())('the checksum of "$text" is $crc', ({ crc, text }) => {
  expect(crc16Hex(text)).toBe(crc);
});
