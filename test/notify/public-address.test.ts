import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { isPublic, publicOnly } from '../../gateway/notify/public-address.ts';

describe('an address', () => {
  it.each([
    '8.8.8.8',
    '100.128.0.1',
    '172.32.0.1',
    '192.169.0.1',
    '223.255.255.255',
    '2001:4860:4860::8888',
    '::ffff:808:808',
  ])('%s is public', (address) => expect(isPublic(address)).toBe(true));

  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::7f00:1',
    '::ffff:127.0.0.1',
    '::ffff:c0a8:101',
    '64:ff9b::a00:1',
    'fc00::1',
    'fd12::1',
    'fe80::1',
    'ff02::1',
    'example.org',
    '',
  ])('%s is not', (address) => expect(isPublic(address)).toBe(false));
});

describe('a name that leads both ways', () => {
  const found: LookupAddress[] = [
    { address: '10.0.0.5', family: 4 },
    { address: '203.0.113.5', family: 4 },
  ];
  const lookup = publicOnly((_name, _options, answer) => answer(null, found));

  it('leads out of the house only', () => {
    const answers: unknown[] = [];
    lookup('both.example', { all: true }, (error, addresses) => answers.push(error, addresses));
    lookup('both.example', {}, (error, address) => answers.push(error, address));
    expect(answers).toEqual([null, [found[1]], null, '203.0.113.5']);
  });
});
