import { describe, expect, it } from 'vitest';
import { isPrivateAddress } from '../../gateway/site/private-address.ts';

describe('an address that only a house knows is told from one of the world', () => {
  it.each([
    'http://localhost:8080',
    'http://127.0.0.1:8080',
    'http://10.0.0.5',
    'http://172.16.0.1',
    'http://172.31.255.255',
    'https://192.168.1.10/gw',
    'http://169.254.3.4',
    'http://100.64.0.1',
    'http://100.127.255.255',
    'http://0.0.0.0',
    'http://0x7f000001',
    'http://[::1]:8080',
    'http://[fd12::1]',
    'http://[fe80::1]',
    'http://raspberrypi',
    'http://courtyard.local:8080',
    'http://gateway.lan.',
    'http://pi.home.arpa',
  ])('%s stays in the house', (url) => {
    expect(isPrivateAddress(url)).toBe(true);
  });

  it.each([
    'https://luyuan.example',
    'https://luyuan.example.cn:8443/r',
    'http://172.15.0.1',
    'http://172.32.0.1',
    'http://100.63.255.255',
    'http://100.128.0.1',
    'http://11.0.0.1',
    'http://[2001:db8::1]',
    'https://local.example',
  ])('%s is the world', (url) => {
    expect(isPrivateAddress(url)).toBe(false);
  });

  it('words that are no address are not called private', () => {
    expect(isPrivateAddress('luyuan')).toBe(false);
  });
});
