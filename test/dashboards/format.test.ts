import { describe, expect, it } from 'vitest';
import { formatIn } from '../../dashboards/shared/format.ts';
import { wordsIn } from '../../dashboards/shared/words.ts';

const zh = formatIn('Asia/Shanghai', wordsIn('zh'));
const en = formatIn('Asia/Shanghai', wordsIn('en'));
const at = (iso: string): number => Date.parse(iso);
const spaced = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('a value', () => {
  it.each([
    ['fill', 0, '0 %'],
    ['fill', 0.024, '0 %'],
    ['fill', 0.026, '5 %'],
    ['fill', 0.62, '60 %'],
    ['fill', 0.9, '90 %'],
    ['fill', 0.98, '100 %'],
    ['fill', 1.2, '120 %'],
    ['net', 31.25, '31.3 kg'],
    ['net', -0.04, '0.0 kg'],
    ['net', -0.06, '-0.1 kg'],
    ['power', 28.4, '28.4 W'],
    ['distance', 412, '412 mm'],
    ['batteryLevel', 0.874, '87 %'],
    ['lid', 1, '开'],
    ['on', 0, '关'],
  ])('%s %d is shown as %s', (quantity, value, shown) => {
    expect(spaced(zh.value(quantity, value))).toBe(shown);
  });

  it.each([undefined, Number.NaN, Infinity])('that is %s is a dash and never 0', (value) => {
    expect(zh.value('fill', value)).toBe('—');
  });

  it('beside a limit is told to the percent', () => {
    expect(spaced(zh.exact('fill', 0.93))).toBe('93 %');
  });

  it('of an unknown quantity is shown bare', () => {
    expect(zh.value('smell', 3)).toBe('3');
  });
});

describe('an age', () => {
  it.each([
    [-5, '刚刚'],
    [0.9, '刚刚'],
    [1, '1秒前'],
    [59.9, '59秒前'],
    [60, '1分钟前'],
    [38 * 60, '38分钟前'],
    [3599, '59分钟前'],
    [3600, '1小时前'],
    [47 * 3600, '47小时前'],
    [48 * 3600, '2天前'],
    [undefined, '—'],
    [Number.NaN, '—'],
  ])('of %s seconds is %s', (seconds, shown) => {
    expect(zh.age(seconds)).toBe(shown);
  });

  it('is said in English too', () => {
    expect(en.age(90)).toBe('1 min ago');
    expect(en.duration(86_400 * 2)).toBe('2 days');
  });
});

describe('a moment', () => {
  it('is told in the site’s zone, 24 h', () => {
    expect(zh.clock(at('2026-11-20T10:42:00Z'))).toBe('18:42');
    expect(zh.clock(at('2026-11-20T16:00:00Z'))).toBe('00:00');
  });

  it('of another of the site’s days carries its date', () => {
    const now = at('2026-11-20T17:00:00Z');
    expect(zh.moment(at('2026-11-20T15:59:00Z'), now)).toBe('11-20 23:59');
    expect(zh.moment(at('2026-11-20T16:01:00Z'), now)).toBe('00:01');
  });

  it('is told both ways at once', () => {
    const now = at('2026-11-20T11:20:00Z');
    expect(zh.since(at('2026-11-20T10:42:00Z'), now)).toBe('38分钟前 · 18:42');
  });

  it('keeps its clock through summer time', () => {
    const london = formatIn('Europe/London', wordsIn('en'));
    expect(london.clock(at('2026-10-25T00:30:00Z'))).toBe('01:30');
    expect(london.clock(at('2026-10-25T01:30:00Z'))).toBe('01:30');
  });
});
