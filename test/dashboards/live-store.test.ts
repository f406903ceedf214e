import { describe, expect, it } from 'vitest';
import { liveStore } from '../../dashboards/shared/live-store.ts';
import type { LiveEvent } from '../../gateway/api/schemas.ts';
import { smallCompound } from '../fakes/small-compound.ts';

const NOW = Date.parse('2026-11-20T10:30:00Z');
const { site, assets, alarms } = smallCompound(NOW);
const beat: LiveEvent = { kind: 'beat', data: { now: site.now } };
const allAssets = assets.map((data): LiveEvent => ({ kind: 'asset', data }));
const allAlarms = alarms.map((data): LiveEvent => ({ kind: 'alarm', data }));

describe('the picture that a screen keeps', () => {
  it('takes each thing by its key, the latest word of it', () => {
    const store = liveStore();
    store.begin();
    store.take([{ kind: 'site', data: site }, ...allAssets, beat]);
    const [first] = assets;
    if (!first) throw new Error('the compound has assets');
    store.take([{ kind: 'asset', data: { ...first, state: 'offline' } }]);
    expect(store.assets.value.size).toBe(assets.length);
    expect(store.assets.value.get(first.id)?.state).toBe('offline');
  });

  it('forgets at the first beat what a new connection does not mention', () => {
    const store = liveStore();
    store.begin();
    store.take([...allAssets, ...allAlarms, beat]);
    store.begin();
    store.take(allAssets);
    expect(store.alarms.value.size).toBe(alarms.length);
    store.take([beat]);
    expect(store.alarms.value.size).toBe(0);
    expect(store.assets.value.size).toBe(assets.length);
  });

  it('forgets nothing at later beats', () => {
    const store = liveStore();
    store.begin();
    store.take([...allAssets, beat]);
    store.take([beat, beat]);
    expect(store.assets.value.size).toBe(assets.length);
  });

  it('begins with what was kept from last time', () => {
    const before = liveStore();
    before.take([{ kind: 'site', data: site }, ...allAssets]);
    const after = liveStore(before.snapshot());
    expect(after.site.value?.name).toBe('绿苑小区');
    expect(after.assets.value.size).toBe(assets.length);
  });

  it('does not grow for ever on what is over', () => {
    const store = liveStore();
    const [alarm] = alarms;
    if (!alarm) throw new Error('the compound has alarms');
    const active: LiveEvent = { kind: 'alarm', data: alarm };
    const over = Array.from({ length: 800 }, (_, n): LiveEvent => ({
      kind: 'alarm',
      data: { ...alarm, id: `old-${n}`, state: 'normal' },
    }));
    store.take([active, ...over]);
    expect(store.alarms.value.size).toBe(500);
    expect(store.alarms.value.has(alarm.id)).toBe(true);
  });
});
