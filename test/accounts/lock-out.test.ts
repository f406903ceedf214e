import { describe, expect, it } from 'vitest';
import { createLockOut } from '../../gateway/accounts/lock-out.ts';
import { milliseconds } from '../../gateway/domain/time.ts';

const AWAY = '192.168.1.9';

function locks() {
  let now = 1_000_000;
  const lockOut = createLockOut(() => milliseconds(now));
  return { lockOut, wait: (seconds: number) => void (now += seconds * 1000) };
}

describe('who guesses wrong', () => {
  it('waits twice as long each time, up to a quarter of an hour', () => {
    const { lockOut, wait } = locks();
    const waits: number[] = [];
    for (let guess = 0; guess < 13; guess += 1) {
      expect(lockOut.tryAgainAfterS('wang', AWAY)).toBeUndefined();
      const seconds = lockOut.tryAgainAfterS('wang', AWAY) ?? 0;
      waits.push(seconds);
      wait(seconds - 0.001);
      expect(lockOut.tryAgainAfterS('wang', AWAY)).toBe(1);
      wait(0.001);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
  });

  it('gets one guess, however many are made at once', () => {
    const { lockOut } = locks();
    const heard = Array.from({ length: 100 }, () => lockOut.tryAgainAfterS('wang', AWAY));
    expect(heard.filter((wait) => wait === undefined)).toHaveLength(1);
    expect(lockOut.turnedAway()).toBe(99);
  });

  it('locks out neither another name nor the one who stands before the machine', () => {
    const { lockOut } = locks();
    for (let guess = 0; guess < 5; guess += 1) lockOut.tryAgainAfterS('wang', AWAY);
    expect(lockOut.tryAgainAfterS('WANG', '192.168.1.10')).toBe(1);
    expect(lockOut.tryAgainAfterS('li', '192.168.1.10')).toBeUndefined();
    expect(lockOut.tryAgainAfterS('wang', '127.0.0.1')).toBeUndefined();
  });

  it('is slowed by address too, where it tries one name after the other', () => {
    const { lockOut } = locks();
    const heard = Array.from({ length: 50 }, (_, n) => lockOut.tryAgainAfterS(`name-${n}`, AWAY));
    expect(heard.filter((wait) => wait === undefined)).toHaveLength(11);
    expect(lockOut.tryAgainAfterS('name-77', '192.168.1.10')).toBeUndefined();
  });

  it('is one address with all of its /64', () => {
    const { lockOut } = locks();
    for (let n = 0; n < 20; n += 1) lockOut.tryAgainAfterS(`name-${n}`, `2001:db8:1:2:${n}::1`);
    expect(lockOut.tryAgainAfterS('somebody', '2001:db8:1:2:ffff::9')).toBe(1);
    expect(lockOut.tryAgainAfterS('somebody', '2001:db8:1:3:ffff::9')).toBeUndefined();
  });

  it('begins anew once right, and the address is none the better for it', () => {
    const { lockOut, wait } = locks();
    for (let n = 0; n < 10; n += 1) lockOut.tryAgainAfterS(`name-${n}`, AWAY);
    expect(lockOut.tryAgainAfterS('wang', AWAY)).toBeUndefined();
    lockOut.wasRight('wang', AWAY);
    expect(lockOut.tryAgainAfterS('wang', AWAY)).toBeUndefined();
    expect(lockOut.tryAgainAfterS('li', AWAY)).toBe(1);
    wait(86_400);
    expect(lockOut.tryAgainAfterS('li', AWAY)).toBeUndefined();
  });

  it('cannot fill the memory with made-up names, nor drive out a lock that stands', () => {
    const { lockOut, wait } = locks();
    for (let n = 0; n < 25_000; n += 1) {
      lockOut.tryAgainAfterS(`name-${n}`, `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`);
      if (n % 5000 === 0) {
        wait(2000);
        lockOut.tryAgainAfterS('wang', `10.99.0.${n / 5000}`);
      }
    }
    expect(lockOut.tryAgainAfterS('wang', '10.99.1.1')).toBeGreaterThan(1);
  });
});
