import { describe, expect, it } from 'vitest';
import { binFace, byPosition, type BinFace } from '../../dashboards/kiosk/bin-face.ts';
import { todaysWindows } from '../../dashboards/kiosk/drop-off.ts';
import { whatFirst, worstThatFit } from '../../dashboards/kiosk/what-first.ts';
import { siteTimeIn } from '../../dashboards/shared/site-time.ts';
import { themeOfSky } from '../../dashboards/shared/sky.ts';
import type { AssetView } from '../../gateway/api/schemas.ts';

const NOW = Date.parse('2026-11-20T10:30:00Z');

function bin(position: number, state: AssetView['state'], fill?: number, ageS = 20): AssetView {
  const latest = { value: fill ?? 0, unit: 'ratio', ageS, quality: 'good' } as const;
  const observedAt = new Date(NOW - ageS * 1000).toISOString();
  return {
    id: `k1-${position}`,
    kind: 'bin',
    name: `桶${position}`,
    station: 'k1',
    stream: 'wet',
    position,
    state,
    expectedS: 60,
    alarms: [],
    latest: fill === undefined ? {} : { fill: { ...latest, observedAt } },
  };
}
const face = (asset: AssetView): BinFace => binFace(asset, { now: NOW, alarms: [] });

describe('a bin’s face', () => {
  it.each([
    ['normal', 0.4, 20, 'normal'],
    ['full', 0.95, 20, 'full'],
    ['full', 0.95, 300, 'full'],
    ['full', 0.95, 301, 'offline'],
    ['offline', 0.95, 20, 'offline'],
    ['stale', 0.95, 20, 'offline'],
    ['fault', 0.95, 301, 'fault'],
    ['normal', undefined, 0, 'unknown'],
  ] as const)('%s at %s, %d s old, is %s', (state, fill, ageS, shown) => {
    expect(face(bin(1, state, fill, ageS)).state).toBe(shown);
  });

  it('calls only while its alarm is unacknowledged', () => {
    const alarm = {
      id: 'a',
      rule: 'bin-full',
      asset: 'k1-1',
      severity: 'medium',
      state: 'active-unacknowledged',
      text: '',
      raisedAt: '',
      inside: [],
    } as const;
    const full = bin(1, 'full', 0.95);
    const seen = { ...alarm, state: 'active-acknowledged' as const };
    expect(binFace(full, { now: NOW, alarms: [{ ...alarm, inside: [] }] }).isCalling).toBe(true);
    expect(binFace(full, { now: NOW, alarms: [{ ...seen, inside: [] }] }).isCalling).toBe(false);
  });
});

describe('what to empty first', () => {
  const order = (...assets: AssetView[]): string => {
    const advice = whatFirst(assets.map(face), NOW);
    if (advice.kind === 'change') return `change ${advice.bins.map((one) => one.position).join()}`;
    return 'bin' in advice ? `${advice.kind} ${advice.bin.position}` : advice.kind;
  };

  it('is the fullest of the full ones, then the other full ones, then the nearest to full', () => {
    expect(
      order(
        bin(1, 'near-full', 0.8),
        bin(2, 'full', 0.92),
        bin(3, 'normal', 0.5),
        bin(4, 'full', 0.97),
      ),
    ).toBe('change 4,2,1');
  });

  it('is the nearest to full where none is full', () => {
    expect(order(bin(1, 'near-full', 0.76), bin(2, 'near-full', 0.85))).toBe('soon 2');
  });

  it('is never a bin whose number is too old', () => {
    expect(order(bin(1, 'full', 0.97, 3600), bin(2, 'near-full', 0.8))).toBe('soon 2');
  });

  const inMinutes = (minutes: number): string => new Date(NOW + minutes * 60_000).toISOString();
  const fills = (minutes: number, reliability: 'low' | 'high' = 'high'): Partial<AssetView> => ({
    timeToFull: { at: inMinutes(minutes), reliability },
  });

  it('is of two nearly full ones the one that will be full first, where that is known', () => {
    const sooner = { ...bin(1, 'near-full', 0.78), ...fills(20) };
    expect(order(sooner, { ...bin(2, 'near-full', 0.88), ...fills(90) })).toBe('soon 1');
    expect(order(sooner, bin(2, 'near-full', 0.88))).toBe('soon 1');
    const guessed = { ...bin(1, 'near-full', 0.78), ...fills(20, 'low') };
    expect(order(guessed, bin(2, 'near-full', 0.88))).toBe('soon 2');
  });

  it.each([
    [59, 'soon 1'],
    [60, 'calm'],
  ])('is one that will be full in %i minutes: %s', (minutes, advice) => {
    expect(order({ ...bin(1, 'normal', 0.6), ...fills(minutes) })).toBe(advice);
  });

  it('is one whose collection did not come, before any that is only nearly full', () => {
    const missed = { ...bin(2, 'normal', 0.5), missedCollection: { expectedBy: inMinutes(-90) } };
    expect(order(bin(1, 'near-full', 0.88), missed)).toBe('missed 2');
    expect(order(bin(1, 'full', 0.95), missed)).toBe('change 1');
  });

  it('is never one that was taken out', () => {
    const out = { ...bin(1, 'full', 0.97), outOfService: { since: inMinutes(-60) } };
    expect(order(out, bin(2, 'normal', 0.3))).toBe('calm');
    expect(face(out).state).toBe('out');
  });

  it('is a look at a silent sensor where nothing else needs a walk', () => {
    expect(order(bin(1, 'normal', 0.2), bin(2, 'offline', 0.5))).toBe('look 2');
  });

  it('is nothing where all is well, and nothing can be said of no bins', () => {
    expect(order(bin(1, 'normal', 0.2))).toBe('calm');
    expect(order()).toBe('no-bins');
  });
});

describe('the tiles', () => {
  it('stand in the order of the painted numbers, and the worst are among them', () => {
    const faces = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]
      .map((n) => face(bin(n, n === 10 ? 'full' : 'normal', n / 20)))
      .sort(byPosition);
    const shown = worstThatFit(faces, 8).map((one) => one.position);
    expect(shown).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
  });
});

describe('the drop-off windows of today', () => {
  const shanghai = siteTimeIn('Asia/Shanghai');
  const all = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const evening = [{ days: all, from: '18:00', to: '20:00' }];
  const isOpen = (windows: Parameters<typeof todaysWindows>[0], iso: string): boolean =>
    todaysWindows(windows, shanghai.at(Date.parse(iso))).some((window) => window.isOpen);

  it.each([
    ['2026-11-20T17:59:59+08:00', false],
    ['2026-11-20T18:00:00+08:00', true],
    ['2026-11-20T19:59:00+08:00', true],
    ['2026-11-20T20:00:00+08:00', false],
  ])('at %s an 18:00–20:00 window is open: %s', (iso, open) => {
    expect(isOpen(evening, iso)).toBe(open);
  });

  it('over midnight belong to the day on which they begin', () => {
    const friday = [{ days: ['fri'], from: '22:00', to: '02:00' }];
    expect(isOpen(friday, '2026-11-20T23:00:00+08:00')).toBe(true);
    expect(isOpen(friday, '2026-11-21T01:59:00+08:00')).toBe(true);
    expect(isOpen(friday, '2026-11-21T02:00:00+08:00')).toBe(false);
    expect(isOpen(friday, '2026-11-20T01:00:00+08:00')).toBe(false);
  });

  it('are none on a day that has none', () => {
    const monday = [{ days: ['mon'], from: '07:00', to: '09:00' }];
    expect(todaysWindows(monday, shanghai.at(Date.parse('2026-11-20T08:00:00+08:00')))).toEqual([]);
  });
});

describe('a wall screen', () => {
  const sky = {
    zone: 'Asia/Shanghai',
    sunset: '2026-11-20T08:53:00Z',
    sunrise: '2026-11-20T22:25:00Z',
  };
  it.each([
    ['06:24', 'dark'],
    ['06:25', 'light'],
    ['16:52', 'light'],
    ['16:53', 'dark'],
    ['00:00', 'dark'],
  ])('at %s is %s', (clock, theme) => {
    expect(themeOfSky(sky, Date.parse(`2026-11-21T${clock}:00+08:00`))).toBe(theme);
  });
});
