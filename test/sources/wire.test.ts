// WIRE.md is what two companies build from: its examples and its words are proved here, by a CRC
// that is written from the page and not from the gateway.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { QUANTITIES } from '../../gateway/domain/quantity.ts';
import { REFUSALS } from '../../gateway/domain/reading.ts';
import { ROOT } from '../tools.ts';

const page = readFileSync(path.join(ROOT, 'gateway/sources/WIRE.md'), 'utf8');

function crc(text: string): string {
  let register = 0xffff;
  for (const byte of Buffer.from(text, 'latin1')) {
    register ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) {
      register = ((register << 1) ^ (register & 0x8000 ? 0x1021 : 0)) & 0xffff;
    }
  }
  return register.toString(16).toUpperCase().padStart(4, '0');
}

describe('WIRE.md', () => {
  it('states the check value that its CRC has', () => {
    expect(page).toContain(`**${crc('123456789')}**`);
  });

  it('shows only frames whose CRC is right', () => {
    const frames = [...page.matchAll(/^\$(.+)\*([0-9A-F]{4})$/gm)];
    expect(frames).toHaveLength(3);
    for (const [, body = '', said] of frames) expect(said).toBe(crc(body));
  });

  it('draws the bytes that it names', () => {
    const drawn = [...page.matchAll(/^ (?:24|…) │ (.+?)$/gm)].map(([line]) => line);
    const hex = drawn.join(' ').match(/\b[0-9A-F]{2}\b/g) ?? [];
    const golden = '$k1,42,wet.distance=412,wet.gross=31.25*6D84\r\n';
    expect(Buffer.from(hex.join(''), 'hex').toString('latin1')).toBe(golden);
  });

  it('names every quantity there is', () => {
    const section = page.slice(page.indexOf('## Quantities'), page.indexOf('## seq'));
    const named = [...section.matchAll(/`([A-Za-z]+)`/g)].map(([, name]) => name ?? '');
    expect(named.toSorted()).toEqual(Object.keys(QUANTITIES).toSorted());
  });

  it('names only reasons that are counted', () => {
    const table = page.slice(page.indexOf('| what came'), page.indexOf('## MQTT'));
    const reasons = [...table.matchAll(/`([a-z-]{5,})`/g)].map(([, reason]) => reason);
    expect(reasons.length).toBeGreaterThan(9);
    expect(REFUSALS).toEqual(expect.arrayContaining(reasons));
  });
});
