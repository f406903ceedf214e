import { describe, expect, it } from 'vitest';
import { linkTo } from '../../gateway/domain/link.ts';

describe('where a printed code or a message leads', () => {
  it.each([
    ['https://luyuan.example', 'https://luyuan.example/r/k1'],
    ['https://luyuan.example/', 'https://luyuan.example/r/k1'],
    ['https://luyuan.example:443', 'https://luyuan.example/r/k1'],
    ['https://luyuan.example:8443', 'https://luyuan.example:8443/r/k1'],
    ['HTTPS://LuYuan.Example', 'https://luyuan.example/r/k1'],
    ['https://luyuan.example/courtyard//', 'https://luyuan.example/courtyard/r/k1'],
    ['http://192.168.1.20:8080', 'http://192.168.1.20:8080/r/k1'],
    ['http://[fd12::1]:8080', 'http://[fd12::1]:8080/r/k1'],
    // A code of letters that no reader stumbles over.
    ['https://绿苑.example', 'https://xn--ip0a51f.example/r/k1'],
  ])('%s leads to %s', (publicUrl, link) => {
    expect(linkTo({ publicUrl }, '/r/k1')).toBe(link);
  });

  it('is the ticket itself in a message', () => {
    const place = { publicUrl: 'https://luyuan.example' };
    expect(linkTo(place, '/engineer/tickets/T12')).toBe(
      'https://luyuan.example/engineer/tickets/T12',
    );
  });

  it('is nowhere without a public address', () => {
    expect(linkTo({}, '/r/k1')).toBeUndefined();
  });
});
