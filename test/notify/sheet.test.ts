import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asText, cut, harmless, plain, sheetOf } from '../../gateway/notify/sheet.ts';
import { letter, LINK } from '../fakes/letters.ts';

describe('words of people', () => {
  it.each([
    ['a\r\nb\u2028c\u2029d\u0085e\tf', 'a b c d e f'],
    ['\u202Egpj.exe\u202C', 'gpj.exe'],
    ['\u2066满\u2069\u200E\u200F\u061C', '满'],
    ['\u0000\u001B[31m红\u007F\u009B', '[31m红'],
    ['a\u200Bd\u00ADm\uFEFFi\u2060n', 'admin'],
    ['\u{E0041}\u{E0042}标', '标'],
    ['半\uD83D个', '半\uFFFD个'],
    ['👩‍🚒 é', '👩‍🚒 é'],
    ['   空  白   ', '空 白'],
    ['**b** [x](y) <b> `c`', '**b** [x](y) <b> `c`'],
  ])('%j are %j', (words, expected) => expect(plain(words)).toBe(expected));

  it('mention nobody and begin no tag', () => {
    expect(harmless('<@all> a@b')).toBe('＜＠all> a＠b');
  });

  it('are not read further than anybody would', () => {
    expect(plain('满'.repeat(65_000))).toHaveLength(8000);
    expect(plain(`${'满'.repeat(7999)}👩`).isWellFormed()).toBe(true);
  });
});

describe('a link', () => {
  const linkOf = (link: string) => sheetOf(letter(7, { link }))?.link;
  it.each([
    ['https://luyuan.example/t/7', 'https://luyuan.example/t/7'],
    ['HTTPS://luyuan.example/工单?a=1&b=2', 'https://luyuan.example/%E5%B7%A5%E5%8D%95?a=1&b=2'],
    ['https://luyuan.example/"><script>', 'https://luyuan.example/%22%3E%3Cscript%3E'],
    [`https://luyuan.example/?'<b>`, 'https://luyuan.example/?%27%3Cb%3E'],
  ])('%s is %s', (link, expected) => expect(linkOf(link)).toBe(expected));

  it.each([
    'javascript:alert(1)',
    'data:text/html,<script>',
    ' javascript:alert(1)',
    'ftp://luyuan.example/',
    '/t/7',
    'https://',
    `https://luyuan.example/${'a'.repeat(2000)}`,
  ])('%s is none', (link) => expect(linkOf(link)).toBeUndefined());
});

describe('who is mentioned', () => {
  const toOf = (to: string) => sheetOf(letter(7, { to }))?.to;
  it.each([
    'zhang.san',
    '13800000000',
    '+8613800000000',
    'ou_7d8a6e6df7621556',
    'li@luyuan.example',
  ])('may be %s', (to) => expect(toOf(to)).toBe(to));
  it.each(['@all', 'all', 'ALL', '@ALL', 'a b', '<@all>', 'a\nb', '所有人', ''])(
    'is never %j',
    (to) => expect(toOf(to)).toBeUndefined(),
  );
});

describe('a sheet as text', () => {
  const words = fc.string({
    unit: fc.constantFrom('a', '满', '👩‍🚒', 'é', '\n', '…', '\u202E', '\uD83D', '<', '🇨🇳', '\u0301'),
    maxLength: 900,
  });

  it('keeps to any limit, is whole letters, and ends with its mark and link', () => {
    const limit = fc.integer({ min: 200, max: 4000 });
    const lines = fc.array(words, { maxLength: 30 });
    fc.assert(
      fc.property(words, lines, limit, (title, each, most) => {
        const sheet = sheetOf(letter(7, { title, lines: each }));
        const text = sheet ? asText(sheet, most) : '';
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(most);
        expect(text.isWellFormed()).toBe(true);
        expect(text.endsWith(`\n${sheet?.mark} ${LINK}7`)).toBe(true);
      }),
    );
  });

  it.each([
    ['满了', 6, '满了'],
    ['满了了', 8, '满…'],
    ['👩‍🚒👩‍🚒', 14, '👩‍🚒…'],
    ['👩‍🚒👩‍🚒', 13, '…'],
    ['ab', 2, 'ab'],
  ])('%s in %i bytes is %s', (words, most, expected) => expect(cut(words, most)).toBe(expected));
});
