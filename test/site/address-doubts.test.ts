// What is said of an address before it is printed on a wall.
import { describe, expect, it } from 'vitest';
import { addressDoubts } from '../../gateway/site/address-doubts.ts';

const LOOPBACK = { host: '127.0.0.1', port: 8080 };
const EVERYWHERE = { host: '0.0.0.0', port: 8080 };
const contact = { phone: '021-5555 0100' };

const reasons = (publicUrl: string | undefined, http = LOOPBACK): string[] =>
  addressDoubts({ place: { contact, ...(publicUrl !== undefined && { publicUrl }) }, http }).map(
    ({ reason }) => reason,
  );

describe('an address that residents’ phones are to reach', () => {
  it.each([
    [undefined, ['no-address']],
    ['https://luyuan.example', []],
    ['https://luyuan.example:8443', []],
    ['https://8.8.8.8', []],
    ['http://luyuan.example', ['plain-http']],
    ['https://luyuan.example/courtyard', ['has-path']],
    ['https://raspberrypi', ['bare-name']],
    ['https://courtyard.local', ['house-name']],
    ['https://courtyard.lan', ['house-name']],
    ['https://localhost', ['loopback']],
    ['https://127.0.0.1', ['loopback']],
    ['https://[::1]', ['loopback']],
    ['https://[::]', ['loopback']],
    ['https://0x7f.1', ['loopback']],
    ['https://10.1.2.3', ['private']],
    ['https://172.16.0.1', ['private']],
    ['https://172.31.255.255', ['private']],
    ['https://172.32.0.1', []],
    ['https://192.168.1.20', ['private']],
    ['https://100.64.0.1', ['private']],
    ['https://100.128.0.1', []],
    ['https://169.254.1.1', ['private']],
    ['https://[fd00::1]', ['private']],
    ['https://[fe80::1]', ['private']],
    ['https://3232235796', ['private']],
    [`https://${'a'.repeat(60)}.${'b'.repeat(20)}.example`, ['long']],
  ])('%s: %j', (publicUrl, expected) => {
    expect(reasons(publicUrl)).toEqual(expected);
  });

  it.each([
    // In the house's own network it has to be where the gateway listens.
    ['http://192.168.1.20:8080', EVERYWHERE, ['private']],
    ['http://192.168.1.20:8080', { host: '192.168.1.20', port: 8080 }, ['private']],
    ['http://192.168.1.20:8080', { host: '192.168.1.21', port: 8080 }, ['private', 'elsewhere']],
    ['http://192.168.1.20:8080', LOOPBACK, ['private', 'elsewhere']],
    ['http://192.168.1.20', EVERYWHERE, ['private', 'elsewhere']],
    ['http://127.0.0.1:8080', LOOPBACK, ['loopback']],
    ['http://127.0.0.1:8081', LOOPBACK, ['loopback', 'elsewhere']],
    // A name may be a proxy's.
    ['https://luyuan.example', LOOPBACK, []],
    // The gateway speaks no https on the port that it listens on.
    ['https://luyuan.example:8080', LOOPBACK, ['elsewhere']],
  ])('%s, with the gateway on %j: %j', (publicUrl, http, expected) => {
    expect(reasons(publicUrl, http)).toEqual(expected);
  });

  it('is missed together with a telephone for who has no internet', () => {
    const doubts = addressDoubts({
      place: { publicUrl: 'https://luyuan.example' },
      http: LOOPBACK,
    });
    expect(doubts.map(({ reason }) => reason)).toEqual(['no-phone']);
  });

  it('is said in one sentence that names the host and what to do', () => {
    const place = { publicUrl: 'http://192.168.1.20:8080', contact };
    const [isPrivate, elsewhere] = addressDoubts({ place, http: LOOPBACK });
    expect(isPrivate?.words).toMatch(
      /^phones outside the house's own network cannot reach 192\.168\.1\.20; residents on mobile data see nothing; put a reverse proxy/,
    );
    expect(elsewhere).toMatchObject({ host: '192.168.1.20', listens: '127.0.0.1:8080' });
    expect(elsewhere?.words).toContain('127.0.0.1:8080');
  });
});
