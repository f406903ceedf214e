// What a code says is what a camera reads; and which labels lie on which sheet.
import { decodeQR } from 'qr/decode.js';
import { describe, expect, it } from 'vitest';
import { choiceIn, queryOf, sheetsOf, type Kind } from '../../dashboards/labels/sheets.ts';
import { modulesOf, pathOf } from '../../dashboards/shared/qr-path.ts';

/** The picture that the path draws, dot by dot, as a camera would see it. */
function drawn(path: string, side: number) {
  const scale = 4;
  const width = side * scale;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1) {
      const from = row * width + Number(x) * scale;
      for (let at = from; at < from + Number(length) * scale; at += 1) data.set([0, 0, 0], at * 4);
    }
  }
  return { width, height: width, data };
}

const read = (text: string): string => {
  const modules = modulesOf(text);
  const picture = drawn(pathOf(modules), modules.length);
  return decodeQR(picture, { effort: 8, timeLimit: 10_000 });
};

describe('a code that is drawn', () => {
  it.each([
    ['the shortest', 'https://a.cn/r/1'],
    ['the usual', 'https://luyuan.example/r/k1'],
    ['with a port', 'https://luyuan.example:8443/r/lamp-07'],
    ['of a Chinese name', 'https://xn--ip0a51f.example/r/k1'],
    ['the longest', `https://${'a'.repeat(63)}.example.cn/r/${'w'.repeat(64)}`],
  ])('%s is read again to the letter', (_what, text) => {
    expect(read(text)).toBe(text);
  });
});

const label = (kind: Kind, n: number) => ({ code: `${kind}-${n}`, kind, name: '', link: 'x' });
const many = (kind: Kind, count: number) =>
  Array.from({ length: count }, (_, index) => label(kind, index));
const LABELS = [...many('building', 1), ...many('station', 2), ...many('lamp', 23)];
const USUAL = choiceIn('');

describe('the sheets', () => {
  it('begin anew with each kind, and give each station one to itself', () => {
    const sheets = sheetsOf(LABELS, USUAL).map(
      ({ size, labels }) => `${size} ${labels[0]?.kind} ${labels.length}`,
    );
    expect(sheets).toEqual([
      'big station 1',
      'big station 1',
      'small station 2',
      'small lamp 10',
      'small lamp 10',
      'small lamp 3',
      'small building 1',
    ]);
  });

  it('are of what was chosen, and the address says what that is', () => {
    const choice = choiceIn('?kinds=lamp&size=medium&big=no');
    expect(sheetsOf(LABELS, choice).map(({ labels }) => labels.length)).toEqual([6, 6, 6, 5]);
    expect(queryOf(choice)).toEqual({ kinds: 'lamp', size: 'medium', big: 'no' });
    expect(queryOf(USUAL)).toEqual({});
    expect(choiceIn('?kinds=&size=huge').kinds).toEqual([]);
  });

  it('have no whole page for a station without a code', () => {
    const bare = LABELS.map(({ link: _link, ...rest }) => rest);
    expect(sheetsOf(bare, USUAL).some(({ size }) => size === 'big')).toBe(false);
  });
});
