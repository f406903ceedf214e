import { describe, expect, it } from 'vitest';
import { assetState } from '../../gateway/sinks/mqtt-state.ts';
import { latest, spoken } from './spoken.ts';

const TOPIC = 'courtyard/luyuan/assets/k1-wet';
const BIN = {
  id: 'k1-wet',
  kind: 'bin',
  name: '湿垃圾桶',
  station: 'k1',
  state: 'normal',
  expectedS: 60,
  alarms: [],
};

describe('the state of an asset', () => {
  it('is one flat object: each quantity under its name, a share in percent too, units apart', () => {
    const said = { distance: latest(412), fill: latest(0.7349), gross: latest(31.25) };
    expect(assetState({ ...BIN, latest: said })).toEqual({
      state: 'normal',
      problem: 0,
      alarms: [],
      observedAt: '2026-11-20T10:29:55.000Z',
      distance: 412,
      fill: 0.7349,
      fillPercent: 73.5,
      gross: 31.25,
      units: { distance: 'mm', fill: 'ratio', gross: 'kg' },
    });
  });

  it('says null for what is doubted or stale: a number here is one that rules believe', () => {
    const said = {
      fill: latest(0.9, { quality: 'doubted' }),
      gross: latest(31, { quality: 'stale' }),
    };
    expect(assetState({ ...BIN, latest: said })).toMatchObject({
      fill: null,
      fillPercent: null,
      gross: null,
    });
  });

  it('of one that was never heard has no numbers and no time', () => {
    expect(assetState({ ...BIN, state: 'unknown', latest: {} })).toEqual({
      state: 'unknown',
      problem: 0,
      alarms: [],
      observedAt: null,
      units: {},
    });
  });

  it('of a lamp says whether it should be lit, and any asset which rules complain', () => {
    const lamp = { ...BIN, kind: 'lamp', shouldBeOn: true, alarms: ['lamp-out'], latest: {} };
    expect(assetState(lamp)).toMatchObject({ shouldBeOn: 1, problem: 1, alarms: ['lamp-out'] });
  });

  it('carries no age, which would be a lie by the time it is read', () => {
    expect(JSON.stringify(assetState({ ...BIN, latest: { fill: latest(0.5) } }))).not.toMatch(
      /age/i,
    );
  });
});

describe('on the broker', () => {
  it('every asset stands retained soon after the start', async () => {
    const { start, publisher, desk } = spoken();
    await start();
    for (const { id } of desk.assets()) {
      expect(publisher.json(`courtyard/luyuan/assets/${id}`)).toHaveProperty('units');
    }
    expect(publisher.said.filter(({ retain, qos }) => !retain || qos !== 1)).toEqual([]);
  });

  it('a change is there within a second, and many within one are one', async () => {
    const { start, publisher, asset, pass } = spoken();
    await start();
    const before = publisher.times(TOPIC);
    for (let gross = 1; gross <= 50; gross++) {
      asset('k1-wet', { latest: { gross: latest(gross) } });
      await pass(0.1);
    }
    await pass(1);
    expect(publisher.json(TOPIC)).toMatchObject({ gross: 50 });
    const times = publisher.times(TOPIC) - before;
    expect(times).toBeGreaterThanOrEqual(5);
    expect(times).toBeLessThanOrEqual(6);
  });

  it('what did not change is not said again', async () => {
    const { start, publisher, asset, pass } = spoken();
    await start();
    await pass(3);
    const before = publisher.times(TOPIC);
    asset('k1-wet', {});
    await pass(3);
    expect(publisher.times(TOPIC)).toBe(before);
  });

  it('what happened while the broker was away is there once it is back, once', async () => {
    const { start, out, publisher, asset, pass } = spoken();
    await start();
    await pass(2);
    publisher.cut();
    for (const gross of [1, 2, 3]) {
      asset('k1-wet', { latest: { gross: latest(gross) } });
      await pass(2);
    }
    expect(out.state().unsaid).toBeGreaterThan(0);
    const before = publisher.times(TOPIC);
    publisher.back();
    await pass(2);
    expect(publisher.json(TOPIC)).toMatchObject({ gross: 3 });
    expect(publisher.times(TOPIC)).toBe(before + 1);
    expect(out.state().unsaid).toBe(0);
  });

  it('a broker that has forgotten everything is told everything again', async () => {
    const { start, publisher, pass } = spoken();
    await start();
    await pass(2);
    const all = new Map(publisher.retained);
    publisher.cut();
    publisher.back('lost');
    await pass(2);
    expect(publisher.retained).toEqual(all);
  });
});

describe('a board', () => {
  it('does not say a state again that went and came back before anybody was told', async () => {
    const { start, publisher, asset, pass } = spoken();
    await start();
    const topic = 'courtyard/luyuan/assets/k1-wet';
    await pass(2);
    const [before, times] = [publisher.retained.get(topic), publisher.times(topic)];
    const { state } = publisher.json(topic) as { state: 'normal' };
    asset('k1-wet', { state: 'offline' });
    asset('k1-wet', { state });
    await pass(2);
    expect(publisher.times(topic)).toBe(times);
    expect(publisher.retained.get(topic)).toBe(before);
  });

  it('says it again to a broker that forgot while it was being said', async () => {
    const { start, publisher, asset, pass } = spoken();
    await start();
    await pass(2);
    const topic = 'courtyard/luyuan/assets/k1-wet';
    const { publish } = publisher;
    const slow = Promise.withResolvers<void>();
    publisher.publish = async (...word) => {
      await publish(...word);
      if (word[0] === topic) await slow.promise;
    };
    asset('k1-wet', { state: 'offline' });
    await pass(1);
    publisher.back('lost');
    slow.resolve();
    await pass(3);
    expect(publisher.json(topic)).toMatchObject({ state: 'offline' });
  });
});
