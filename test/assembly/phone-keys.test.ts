// A number that the log keeps for good is forgotten with the key of its month.
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { AppOptions } from '../../gateway/assembly/options.ts';
import { buildPhones } from '../../gateway/assembly/phone-keys.ts';
import { days } from '../../gateway/domain/time.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { temporaryFolder } from '../tools.ts';

const NUMBER = '+86 138 0013 8000';

function house() {
  const dir = temporaryFolder();
  const clock = handClock('2026-11-20T08:00:00Z');
  const options = { site: { store: { dir } }, clock, logger: pino({ enabled: false }) };
  const folder = path.join(dir, 'phone-keys');
  return { clock, folder, start: () => buildPhones(options as unknown as AppOptions) };
}

describe('a telephone number', () => {
  it('is sealed, each time otherwise, and opened after a restart', () => {
    const { start, folder } = house();
    const first = start();
    const [one, two] = [first.seal(NUMBER), first.seal(NUMBER)];
    expect(one).toMatch(/^sealed:2026-11:[\w-]+$/);
    expect(one).not.toBe(two);
    expect(first.open(one)).toBe(NUMBER);
    expect(start().open(two)).toBe(NUMBER);
    expect(readdirSync(folder)).toEqual(['2026-11']);
    expect(statSync(path.join(folder, '2026-11')).mode & 0o077).toBe(0);
  });

  it('is gone with its key when its month is long over', () => {
    const { start, folder, clock } = house();
    const sealed = start().seal(NUMBER);
    clock.moveBy(days(456));
    const running = start();
    running.seal(NUMBER);
    expect(running.open(sealed)).toBe(NUMBER);
    clock.moveBy(days(30));
    running.seal(NUMBER);
    expect(readdirSync(folder)).toEqual(['2028-02', '2028-03']);
    for (const phones of [running, start()]) expect(phones.open(sealed)).toBeUndefined();
  });

  it('that was changed, or never sealed, opens to nothing', () => {
    const { start } = house();
    const phones = start();
    const sealed = phones.seal(NUMBER);
    for (const wrong of [
      '',
      NUMBER,
      sealed.slice(0, -4),
      sealed.replace('2026-11', '2026-10'),
      'sealed:../../x:AAAA',
      `sealed:2026-11:${Buffer.alloc(40).toString('base64url')}`,
    ])
      expect(phones.open(wrong)).toBeUndefined();
  });
});
