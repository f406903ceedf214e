// What the screens make of how a bin fills, and of a word that it was emptied.
import { describe, expect, it } from 'vitest';
import { formatIn } from '../../dashboards/shared/format.ts';
import { secondsLeft, tapShown } from '../../dashboards/shared/taps.ts';
import { fullAt, whenFull } from '../../dashboards/shared/when-full.ts';
import { zh } from '../../dashboards/shared/words-zh.ts';
import { bodyOfDeed, deedsFor, isReady, tareIn } from '../../dashboards/engineer/deeds.ts';
import type { AssetView } from '../../gateway/api/schemas.ts';

const NOW = Date.parse('2026-11-20T10:30:00+08:00');
const tongue = { words: zh, format: formatIn('Asia/Shanghai', zh), now: NOW };
const at = (clock: string, day = '20'): string =>
  new Date(`2026-11-${day}T${clock}:00+08:00`).toISOString();

describe('when a bin will be full', () => {
  const said = (from: string, to: string, reliability: 'low' | 'medium' | 'high' = 'high') =>
    whenFull({ at: at('15:47'), fromAt: at(from), toAt: at(to), reliability }, tongue);

  it.each([
    ['15:42', '16:21', '预计 15:40–16:25 满'],
    ['15:40', '16:20', '预计 15:40–16:20 满'],
    ['15:41', '15:44', '预计 15:40–15:45 满'],
    ['10:20', '11:00', '预计 11:00 前满'],
    ['09:00', '10:30', '随时会满'],
    ['09:00', '10:31', '预计 10:35 前满'],
  ])('between %s and %s is said as %s', (from, to, words) => {
    expect(said(from, to)).toBe(words);
  });

  it('is not said where it is a guess, and where the bin is not filling', () => {
    expect(said('15:42', '16:21', 'low')).toBe(undefined);
    expect(whenFull({ reliability: 'high' }, tongue)).toBe(undefined);
    expect(whenFull(undefined, tongue)).toBe(undefined);
  });

  it('is said with its day where a clock alone would be read as today’s', () => {
    const tomorrow = { at: at('09:12', '21'), reliability: 'medium' } as const;
    expect(whenFull(tomorrow, tongue)).toBe('预计 11-21 09:15 左右满');
  });

  it('puts a guess after whatever is known', () => {
    expect(fullAt({ at: at('11:00'), reliability: 'low' })).toBe(Infinity);
    expect(fullAt({ at: at('11:00'), reliability: 'medium' })).toBe(Date.parse(at('11:00')));
  });
});

describe('a word that a bin was emptied', () => {
  const told = { state: 'told', at: NOW, until: 10_000 } as const;
  it('can be taken back until its time is over, and no longer', () => {
    expect(tapShown(told, 9999)).toBe(told);
    expect(tapShown(told, 10_000)).toBe(undefined);
  });

  it('counts the seconds that are left', () => {
    expect([0, 1, 9001, 9999].map((now) => secondsLeft(10_000, now))).toEqual([10, 10, 1, 1]);
  });

  it('stays while its answer is awaited', () => {
    const telling = { state: 'telling' } as const;
    expect(tapShown(telling, 1e9)).toBe(telling);
  });
});

describe('a deed at a place', () => {
  const bin = { kind: 'bin' } as AssetView;
  const scale = { kind: 'scale' } as AssetView;
  it.each([
    [bin, 'in-service', 'tare swap change-device take-out'],
    [bin, 'out-of-service', 'tare swap change-device put-back'],
    [scale, 'in-service', 'tare change-device take-out'],
  ] as const)('fits what stands there', (asset, state, deeds) => {
    expect(deedsFor(asset, { asset: 'x', state }).join(' ')).toBe(deeds);
  });

  it.each([
    ['14.2', 14.2],
    ['14,2', 14.2],
    [' １４.２ ', 14.2],
    ['1000', 1000],
    ['0', undefined],
    ['1000.1', undefined],
    ['-3', undefined],
    ['1e3', undefined],
    ['14 kg', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('takes %j as a tare of %j', (text, kg) => {
    expect(tareIn(text)).toBe(kg);
  });

  it('sends no tare where the scale’s own word is wanted', () => {
    expect(bodyOfDeed('tare', { weigh: 'now', tareKg: '13' })).toEqual({});
    expect(bodyOfDeed('tare', { weigh: 'typed', tareKg: '13,5' })).toEqual({ tareKg: 13.5 });
    expect(bodyOfDeed('swap', { container: ' T-17 ', tareKg: '' })).toEqual({ container: 'T-17' });
  });

  it('is ready once what it must be told is there', () => {
    expect(isReady('tare', { weigh: 'now' })).toBe(true);
    expect(isReady('tare', { weigh: 'typed', tareKg: 'x' })).toBe(false);
    expect(isReady('swap', {})).toBe(true);
    expect(isReady('swap', { tareKg: 'x' })).toBe(false);
    expect(isReady('take-out', { reason: '  ' })).toBe(false);
    expect(isReady('change-device', { note: '进水' })).toBe(true);
  });
});
