import { describe, expect, it } from 'vitest';
import { whyWeak } from '../../gateway/accounts/weak-passwords.ts';
import { createPasswords } from '../../gateway/accounts/passwords.ts';

const CHEAP = { memoryKiB: 64, passes: 1, lanes: 1 };

describe('a password', () => {
  it('is kept as argon2id, with OWASP’s cost and a salt of its own', async () => {
    const passwords = createPasswords();
    const [one, two] = [
      await passwords.digestOf('风扇在转 41'),
      await passwords.digestOf('风扇在转 41'),
    ];
    expect(one).toMatch(
      /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/,
    );
    expect(two).not.toBe(one);
    expect(await passwords.verify('风扇在转 41', one)).toBe('fits');
    expect(await passwords.verify('风扇在转 42', one)).toBe('wrong');
  });

  it('fits in whichever form its characters were typed', async () => {
    const passwords = createPasswords(CHEAP);
    const digest = await passwords.digestOf('caf\u00e9 au lait');
    expect(await passwords.verify('cafe\u0301 au lait', digest)).toBe('fits');
  });

  it('of nobody never fits, nor does a digest that is none', async () => {
    const passwords = createPasswords(CHEAP);
    expect(await passwords.verify('anything', undefined)).toBe('wrong');
    for (const digest of ['', '$argon2id$', '$2b$10$abc', '$argon2id$v=19$m=64,t=1,p=1$$'])
      expect(await passwords.verify('', digest)).toBe('wrong');
  });

  it('fits the cost that it was kept with, after the cost was raised', async () => {
    const digest = await createPasswords(CHEAP).digestOf('an old but long one');
    const dearer = createPasswords({ ...CHEAP, passes: 2 });
    expect(await dearer.verify('an old but long one', digest)).toBe('fits');
  });

  it('is not looked at where too many wait already', async () => {
    const passwords = createPasswords(CHEAP);
    const verdicts = await Promise.all(
      Array.from({ length: 60 }, () => passwords.verify('guess', undefined)),
    );
    expect(new Set(verdicts)).toEqual(new Set(['wrong', 'busy']));
    expect(verdicts.filter((verdict) => verdict === 'wrong')).toHaveLength(22);
    expect(await passwords.verify('guess', undefined)).toBe('wrong');
  });
});

describe('a new password', () => {
  it.each([
    'short77',
    'password',
    'Passw0rd!2024',
    'P@ssword1',
    '12345678',
    'aaaaaaaaaaaa',
    'abcdefghij',
    'abababababab',
    'woaini1314',
    'Qwertyuiop1',
    'wang.lei',
    'WANG.LEI88',
    'x'.repeat(257),
  ])('%s is not taken', (password) => {
    expect(whyWeak(password, 'wang.lei')).toBeDefined();
  });

  it.each([
    'a lamp by the gate',
    '八个字也可以的吧',
    'kN3-vq0-TTe',
    ' '.repeat(3) + 'green door',
    '🔑🪣🚪🌲🚲🧹🧯🪜',
  ])('%s is taken: no rule but length and luck', (password) => {
    expect(whyWeak(password, 'wang.lei')).toBeUndefined();
  });
});
